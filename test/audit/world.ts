/** A small installation in memory: keys, a log with its integrator, and a day of transfers. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { Stream } from '../../src/model/record.ts'
import { originOf, vkeyOf } from '../../src/audit/checkpoint.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { memoryAnchor, memoryTreeStore } from '../../src/audit/memory.ts'
import type { MemoryTreeStore } from '../../src/audit/memory.ts'
import { BootChain, genesisBody } from '../../src/audit/chain.ts'
import type { RecordBody } from '../../src/model/record.ts'
import { at, bootRecord, enrol, intentBody, outcomeBody, refusalBody, someBoot, tidOf } from './records.ts'

export const name = 'douane.example/lyon'
export const logKey = generateKeyPairSync('ed25519').privateKey
export const enrolVkey = vkeyOf({ name: originOf(name, 'enrol'), key: enrol.privateKey })
export const signerOf = (stream: Stream) => ({ name: originOf(name, stream), key: logKey })
export const pinText = `# pinned when the log began\n${vkeyOf(signerOf('evidence'))}\n${vkeyOf(signerOf('access'))}\n${enrolVkey}\n`

export const logOf = (store: MemoryTreeStore, anchor = memoryAnchor(), stream: Stream = 'evidence') => ({
  store,
  anchor,
  stream,
  signer: signerOf(stream),
  enrol: createPublicKey(enrol.privateKey),
})

/** An instance that appends batches to the store, as a gateway does. */
export const instance = (store: MemoryTreeStore, stream: Stream = 'evidence', inst = 'gateway-1') => {
  const boot = someBoot(inst)
  const chain = new BootChain(boot, stream)
  const append = (...bodies: readonly RecordBody[]): readonly number[] => {
    const batch = chain.seal(bodies)
    const indices = store.append(stream, batch)
    chain.advance(batch)
    return indices
  }
  const [first] = append(bootRecord(boot))
  if (first === 0) append(genesisBody(originOf(name, stream), enrolVkey, at(0)))
  return { boot, chain, append }
}

/** Transfers `from` … `to`: an intent each, then the outcomes; every seventh is refused. */
export const someTransfers = (gateway: ReturnType<typeof instance>, from: number, to: number): void => {
  for (let n = from; n < to; n += 4) {
    const numbers = [n, n + 1, n + 2, n + 3].filter((one) => one < to)
    const refused = numbers.filter((one) => one % 7 === 0)
    const sent = numbers.filter((one) => one % 7 !== 0)
    const indices = gateway.append(...refused.map(refusalBody), ...sent.map((one) => intentBody(one)))
    const outcomes = sent.map((one, i) => outcomeBody(one, indices[refused.length + i]!))
    if (outcomes.length > 0) gateway.append(...outcomes)
  }
}

/** A log with `transfers` transfers of two instances, fully integrated. */
export const aLog = async (transfers: number) => {
  const store = memoryTreeStore()
  const one = instance(store)
  const two = instance(store, 'evidence', 'gateway-2')
  const half = Math.floor(transfers / 2)
  someTransfers(one, 1, 1 + half)
  someTransfers(two, 1 + half, 1 + transfers)
  const log = logOf(store)
  const steps = integrator(log)
  while ((await steps.step(at(60_000))).more);
  return { store, log, steps, one, two }
}

export { at, bootRecord, intentBody, outcomeBody, refusalBody, tidOf }

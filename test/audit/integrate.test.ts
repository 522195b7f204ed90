import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BootChain, newBoot } from '../../src/audit/chain.ts'
import { openCheckpoint, readPins, readVkey, signCheckpoint, vkeyOf } from '../../src/audit/checkpoint.ts'
import { integrator } from '../../src/audit/integrate.ts'
import type { IntegratedLog } from '../../src/audit/integrate.ts'
import { IntegrityBroken } from '../../src/audit/integrity.ts'
import type { Breach } from '../../src/audit/integrity.ts'
import { memoryAnchor, memoryTreeStore } from '../../src/audit/memory.ts'
import { emptyRoot, leafHash } from '../../src/audit/merkle.ts'
import { receipt, verifyReceipt } from '../../src/audit/receipt.ts'
import {
  aLog,
  at,
  bootRecord,
  instance,
  intentBody,
  logOf,
  outcomeBody,
  pinText,
  signerOf,
  someTransfers,
  tidOf,
} from './world.ts'

const broken = async (log: IntegratedLog, what?: Breach, index?: number) => {
  const before = await log.store.checkpoint(log.stream)
  const error: unknown = await integrator(log)
    .step(at(90_000))
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(IntegrityBroken)
  expect(error).toMatchObject({ ...(what && { what }), ...(index !== undefined && { index }) })
  expect(await log.store.checkpoint(log.stream)).toEqual(before)
}
const verifier = readVkey(vkeyOf(signerOf('evidence')))

describe('a log that grows', () => {
  test('every step signs a head that extends the last, whatever the batches', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
        async (sizes) => {
          const store = memoryTreeStore()
          const gateways = [instance(store), instance(store, 'evidence', 'gateway-2')]
          const log = { ...logOf(store), most: 64 }
          const steps = [integrator(log), integrator(log)]
          let n = 1
          for (const [i, size] of sizes.entries()) {
            gateways[i % 2]!.append(...Array.from({ length: size }, () => intentBody((n += 1))))
            // Two integrators take turns, and one of them forgets all it knew.
            if (i % 3 !== 0) await steps[i % 2]!.step(at(i))
            if (i % 5 === 0) steps[0] = integrator(log)
          }
          while ((await steps[1]!.step(at(1000))).more);
          const { note, size } = (await store.checkpoint('evidence'))!
          expect(size).toBe(store.rows.evidence.leaves.length)
          expect(openCheckpoint(note, [verifier], verifier.name).root).toEqual(store.rows.evidence.tree.root)
          const proof = await receipt(store, verifier, tidOf(2 + (n % sizes[0]!)))
          expect(verifyReceipt(proof!, readPins(pinText)).size).toBe(size)
        },
      ),
      { numRuns: 25 },
    ))

  test('an empty log signs nothing; an idle one is signed again after the heartbeat', async () => {
    expect((await integrator(logOf(memoryTreeStore())).step(at(0))).did).toBe('nothing')
    const { store, steps } = await aLog(3)
    expect((await steps.step(at(60_001))).did).toBe('nothing')
    expect((await steps.step(at(60_000 + 600_000))).did).toBe('heartbeat')
    expect((await store.checkpoint('evidence'))!.at).toEqual(at(660_000))
  })

  test('a receipt is there when the integrator has passed, not before', async () => {
    const { store, one, steps } = await aLog(3)
    one.append(intentBody(50))
    expect(await receipt(store, verifier, tidOf(50))).toBeNull()
    await steps.step(at(61_000))
    const proof = (await receipt(store, verifier, tidOf(50)))!
    expect(verifyReceipt(proof, [verifier]).size).toBe(store.rows.evidence.leaves.length)
    for (const bent of [
      { ...proof, leaf: Buffer.from(proof.leaf).fill('x', 0, 1) },
      { ...proof, index: proof.index - 1 },
      { ...proof, proof: proof.proof.replace(`index ${proof.index}`, `index ${proof.index - 1}`) },
      { ...proof, origin: 'other.example/transfers' },
    ])
      expect(() => verifyReceipt(bent, [verifier])).toThrow(/signed note|audit log broken/)
  })

  test('of two integrators one wins, and the other finds nothing amiss', async () => {
    const store = memoryTreeStore()
    const gateway = instance(store)
    someTransfers(gateway, 1, 30)
    const log = logOf(store)
    const results = await Promise.all([
      integrator(log).step(at(1)),
      integrator(log).step(at(2)),
      integrator(log).step(at(3)),
    ])
    expect(results.map((step) => step.did).toSorted()).toEqual(['advanced', 'lost', 'lost'])
    expect((await integrator(log).step(at(4))).did).toBe('nothing')
  })

  test('an instance with an anchor of its own catches up over a proof', async () => {
    const { store, log, steps, one } = await aLog(20)
    const far = { ...log, anchor: memoryAnchor() }
    await integrator(far).step(at(60_500))
    someTransfers(one, 100, 140)
    await steps.step(at(61_000))
    expect((await far.anchor.read('evidence'))!.size).toBeLessThan(store.rows.evidence.tree.size)
    expect((await integrator(far).step(at(61_500))).did).toBe('nothing')
    expect((await far.anchor.read('evidence'))!.size).toBe(store.rows.evidence.tree.size)
  })
})

describe('what the integrator refuses to sign', () => {
  test('a row that an administrator inserted with the right hash but no seal', async () => {
    const { store, log } = await aLog(10)
    const rows = store.rows.evidence
    const body = Buffer.from(rows.leaves[4]!.body.toString().replace('"bytes":812', '"bytes":999'))
    const index = rows.leaves.length
    rows.leaves.push({
      ...rows.leaves[4]!,
      tid: tidOf(77),
      body,
      hash: leafHash(body),
      index,
      batch: 'forged',
    })
    await broken(log, 'gap', index)
    rows.batches.push({ ...rows.batches.at(-1)!, batch: 'forged', first: index, n: 1 })
    await broken(log, 'record', index)
  })

  test('a record that another key sealed under the name of a boot', async () => {
    const { store, log, one } = await aLog(10)
    const rows = store.rows.evidence
    const forged = one.chain.seal([intentBody(500)])
    const other = generateKeyPairSync('ed25519').privateKey
    store.append('evidence', { ...forged, sig: sign(null, Buffer.from('x'), other) })
    await broken(log, 'seal', rows.leaves.length - 1)
  })

  test('a boot that the enrolment key did not certify', async () => {
    const { store, log } = await aLog(4)
    const stranger = newBoot('gateway-9', generateKeyPairSync('ed25519').privateKey, 'douane 0.1.0')
    store.append('evidence', new BootChain(stranger, 'evidence').seal([bootRecord(stranger)]))
    await broken(log, 'boot')
  })

  test('a boot that is played again', async () => {
    const { store, log } = await aLog(4)
    const rows = store.rows.evidence
    const again = { ...rows.leaves[0]!, index: rows.leaves.length }
    rows.leaves.push(again)
    rows.batches.push({ ...rows.batches[0]!, first: again.index })
    await broken(log, 'chain', again.index)
  })

  test.each([
    [
      'a changed body',
      'hash',
      (body: Buffer) => body.subarray().fill('7', body.indexOf('812'), body.indexOf('812') + 1),
    ],
    [
      'a body that is no longer canonical',
      'record',
      (body: Buffer) => Buffer.concat([body, Buffer.from(' ')]),
    ],
  ] as const)('%s not yet in the tree', async (_, what, change) => {
    const { store, log, one } = await aLog(4)
    const [index] = one.append(intentBody(300))
    const leaf = store.rows.evidence.leaves[index!]!
    store.rows.evidence.leaves[index!] = { ...leaf, body: change(Buffer.from(leaf.body)) }
    await broken(log, what, index!)
  })

  test('a changed body whose hash was changed with it', async () => {
    const { store, log, one } = await aLog(4)
    const [index] = one.append(intentBody(300))
    const leaf = store.rows.evidence.leaves[index!]!
    const body = Buffer.from(leaf.body.toString().replace('812', '813'))
    store.rows.evidence.leaves[index!] = { ...leaf, body, hash: leafHash(body) }
    await broken(log, 'seal')
  })

  test('each single record of the waiting window, taken away', async () => {
    const { one, store, log } = await aLog(4)
    const start = store.rows.evidence.leaves.length
    one.append(intentBody(300))
    one.append(intentBody(301), intentBody(302))
    one.append(outcomeBody(300, start))
    const all = [...store.rows.evidence.leaves]
    for (let gone = start; gone < all.length - 1; gone += 1) {
      store.rows.evidence.leaves = all
        .filter((leaf) => leaf.index !== gone)
        .map((leaf, index) => ({ ...leaf, index }))
      await broken(log)
    }
    // The careful forger corrects the batches as well; the chain of the later records still shows it.
    const batches = store.rows.evidence.batches
    for (let gone = start; gone < all.length - 1; gone += 1) {
      store.rows.evidence.leaves = all
        .filter((leaf) => leaf.index !== gone)
        .map((leaf, index) => ({ ...leaf, index }))
      store.rows.evidence.batches = batches
        .map((batch) => ({
          ...batch,
          n: batch.first <= gone && gone < batch.first + batch.n ? batch.n - 1 : batch.n,
          first: batch.first > gone ? batch.first - 1 : batch.first,
        }))
        .filter((batch) => batch.n > 0)
      await broken(log)
    }
  })

  test('the very last record, taken away before it was signed, shows with the next one of that boot', async () => {
    const { one, store, log } = await aLog(4)
    one.append(intentBody(300))
    store.rows.evidence.leaves.pop()
    store.rows.evidence.batches.pop()
    one.append(intentBody(301))
    await broken(log, 'chain')
  })

  test('two waiting records in exchanged places', async () => {
    const { one, store, log } = await aLog(4)
    const [a, b] = one.append(intentBody(300), intentBody(301))
    const rows = store.rows.evidence.leaves
    const [first, second] = [rows[a!]!, rows[b!]!]
    rows[a!] = { ...second, index: a! }
    rows[b!] = { ...first, index: b! }
    await broken(log, 'chain', a!)
  })

  test('a tree smaller than the anchor: a restored backup, a truncated table', async () => {
    const { store, log, one, steps } = await aLog(8)
    const rows = store.rows.evidence
    const backup = {
      leaves: [...rows.leaves],
      batches: [...rows.batches],
      tree: rows.tree,
      checkpoint: rows.checkpoint,
    }
    someTransfers(one, 100, 120)
    await steps.step(at(61_000))
    Object.assign(rows, backup)
    await broken(log, 'shrunk')
    Object.assign(rows, {
      leaves: [],
      batches: [],
      tree: { size: 0, root: emptyRoot, frontier: [] },
      checkpoint: null,
    })
    await broken(log, 'shrunk')
  })

  test('a head below the tree: rows deleted after they were signed', async () => {
    const { store, log } = await aLog(8)
    store.rows.evidence.leaves.pop()
    await broken(log, 'shrunk')
  })

  test('a second history with the same key', async () => {
    const { log } = await aLog(8)
    const other = await aLog(9)
    await broken({ ...other.log, anchor: log.anchor }, 'fork')
  })

  test('a tree row without our signature over it', async () => {
    const { store, log, one } = await aLog(8)
    someTransfers(one, 100, 110)
    const rows = store.rows.evidence
    const grown = await aLog(20)
    rows.tree = grown.store.rows.evidence.tree
    await broken(log, 'checkpoint')
    rows.checkpoint = grown.store.rows.evidence.checkpoint
    rows.tiles = grown.store.rows.evidence.tiles
    await broken(log, 'fork')
    const stranger = { ...signerOf('evidence'), key: generateKeyPairSync('ed25519').privateKey }
    rows.checkpoint = { ...rows.checkpoint!, note: signCheckpoint(stranger, rows.tree.size, rows.tree.root) }
    await broken(log, 'checkpoint')
  })

  test('a tile at the right edge that was bent', async () => {
    const { store, log, one } = await aLog(300)
    one.append(intentBody(900))
    const tiles = store.rows.evidence.tiles
    const edge = [...tiles.entries()].find(([, tile]) => tile.level === 0 && tile.width < 256)!
    const data = Buffer.from(edge[1].data)
    data[40]! ^= 1
    tiles.set(edge[0], { ...edge[1], data })
    await broken(log, 'tile')
  })

  test('the enrolment key of another installation', async () => {
    const store = memoryTreeStore()
    instance(store)
    const enrol = createPublicKey(generateKeyPairSync('ed25519').privateKey)
    await broken({ ...logOf(store), enrol }, 'boot')
  })
})

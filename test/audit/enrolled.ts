/** Logs whose enrolment key was replaced, or in which a boot was revoked, as they should be and as forgers would have them. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { BootChain, bootBody, certified } from '../../src/audit/chain.ts'
import { originOf, vkeyOf } from '../../src/audit/checkpoint.ts'
import type { Signer } from '../../src/audit/checkpoint.ts'
import { revoked } from '../../src/audit/enrolment.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { memoryTreeStore } from '../../src/audit/memory.ts'
import type { MemoryTreeStore } from '../../src/audit/memory.ts'
import { isoTime } from '../../src/audit/record.ts'
import { enrolmentRotated, rotationBody } from '../../src/audit/rotation.ts'
import type { KeyBody, RecordBody } from '../../src/model/record.ts'
import { uncheckedLog } from './forge.ts'
import { enrol, someBoot } from './records.ts'
import { genesis } from './unsound.ts'
import { at, bootRecord, instance, logOf, name, refusalBody, signerOf } from './world.ts'

/** What such a log says why. */
const why = { t: isoTime(at(5)), by: 'cli:operator', why: 'somebody left' }
const named = (key: KeyObject): Signer => ({ name: originOf(name, 'enrol'), key })
const key = (): Signer => named(generateKeyPairSync('ed25519').privateKey)
export const first = named(enrol.privateKey)
export const second = key()
export const third = key()
const stranger = key()

export const rotation = (old: Signer, next: Signer): KeyBody => rotationBody(old, next, why, enrolmentRotated)
export const revocation = (boot: string): KeyBody => ({
  ...{ v: 1, k: 'key', act: revoked, subject: boot, ...why },
})

/** A gateway whose boot that key certifies. */
export const enrolledBy = (store: MemoryTreeStore, by: Signer, inst: string) => {
  const boot = certified(someBoot(inst), by.key)
  const chain = new BootChain(boot, 'evidence')
  const append = (...bodies: readonly RecordBody[]): readonly number[] => {
    const batch = chain.seal(bodies)
    const indices = store.append('evidence', batch)
    chain.advance(batch)
    return indices
  }
  append(bootBody(boot, {}, at(1)))
  return { boot, append }
}

export const signed = async (store: MemoryTreeStore, own: Signer = first): Promise<MemoryTreeStore> => {
  const steps = integrator({ ...logOf(store), enrol: createPublicKey(own.key) })
  while ((await steps.step(at(60_000))).more);
  return store
}

/** Two rotations under three gateways, each certified by the key of its time; then one of them is revoked. */
export const enrolledLog = async () => {
  const store = memoryTreeStore()
  const one = instance(store)
  one.append(refusalBody(7), rotation(first, second))
  const two = enrolledBy(store, second, 'gateway-2')
  two.append(refusalBody(14), rotation(second, third))
  // the first is still there: its key was certified by the one that counted then
  one.append(refusalBody(21))
  const three = enrolledBy(store, third, 'gateway-3')
  three.append(refusalBody(28))
  two.append(refusalBody(35))
  one.append(revocation(two.boot.boot))
  three.append(refusalBody(42))
  await signed(store)
  return { store, one, two, three }
}

/** Signed with the key of the log although what they hold does not hold: name, and a word of the finding. */
export const unsoundEnrolments: readonly (readonly [string, string, () => MemoryTreeStore])[] = [
  [
    'a boot by the old key after its successor was announced',
    'did not certify',
    () => late(first, second, first),
  ],
  ['a boot by a key that was never announced', 'did not certify', () => late(first, second, stranger)],
  ['a new key announced by a stranger', 'does not follow', () => late(stranger, second, second)],
  [
    'a new key that did not sign',
    'does not follow',
    () => late(first, second, second, (one) => ({ ...one, proof: one.sig! })),
  ],
  [
    'a signature about the key of the log',
    'does not follow',
    () => late(first, second, second, () => ({ ...rotationBody(first, second, why), act: enrolmentRotated })),
  ],
  [
    'a revoked boot that seals on',
    'was revoked',
    () => {
      const log = uncheckedLog()
      const [one, two] = [someBoot('gateway-1'), someBoot('gateway-2')]
      log.append(one, bootRecord(one), genesis)
      log.append(two, bootRecord(two), refusalBody(7))
      log.append(one, revocation(two.boot))
      log.append(two, refusalBody(14))
      return log.signIt()
    },
  ],
]

const late = (
  by: Signer,
  next: Signer,
  certifies: Signer,
  bend: (one: KeyBody) => KeyBody = (one) => one,
): MemoryTreeStore => {
  const log = uncheckedLog()
  const one = someBoot('gateway-1')
  const two = certified(someBoot('gateway-2'), certifies.key)
  log.append(one, bootRecord(one), genesis)
  log.append(one, bend(rotation(by, next)))
  log.append(two, bootRecord(two), refusalBody(7))
  return log.signIt()
}

const log = vkeyOf(signerOf('evidence'))
/** Pins: the key of the log, and that enrolment key. */
export const pinned = (by: Signer): string => `${log}\n${vkeyOf(by)}\n`
export const unrelated = stranger

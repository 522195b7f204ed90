/** Logs whose key was replaced, as they should be and as forgers would have them. */
import { generateKeyPairSync } from 'node:crypto'
import { readCheckpoint, signCheckpoint, vkeyOf } from '../../src/audit/checkpoint.ts'
import type { Signer } from '../../src/audit/checkpoint.ts'
import { canonical } from '../../src/audit/canonical.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { memoryAnchor, memoryTreeStore } from '../../src/audit/memory.ts'
import { isoTime } from '../../src/audit/record.ts'
import { rotationBody } from '../../src/audit/rotation.ts'
import { exported, uncheckedLog } from './forge.ts'
import type { Exported } from './forge.ts'
import { boot, genesis } from './unsound.ts'
import { at, bootRecord, instance, intentBody, logOf, outcomeBody, refusalBody } from './world.ts'
import { signerOf } from './world.ts'

const key = (): Signer => ({ ...signerOf('evidence'), key: generateKeyPairSync('ed25519').privateKey })
export const first = signerOf('evidence')
export const second = key()
export const third = key()
export const stranger = key()
export const why = { t: isoTime(at(5)), by: 'cli:operator', why: 'every two years' }

/** Two rotations, the last still under way: the second key and the third sign together. */
export const rotatedLog = async () => {
  const store = memoryTreeStore()
  const anchor = memoryAnchor()
  let signers: readonly Signer[] = [first]
  const one = instance(store)
  const log = { ...logOf(store, anchor), signers: () => signers }
  const steps = integrator(log)
  const step = async (): Promise<string> => {
    while ((await steps.step(at(60_000))).more);
    return store.rows.evidence.checkpoint!.note
  }
  one.append(refusalBody(7))
  const before = await step()
  signers = [first, second]
  const still = await step()
  one.append(intentBody(1), rotationBody(first, second, why))
  const both = await step()
  signers = [second, third]
  one.append(outcomeBody(1, 3), rotationBody(second, third, why), refusalBody(14))
  const after = await step()
  return {
    store,
    anchor,
    log,
    one,
    notes: { before, still, both, after },
    to: (now: typeof signers) => (signers = now),
  }
}

const head = (b: Exported) => readCheckpoint(b.read('checkpoint.txt').toString())
const signedAnew = (b: Exported, ...by: readonly [Signer, Signer?]): void => {
  const { size, root } = head(b)
  const note = signCheckpoint(by[0], size, root, by[1])
  b.write('log/checkpoint', note)
  b.write('checkpoint.note.sig', Buffer.from(note.trimEnd().split(' ').at(-1)!, 'base64').subarray(4))
  b.write('keys/log.vkey', `${vkeyOf(by[0])}\n`)
  b.write('keys/log.pub.pem', publicPem(by[0]))
}
const publicPem = ({ key: of }: Signer): string => {
  const jwk = of.export({ format: 'jwk' })
  const raw = Buffer.from(jwk.x!, 'base64url')
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw])
  return `-----BEGIN PUBLIC KEY-----\n${spki.toString('base64')}\n-----END PUBLIC KEY-----\n`
}
const announcements = 'keys/log.rotations.jsonl'
const lines = (b: Exported): string[] => b.read(announcements).toString().split('\n').slice(0, -1)
const setLines = (b: Exported, all: readonly string[]): void =>
  b.write(announcements, all.map((line) => `${line}\n`).join(''))
const bent = (line: string, field: string): string =>
  line.replace(new RegExp(`"${field}":"(.)`), (_, c: string) => `"${field}":"${c === 'A' ? 'B' : 'A'}`)

/** What a forger makes of an export of that log, sums corrected; each must be noticed. */
export const rotationForgeries: readonly (readonly [string, (b: Exported) => void])[] = [
  ['a head that the replaced key signed alone', (b) => signedAnew(b, first)],
  ['a head that the key before the newest signed alone', (b) => signedAnew(b, second)],
  ['a head that a stranger signed', (b) => signedAnew(b, stranger)],
  ['announcements left out', (b) => b.remove(announcements)],
  [
    'the last announcement left out, the head by the key before',
    (b) => {
      setLines(b, lines(b).slice(0, 1))
      signedAnew(b, second)
    },
  ],
  ['announcements in the other order', (b) => setLines(b, lines(b).toReversed())],
  [
    'an announcement that the old key did not sign',
    (b) => setLines(b, [bent(lines(b)[0]!, 'sig'), lines(b)[1]!]),
  ],
  [
    'an announcement that the new key did not sign',
    (b) => setLines(b, [lines(b)[0]!, bent(lines(b)[1]!, 'proof')]),
  ],
  [
    'an announcement of a stranger’s key, by the newest, that is not in the log',
    (b) => {
      const line = canonical({
        ...rotationBody(third, stranger, why),
        boot: 'b',
        inst: 'i',
        iprev: '0'.repeat(64),
        iseq: 1,
      })
      setLines(b, [...lines(b), line.toString()])
      signedAnew(b, stranger)
    },
  ],
  ['a line that is no announcement', (b) => setLines(b, [...lines(b), '{}'])],
]

const unsoundRotation = async (body: object, by: Signer): Promise<Exported> => {
  const log = uncheckedLog()
  log.append(boot, bootRecord(boot), genesis)
  log.append(boot, body, refusalBody(7))
  const bundle = await exported(log.signIt())
  signedAnew(bundle, by)
  bundle.sums()
  return bundle
}

/** Logs that were signed although what they announce does not hold. */
export const unsoundRotations = (): Promise<readonly (readonly [string, Exported])[]> =>
  Promise.all(
    (
      [
        ['signed by a stranger in the log itself', rotationBody(stranger, second, why), second],
        ['announced by a stranger, head by the first key', rotationBody(stranger, second, why), first],
        [
          'of another log',
          rotationBody(
            { ...first, name: 'other.example/transfers' },
            { ...second, name: 'other.example/transfers' },
            why,
          ),
          first,
        ],
      ] as const
    ).map(async ([name, body, by]) => [`a rotation ${name}`, await unsoundRotation(body, by)] as const),
  )

/** What a forger changes in an export whose sums he corrects, and what a verifier must answer: 1, 2 or 3. */
import { generateKeyPairSync } from 'node:crypto'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { readCheckpoint, signCheckpoint, signNote, vkeyOf } from '../../src/audit/checkpoint.ts'
import { tilePath } from '../../src/audit/merkle.ts'
import type { Exported } from './forge.ts'
import { at, refusalBody } from './records.ts'
import { aLog, intentBody, name, outcomeBody, signerOf } from './world.ts'

/** A small log: boot, genesis, a refusal, an intent and its end, an open intent. */
export const smallLog = async () => {
  const { store, steps, one } = await aLog(0)
  one.append(refusalBody(7))
  const [index] = one.append(intentBody(1))
  one.append(outcomeBody(1, index!), intentBody(2))
  await steps.step(at(70_000))
  return store
}

const another = { ...signerOf('evidence'), key: generateKeyPairSync('ed25519').privateKey }
const elsewhere = { ...another, name: 'elsewhere.example/transfers' }
const head = (bundle: Exported) => readCheckpoint(bundle.read('checkpoint.txt').toString())
const lines = (bundle: Exported, path: string) => bundle.read(path).toString().split('\n').slice(0, -1)
const setLines = (bundle: Exported, path: string, all: readonly string[]) =>
  bundle.write(path, all.map((line) => `${line}\n`).join(''))

/** Sixty-four bytes leave four bits of the last symbol unused. */
const symbols = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const otherSpelling = (last: string): string => symbols[symbols.indexOf(last) | 1]!

export const changes: readonly (readonly [string, 1 | 2 | 3, (bundle: Exported) => void])[] = [
  ['the last record cut off', 2, (b) => b.entries((all) => all.slice(0, -1))],
  [
    'the last record cut through',
    1,
    (b) => {
      const path = b.files().find((one) => one.startsWith('log/tile/entries/'))!
      b.write(path, b.read(path).subarray(0, -5))
    },
  ],
  ['a record in the middle deleted', 2, (b) => b.entries((all) => all.toSpliced(3, 1))],
  [
    'a record in the middle deleted and another put at the end',
    1,
    (b) => b.entries((all) => [...all.toSpliced(3, 1), all[3]!]),
  ],
  [
    'two records in exchanged places',
    1,
    (b) => b.entries((all) => [...all.slice(0, 3), all[4]!, all[3]!, ...all.slice(5)]),
  ],
  ['a record added at the end', 1, (b) => b.entries((all) => [...all, all[3]!])],
  [
    'a number changed in a record',
    1,
    (b) =>
      b.entries((all) => all.map((one) => Buffer.from(one.toString().replace('"bytes":812', '"bytes":912')))),
  ],
  [
    'a head signed by another key under the same name',
    1,
    (b) => {
      b.write('log/checkpoint', signCheckpoint(another, head(b).size, head(b).root))
    },
  ],
  [
    'a head of another installation',
    3,
    (b) => {
      b.write('log/checkpoint', signCheckpoint(elsewhere, head(b).size, head(b).root))
    },
  ],
  [
    'a head that promises more records',
    1,
    (b) => {
      b.write('log/checkpoint', b.read('log/checkpoint').toString().replace(/\n7\n/, '\n8\n'))
    },
  ],
  [
    'a text signed by the key that is no checkpoint',
    1,
    (b) => b.write('log/checkpoint', signNote('hello\n', signerOf('evidence'))),
  ],
  ['an empty checkpoint', 1, (b) => b.write('log/checkpoint', '')],
  [
    'a tile bent',
    1,
    (b) => {
      const path = `log/${tilePath(0, 0, 7)}`
      const bent = b.read(path)
      bent[40]! ^= 1
      b.write(path, bent)
    },
  ],
  [
    'the readable view telling another story',
    1,
    (b) =>
      b.write('entries.jsonl', b.read('entries.jsonl').toString().replace('TIA_EXPIRED', 'RATE_LIMITED')),
  ],
  [
    'a line of the readable view gone',
    1,
    (b) => setLines(b, 'entries.jsonl', lines(b, 'entries.jsonl').toSpliced(2, 1)),
  ],
  [
    'a line more in the readable view',
    1,
    (b) => setLines(b, 'entries.jsonl', [...lines(b, 'entries.jsonl'), '{}']),
  ],
  ['the last seal gone', 2, (b) => setLines(b, 'batches.jsonl', lines(b, 'batches.jsonl').slice(0, -1))],
  [
    'a seal in the middle gone',
    1,
    (b) => setLines(b, 'batches.jsonl', lines(b, 'batches.jsonl').toSpliced(1, 1)),
  ],
  [
    'a seal twice',
    1,
    (b) => setLines(b, 'batches.jsonl', [...lines(b, 'batches.jsonl'), lines(b, 'batches.jsonl').at(-1)!]),
  ],
  [
    'two seals made one',
    1,
    (b) =>
      setLines(
        b,
        'batches.jsonl',
        lines(b, 'batches.jsonl').map((one) => one.replace('"n":1,', '"n":2,')),
      ),
  ],
  [
    'a seal that is not JSON',
    1,
    (b) => setLines(b, 'batches.jsonl', ['[', ...lines(b, 'batches.jsonl').slice(1)]),
  ],
  [
    'a seal of endless length',
    1,
    (b) =>
      setLines(
        b,
        'batches.jsonl',
        lines(b, 'batches.jsonl').map((one) => one.replace(/"n":\d+/, '"n":9007199254740991')),
      ),
  ],
  [
    'a seal in another spelling of the same signature',
    1,
    (b) =>
      b.write(
        'batches.jsonl',
        b
          .read('batches.jsonl')
          .toString()
          .replace(/.(?==="\})/, otherSpelling),
      ),
  ],
  ['a line without end among the seals', 2, (b) => b.write('batches.jsonl', 'x'.repeat(500_000))],
  [
    'the manifest telling another size',
    1,
    (b) => b.write('MANIFEST.json', b.read('MANIFEST.json').toString().replace('"size":7', '"size":6')),
  ],
  [
    'a manifest of a later form',
    3,
    (b) => b.write('MANIFEST.json', b.read('MANIFEST.json').toString().replace('bundle-v1', 'bundle-v2')),
  ],
  ['a manifest that is not JSON', 1, (b) => b.write('MANIFEST.json', '{"format":')],
  ['a manifest that is a list', 3, (b) => b.write('MANIFEST.json', '[]')],
  ['another key among the convenience copies', 1, (b) => b.write('keys/log.vkey', `${vkeyOf(another)}\n`)],
  [
    'another enrolment key among them',
    1,
    (b) => b.write('keys/enrol.vkey', `${vkeyOf({ ...another, name: `${name}/enrol` })}\n`),
  ],
  [
    'another PEM among them',
    1,
    (b) =>
      b.write(
        'keys/log.pub.pem',
        generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }),
      ),
  ],
  ['no PEM at all', 1, (b) => b.write('keys/log.pub.pem', 'hello')],
  [
    'another text beside the signature',
    1,
    (b) => b.write('checkpoint.txt', b.read('checkpoint.txt').toString().replace('\n7\n', '\n8\n')),
  ],
  ['another signature beside the text', 1, (b) => b.write('checkpoint.note.sig', Buffer.alloc(64, 1))],
  ['an access log that the manifest does not pin', 2, (b) => b.write('access/entries.jsonl', '')],
  ['a policy under another digest', 1, (b) => b.write(`policies/${'0'.repeat(64)}/rules/a.yaml`, 'id: a\n')],
  [
    'a link in place of a file',
    1,
    (b) => {
      b.remove('entries.jsonl')
      symlinkSync('/etc/hostname', join(b.dir, 'entries.jsonl'))
    },
  ],
]

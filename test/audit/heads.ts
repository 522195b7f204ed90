/** Heads with other signature lines than that of the log's key, sums corrected: name, exit code, what is done. */
import { generateKeyPairSync } from 'node:crypto'
import { signNote } from '../../src/audit/checkpoint.ts'
import type { Exported } from './forge.ts'

const path = 'log/checkpoint'
const add = (b: Exported, ...lines: readonly string[]): void =>
  b.write(path, `${b.read(path).toString()}${lines.join('')}`)
const own = (b: Exported): string => `${b.read(path).toString().split('\n').at(-2)!}\n`
const key = generateKeyPairSync('ed25519').privateKey
/** By a stranger, over the same text. */
const line = (b: Exported, name: string): string => {
  const text = b.read('checkpoint.txt').toString()
  const [, , data] = signNote(text, { name: 'other.example', key }).split('\n').at(-2)!.split(' ')
  return `— ${name} ${data!}\n`
}
const many = (b: Exported, n: number): readonly string[] =>
  Array.from({ length: n }, (_, i) => line(b, `other-${i}.example`))
/** A bit of the signature, or of the id of the key before it. */
const bent = (of: string, at: number): string => {
  const [dash, name, data] = of.trimEnd().split(' ')
  const bytes = Buffer.from(data!, 'base64')
  bytes[at]! ^= 1
  return `${dash!} ${name!} ${bytes.toString('base64')}\n`
}

export const heads: readonly (readonly [string, 0 | 1, (b: Exported) => void])[] = [
  ['a stranger’s signature besides', 0, (b) => add(b, line(b, 'other.example'))],
  ['a stranger’s signature twice', 0, (b) => add(b, line(b, 'other.example'), line(b, 'other.example'))],
  ['63 strangers’ signatures', 0, (b) => add(b, ...many(b, 63))],
  ['64 strangers’ signatures', 1, (b) => add(b, ...many(b, 64))],
  ['its own signature twice', 1, (b) => add(b, own(b))],
  ['its own signature, and one that does not hold', 1, (b) => add(b, bent(own(b), 30))],
  ['a signature of its own name by another key', 0, (b) => add(b, bent(own(b), 0))],
  ['a name of a character that is not assigned', 0, (b) => add(b, line(b, 'a\u0378'))],
  ['a name that nobody sees', 1, (b) => add(b, line(b, 'a\u200b'))],
  ['a name with a wide space', 1, (b) => add(b, line(b, 'a\u3000b'))],
  ['a name with a plus sign', 1, (b) => add(b, line(b, 'a+b'))],
  ['a name of 256 characters', 0, (b) => add(b, line(b, '\u{1f600}'.repeat(256)))],
  ['a name of 257 characters', 1, (b) => add(b, line(b, 'a'.repeat(257)))],
  ['a signature of four bytes', 1, (b) => add(b, '— other.example AAAAAA==\n')],
  ['something behind a signature', 1, (b) => add(b, `${line(b, 'other.example').trimEnd()} x\n`)],
  ['an empty line behind its signatures', 1, (b) => add(b, '\n')],
  [
    'more bytes than it may have',
    1,
    (b) => add(b, ...Array.from({ length: 63 }, () => line(b, '\u{1f600}'.repeat(256)))),
  ],
]

import { generateKeyPairSync } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkpointText,
  NoteRefused,
  openCheckpoint,
  openNote,
  originOf,
  readCheckpoint,
  readPins,
  readVkey,
  signCheckpoint,
  signNote,
  vkeyOf,
} from '../../src/audit/checkpoint.ts'
import { emptyRoot } from '../../src/audit/merkle.ts'
import { logKey, signerOf } from './world.ts'

const signer = signerOf('evidence')
const verifier = readVkey(vkeyOf(signer))
const other = { name: 'witness.example', key: generateKeyPairSync('ed25519').privateKey }
const note = signCheckpoint(signer, 20_852_163, emptyRoot)

const why = (act: () => unknown): string => {
  try {
    act()
    return 'accepted'
  } catch (error) {
    return error instanceof NoteRefused ? error.why : `untyped ${String(error)}`
  }
}

describe('public keys in the C2SP form', () => {
  test('the example that Go’s sumdb publishes reads, and its name, id and key belong together', () => {
    const text = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
    expect(readVkey(text)).toMatchObject({ name: 'sum.golang.org', id: '033de0ae' })
    expect(why(() => readVkey(text.replace('033d', '033e')))).toBe('malformed')
    expect(why(() => readVkey(text.replace('sum.', 'sun.')))).toBe('malformed')
  })

  test('what is written is read back', () => {
    expect(vkeyOf({ name: signer.name, key: verifier.key })).toBe(vkeyOf(signer))
    expect(readPins(`# a pin\n\n  ${vkeyOf(signer)}  \r\n${vkeyOf(other)}`).map((one) => one.name)).toEqual([
      signer.name,
      other.name,
    ])
    expect([originOf('a/b', 'evidence'), originOf('a/b', 'access'), originOf('a/b', 'enrol')]).toEqual([
      'a/b/transfers',
      'a/b/access',
      'a/b/enrol',
    ])
  })

  test.each([[''], ['a b'], ['a+b'], ['a\u00a0b'], ['a\nb'], ['a\u2028b'], ['x'.repeat(300)]])(
    'a name that no note may carry: %j',
    (name) => expect(why(() => vkeyOf({ name, key: logKey }))).toBe('malformed'),
  )

  test('an RSA key is no key of a log', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(why(() => vkeyOf({ name: 'a', key: privateKey }))).toBe('malformed')
  })
})

describe('a signed checkpoint', () => {
  test('has three lines, an empty one and the signature', () => {
    expect(note.split('\n').slice(0, 4)).toEqual([signer.name, '20852163', emptyRoot.toString('base64'), ''])
    expect(openCheckpoint(note, [verifier], signer.name)).toMatchObject({ size: 20_852_163, root: emptyRoot })
  })

  test('also carries signatures of keys that nobody knows here', () => {
    const both = note + signNote(note.slice(0, note.indexOf('\n\n') + 1), other).split('\n\n')[1]!
    expect(openNote(both, [verifier]).by).toEqual([verifier])
    expect(openNote(both, [verifier, readVkey(vkeyOf(other))]).by).toHaveLength(2)
  })

  const signature = note.slice(note.lastIndexOf('\n\n') + 2)
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
  test.each([
    [
      'a known key whose signature does not hold',
      'signature',
      text.replace('20852163', '20852164') + '\n' + signature,
    ],
    ['a known key that signed twice', 'malformed', note + signature],
    ['no signature of a known key', 'untrusted', signNote(text, other)],
    ['no signature at all', 'malformed', text],
    ['no empty line', 'malformed', text + signature],
    ['no final line feed', 'malformed', note.slice(0, -1)],
    ['a hyphen for the dash', 'malformed', note.replace('—', '-')],
    ['a carriage return', 'malformed', note.replace('\n', '\r\n')],
    ['a signature in loose base 64', 'malformed', note.replace(/=\n$/, '\n')],
    ['more signatures than anyone needs', 'malformed', note + `— w AAAAAAAA\n`.repeat(64)],
    ['a book', 'malformed', 'x'.repeat(70_000) + note],
    [
      'another origin under this key',
      'origin',
      signNote(checkpointText({ origin: 'b', size: 1, root: emptyRoot }), signer),
    ],
    ['a lone surrogate', 'malformed', '\ud800' + note],
  ])('is refused: %s', (_, reason, bent) => {
    expect(why(() => openCheckpoint(bent, [verifier], signer.name))).toBe(reason)
  })

  const root64 = emptyRoot.toString('base64')
  test.each([
    ['a leading zero', `o\n01\n${root64}\n`],
    ['a negative size', `o\n-1\n${root64}\n`],
    ['a size beyond 2^53', `o\n9999999999999999\n${root64}\n`],
    ['a short root', `o\n1\nAAAA\n`],
    ['no root', 'o\n1\n'],
    ['an empty extension', `o\n1\n${root64}\n\n`],
    ['no origin', `\n1\n${root64}\n`],
    ['no end', `o\n1\n${root64}`],
  ])('has a text of one form only: %s', (_, bent) =>
    expect(why(() => readCheckpoint(bent))).toBe('malformed'),
  )

  test('an extension line is opaque', () =>
    expect(readCheckpoint(`o\n1\n${root64}\nextra\n`)).toMatchObject({ origin: 'o', size: 1 }))

  test('any mutation of a note is refused with a typed error, or leaves what was signed', () => {
    const bytes = Buffer.from(note)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(3), (place, value, how) => {
        const bent = [
          () => Buffer.concat([bytes.subarray(0, place), Buffer.of(value), bytes.subarray(place + 1)]),
          () => Buffer.concat([bytes.subarray(0, place), Buffer.of(value), bytes.subarray(place)]),
          () => Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1)]),
          () => bytes.subarray(0, place),
        ][how]!()
        const answer = why(() => expect(openNote(bent.toString(), [verifier]).text).toBe(text))
        expect(['accepted', 'malformed', 'signature', 'untrusted']).toContain(answer)
        expect(answer === 'accepted' && !bent.equals(bytes)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('any text at all is refused with a typed error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((s) => `${s}\n\n— ${s} ${s}\n`),
        ),
        (junk) => {
          expect(['malformed', 'untrusted']).toContain(why(() => openNote(junk, [verifier])))
          expect(['malformed', 'accepted']).toContain(why(() => readPins(junk)))
          expect(['malformed', 'accepted']).toContain(why(() => readCheckpoint(junk)))
        },
      ),
      { numRuns: 300 },
    )
  })
})

import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Misconfigured } from '../../src/errors.ts'
import { caseDigest, subjectDigest } from '../../src/pseudonym/digest.ts'
import { keyed, Keys, lengthPrefixed, throwAwayKeys } from '../../src/pseudonym/keys.ts'
import { random } from '../../src/pseudonym/random.ts'
import { newSubjectKey, openOriginal, openSubjectKey, sealOriginal } from '../../src/pseudonym/seal.ts'
import { shredKeys } from './making.ts'

const hex = (bytes: Buffer): string => bytes.toString('hex')

describe('keys', () => {
  const shred = shredKeys()
  const master = randomBytes(32)
  const keys = Keys.open({ master, shred })
  const part = fc.string({ maxLength: 4 })

  test('no two circles share a key, however their names are cut', () => {
    const circle = fc.tuple(part, part, part, part, part)
    fc.assert(
      fc.property(circle, circle, (a, b) => {
        const same = a.every((value, i) => value === b[i])
        expect(hex(keyed(keys.index(...a), 'x')) === hex(keyed(keys.index(...b), 'x'))).toBe(same)
      }),
    )
    expect(hex(keyed(keys.index('ab', 'c', 'd', 'e', 'f'), 'x'))).not.toBe(
      hex(keyed(keys.index('a', 'bc', 'd', 'e', 'f'), 'x')),
    )
  })

  test('length-prefixed parts are never ambiguous', () => {
    fc.assert(
      fc.property(fc.array(part), fc.array(part), (a, b) => {
        expect(lengthPrefixed(a).equals(lengthPrefixed(b))).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })

  test('index, subject and digest keys differ; so do clients, epochs and masters; the same opens the same', () => {
    const other = Keys.open({ master: randomBytes(32), shred })
    const later = Keys.open({ master, shred, epoch: 2 })
    const all = [
      ...[keys, other, later].flatMap((one) => [
        one.subject('a'),
        one.subject('b'),
        one.digest('a', 'case'),
        one.digest('a', 'subject'),
        one.index('a', 'p', 'u', 'provider', ''),
      ]),
    ].map((key) => hex(keyed(key, 'v')))
    expect(new Set(all).size).toBe(all.length)
    expect(hex(keyed(Keys.open({ master, shred }).subject('a'), 'v'))).toBe(all[0])
  })

  test('a digest of a case says neither the case nor the subject, and is the client’s own', () => {
    expect(caseDigest(keys, 'a', 'T-1')).toHaveLength(32)
    const all = [caseDigest(keys, 'a', 'T-1'), subjectDigest(keys, 'a', 'T-1'), caseDigest(keys, 'b', 'T-1')]
    expect(new Set(all.map(hex)).size).toBe(3)
    expect(hex(caseDigest(keys, 'a', 'T-1'))).toBe(hex(all[0]!))
  })

  test.each([0, 16, 31, 33])('a master key of %i bytes is refused', (bytes) => {
    expect(() => Keys.open({ master: Buffer.alloc(bytes), shred })).toThrow(Misconfigured)
  })

  test('thrown-away keys are never the same', () => {
    const digest = (): string => hex(caseDigest(throwAwayKeys(), 'a', 'T-1'))
    expect(digest()).not.toBe(digest())
  })
})

describe('sealing', () => {
  const shred = shredKeys()
  const keys = Keys.open({ master: randomBytes(32), shred })
  const ref = randomBytes(32)
  const key = newSubjectKey(keys, 'a', ref, random)
  const at = { client: 'a', provider: 'p', token: '7Q4KDM2XR', category: 'name' } as const

  test('any text comes back as it was, halves of surrogate pairs too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('text', 'number'), (text, kind) => {
        const sealed = sealOriginal(key, at, { kind, text }, random)
        expect(openOriginal(key, at, sealed)).toEqual({ kind, text })
      }),
    )
    const half = { kind: 'text', text: 'a\ud83d' } as const
    expect(openOriginal(key, at, sealOriginal(key, at, half, random))).toEqual(half)
  })

  test.each([
    ['client', 'b'],
    ['provider', 'q'],
    ['token', '7Q4KDM2XS'],
    ['category', 'id.case'],
  ])('a row that says another %s does not open', (name, value) => {
    const sealed = sealOriginal(key, at, { kind: 'text', text: 'x' }, random)
    expect(() => openOriginal(key, { ...at, [name]: value }, sealed)).toThrowError(
      expect.objectContaining({ code: 'VAULT_UNAVAILABLE' }),
    )
  })

  test('a subject’s key opens for its client, reference and month only, and not without the month’s key', () => {
    const { month, wrapped } = key
    expect(openSubjectKey(keys, 'a', { ref, month, wrapped })?.key.equals(key.key)).toBe(true)
    expect(openSubjectKey(keys, 'b', { ref, month, wrapped })).toBeUndefined()
    expect(openSubjectKey(keys, 'a', { ref: randomBytes(32), month, wrapped })).toBeUndefined()
    expect(openSubjectKey(keys, 'a', { ref, month, wrapped: wrapped.subarray(0, 20) })).toBeUndefined()
    shred.months.set('2026-12', shred.months.get('2026-11')!)
    expect(openSubjectKey(keys, 'a', { ref, month: '2026-12', wrapped })).toBeUndefined()
    shred.months.delete('2026-11')
    expect(openSubjectKey(keys, 'a', { ref, month, wrapped })).toBeUndefined()
  })

  test('the pool never hands out the same bytes twice, nor keeps what it handed out', () => {
    const drawn = Array.from({ length: 5_000 }, () => hex(random(12)))
    expect(new Set(drawn).size).toBe(5_000)
  })
})

import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { afterAll, describe, expect, test } from 'vitest'
import { openKeyRing } from '../../src/config/credentials.ts'
import { Refused } from '../../src/errors.ts'
import { identify } from '../../src/gateway/identity.ts'
import { openIssuerKeys } from '../../src/gateway/issuer-keys.ts'
import { openTokens } from '../../src/gateway/token.ts'
import { openTurnstile } from '../../src/gateway/turnstile.ts'
import { newHome } from '../config/home.ts'

/** Node's own comparison, counted. */
const compared = { times: 0 }
const { timingSafeEqual } = crypto
const compare = (with_: typeof timingSafeEqual): void => {
  crypto.timingSafeEqual = with_
  syncBuiltinESMExports()
}
compare((a, b) => {
  compared.times++
  return timingSafeEqual(a, b)
})
afterAll(() => compare(timingSafeEqual))

const ring = openKeyRing(newHome())
const moreau = ring.makeClientKey('moreau')
const second = ring.makeClientKey('moreau')
const other = ring.makeClientKey('dupont')
const person = ring.makePersonKey({ who: 'dpo', roles: ['dpo'] })
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

const tokens = openTokens('identity.example/log', openIssuerKeys([]))
const outcome = async (headers: Record<string, string>): Promise<string> => {
  try {
    const { client, authorization } = await identify({ headers }, ring, tokens, () => new Map())
    return authorization === undefined ? client : `${client} + ${authorization}`
  } catch (error) {
    return (error as Refused).code
  }
}

test.each([
  [{}, 'CREDENTIAL_MISSING', 'nothing'],
  [{ authorization: `Bearer ${moreau}` }, 'moreau', 'Bearer'],
  [{ authorization: `bearer   ${moreau}` }, 'moreau', 'Bearer, any case, more spaces'],
  [{ authorization: basic(`:${moreau}`) }, 'moreau', 'Basic, no user'],
  [{ authorization: basic(`any user:${moreau}`) }, 'moreau', 'Basic, any user'],
  [{ 'douane-key': moreau }, 'moreau', 'Douane-Key'],
  [{ authorization: `Bearer ${moreau}`, 'douane-key': moreau }, 'moreau', 'twice the same'],
  [{ authorization: `Bearer ${second}`, 'douane-key': moreau }, 'moreau', 'two keys of one client'],
  [{ authorization: `Bearer ${other}`, 'douane-key': moreau }, 'CREDENTIAL_CONFLICT', 'two clients'],
  [{ authorization: basic(`u:${other}`), 'douane-key': moreau }, 'CREDENTIAL_CONFLICT', 'two clients'],
  [{ authorization: `Bearer ${moreau}x`, 'douane-key': moreau }, 'CREDENTIAL_INVALID', 'one good, one bad'],
  [
    { authorization: 'Bearer theirs', 'douane-key': moreau },
    'moreau + Bearer theirs',
    'the provider’s beside ours',
  ],
  [
    { authorization: basic('u:p'), 'douane-key': moreau },
    `moreau + ${basic('u:p')}`,
    'the provider’s beside ours',
  ],
  [
    { authorization: 'Digest a="b"', 'douane-key': moreau },
    'moreau + Digest a="b"',
    'the provider’s beside ours',
  ],
  [
    { authorization: `Bearer dk_wrong`, 'douane-key': moreau },
    'CREDENTIAL_INVALID',
    'never passed on as theirs',
  ],
  [
    { authorization: `Bearer ${'t'.repeat(8_193)}`, 'douane-key': moreau },
    'CREDENTIAL_INVALID',
    'theirs, too long to be judged',
  ],
  [
    { authorization: `Digest ${'t'.repeat(8_193)}`, 'douane-key': moreau },
    'CREDENTIAL_INVALID',
    'another scheme, too long to be judged',
  ],
  [
    { authorization: `Bearer theirs, ${other}`, 'douane-key': moreau },
    'CREDENTIAL_INVALID',
    'theirs with a key of ours behind it',
  ],
  [
    { authorization: `Token token="${other}"`, 'douane-key': moreau },
    'CREDENTIAL_INVALID',
    'a key of ours under a scheme that is not read',
  ],
  [
    { authorization: basic(`${other}:x`), 'douane-key': moreau },
    'CREDENTIAL_INVALID',
    'a key of ours as the user of Basic',
  ],
  [{ authorization: 'Basic !!!', 'douane-key': moreau }, 'CREDENTIAL_INVALID', 'Basic that cannot be read'],
  [{ authorization: 'Bearer theirs' }, 'CREDENTIAL_INVALID', 'theirs without ours'],
  [{ authorization: 'Digest a="b"' }, 'CREDENTIAL_INVALID', 'a scheme that we do not know'],
  [{ authorization: moreau }, 'CREDENTIAL_INVALID', 'no scheme'],
  [{ authorization: `Bearer ${moreau},${other}` }, 'CREDENTIAL_INVALID', 'a list'],
  [{ authorization: `Bearer ${moreau} x` }, 'CREDENTIAL_INVALID', 'a second word'],
  [{ authorization: basic(moreau) }, 'CREDENTIAL_INVALID', 'Basic without a colon'],
  [{ authorization: `Basic ${moreau}` }, 'CREDENTIAL_INVALID', 'Basic without base64'],
  [{ authorization: '' }, 'CREDENTIAL_INVALID', 'empty'],
  [{ 'douane-key': '' }, 'CREDENTIAL_INVALID', 'empty'],
  [{ 'douane-key': person }, 'CREDENTIAL_INVALID', 'a person’s key is for the control plane'],
] as [Record<string, string>, string, string][])('%j → %s (%s)', async (headers, expected) => {
  expect(await outcome(headers)).toBe(expected)
})

test.each([
  ['right', moreau],
  ['wrong secret', `${moreau.slice(0, -1)}${moreau.endsWith('A') ? 'E' : 'A'}`],
  ['unknown id', `dk_aaaaaaaa_${'A'.repeat(43)}`],
  ['not even a key', 'x'],
])('a %s key costs one comparison in constant time', (_name, key) => {
  compared.times = 0
  ring.holder(key)
  expect(compared.times).toBe(1)
})

describe('how often and how many', () => {
  const bounds = { rate_per_second: 10, rate_burst: 3, concurrency: 5, in_flight: 7, held_bytes: 100 }
  const codeOf = (act: () => unknown): string => {
    try {
      act()
      return 'admitted'
    } catch (error) {
      return (error as Refused).code
    }
  }
  test('a burst, then the rate, each client by itself', () => {
    let now = 0
    const turnstile = openTurnstile(bounds, () => now)
    const often = (client: string): string[] =>
      [1, 2, 3, 4].map(() => codeOf(() => turnstile.admit(client)()))
    expect(often('a')).toEqual(['admitted', 'admitted', 'admitted', 'RATE_LIMITED'])
    expect(often('b')).toEqual(['admitted', 'admitted', 'admitted', 'RATE_LIMITED'])
    now = 100
    expect(often('a')).toEqual(['admitted', 'RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED'])
    now = 60_000
    expect(often('a')).toEqual(['admitted', 'admitted', 'admitted', 'RATE_LIMITED'])
  })
  test('says when to come again', () => {
    const turnstile = openTurnstile({ ...bounds, rate_burst: 1, rate_per_second: 0.5 }, () => 0)
    turnstile.admit('a')
    expect(() => turnstile.admit('a')).toThrow(expect.objectContaining({ detail: { retryAfter: 2 } }))
  })
  test('a refused request costs nobody a place', () => {
    const turnstile = openTurnstile({ ...bounds, concurrency: 1 }, () => 0)
    const leave = turnstile.admit('a')
    expect(codeOf(() => turnstile.admit('a'))).toBe('RATE_LIMITED')
    expect(turnstile.inFlight).toBe(1)
    leave()
    leave()
    expect(turnstile.inFlight).toBe(0)
    expect(codeOf(() => turnstile.admit('a'))).toBe('admitted')
  })
  test('the gateway as a whole, then closed', () => {
    const turnstile = openTurnstile({ ...bounds, in_flight: 1 }, () => 0)
    const leave = turnstile.admit('a')
    expect(codeOf(() => turnstile.admit('b'))).toBe('OVERLOADED')
    leave()
    turnstile.close()
    expect(codeOf(() => turnstile.admit('b'))).toBe('SHUTTING_DOWN')
  })
  test('memory is given back once', () => {
    const turnstile = openTurnstile(bounds, () => 0)
    const give = turnstile.hold(60)
    expect(codeOf(() => turnstile.hold(41))).toBe('OVERLOADED')
    expect(turnstile.heldBytes).toBe(60)
    give()
    give()
    expect(turnstile.heldBytes).toBe(0)
  })
})

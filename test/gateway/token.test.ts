/** Tokens of clients (design §5, Who): what one must be, and every way in which one may lie. */
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { openKeyRing } from '../../src/config/credentials.ts'
import type { Refused } from '../../src/errors.ts'
import { identify } from '../../src/gateway/identity.ts'
import { openIssuerKeys } from '../../src/gateway/issuer-keys.ts'
import { openTokens } from '../../src/gateway/token.ts'
import type { Client, PublicJwk } from '../../src/model/register.ts'
import { newHome } from '../config/home.ts'

const audience = 'customs.example/log'
const issuer = 'https://login.example/realm'
const now = new Date('2026-11-27T12:00:00Z')
const seconds = now.getTime() / 1000

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = async (key: Parameters<typeof exportJWK>[0], kid = 'k1'): Promise<PublicJwk> => ({
  ...((await exportJWK(key)) as PublicJwk),
  kid,
})
const published = await jwk(publicKey)

const clientOf = (id: string, subject: string, jwt: object = {}): [string, Client] => [
  id,
  {
    id,
    jwt: { issuer, subject, alg: 'ES256', keys: [published], ...jwt },
  } as unknown as Client,
]
const clients = new Map([
  clientOf('moreau', 'payroll-app'),
  clientOf('dupont', 'crm-app'),
  clientOf('rsa', 'rsa-app', { alg: 'RS256', keys: [await jwk(rsa.publicKey)] }),
  ['silent', { id: 'silent' } as unknown as Client],
])
const tokens = openTokens(audience, openIssuerKeys([]), () => now)

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const good = { iss: issuer, sub: 'payroll-app', aud: audience, iat: seconds, exp: seconds + 3_600 }
/** Signed as it stands, whatever it says. */
const token = (claims: object, header: object = {}, key = privateKey): string => {
  const text = `${encode({ alg: 'ES256', kid: 'k1', ...header })}.${encode(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}
const signedWith = (alg: string, signature: (text: Buffer) => Buffer, header: object = {}): string => {
  const text = `${encode({ alg, kid: 'k1', ...header })}.${encode(good)}`
  return `${text}.${signature(Buffer.from(text)).toString('base64url')}`
}
const without = (claim: keyof typeof good): object => {
  const { [claim]: _, ...rest } = good
  return rest
}
const secretOfPublicKey = publicKey.export({ format: 'pem', type: 'spki' })
const hmac = (key: string | Buffer) => (text: Buffer) => createHmac('sha256', key).update(text).digest()
const { d: _, ...ownPublic } = (await exportJWK(other.privateKey)) as { d: string }

const outcome = async (given: string): Promise<string> => {
  try {
    return await tokens.client(given, clients)
  } catch (error) {
    return (error as Refused).code
  }
}

describe('one token', () => {
  test.each([
    ['as agreed', token(good), 'moreau'],
    ['of the other client', token({ ...good, sub: 'crm-app' }), 'dupont'],
    ['for several, us among them', token({ ...good, aud: ['x', audience] }), 'moreau'],
    ['without a key id', token(good, { kid: undefined }), 'moreau'],
    ['expired for less than the skew', token({ ...good, iat: seconds - 600, exp: seconds - 59 }), 'moreau'],
    ['made a moment ahead of our clock', token({ ...good, iat: seconds + 59, exp: seconds + 600 }), 'moreau'],
    [
      'with keys of its own, which nobody looks at',
      token(good, { jwk: ownPublic, jku: 'https://evil.example', x5u: 'https://evil.example' }),
      'moreau',
    ],
    [
      'signed by the key that it brings',
      token(good, { jwk: ownPublic }, other.privateKey),
      'CREDENTIAL_INVALID',
    ],
    ['signed by somebody else', token(good, {}, other.privateKey), 'CREDENTIAL_INVALID'],
    ['not signed, alg none', `${encode({ alg: 'none' })}.${encode(good)}.`, 'CREDENTIAL_INVALID'],
    ['not signed, alg NoNe', `${encode({ alg: 'NoNe', kid: 'k1' })}.${encode(good)}.`, 'CREDENTIAL_INVALID'],
    [
      'alg none with a signature',
      signedWith('none', (text) => sign('sha256', text, privateKey)),
      'CREDENTIAL_INVALID',
    ],
    ['its signature cut off', token(good).replace(/[^.]+$/, ''), 'CREDENTIAL_INVALID'],
    [
      'HS256 with the public key as secret',
      signedWith('HS256', hmac(secretOfPublicKey)),
      'CREDENTIAL_INVALID',
    ],
    ['HS256 with an empty secret', signedWith('HS256', hmac('')), 'CREDENTIAL_INVALID'],
    [
      'another algorithm than the register says',
      signedWith('RS256', (text) => sign('sha256', text, rsa.privateKey)),
      'CREDENTIAL_INVALID',
    ],
    [
      'DER instead of the plain signature',
      signedWith('ES256', (text) => sign('sha256', text, privateKey)),
      'CREDENTIAL_INVALID',
    ],
    ['a signature of nothing but zeros', signedWith('ES256', () => Buffer.alloc(64)), 'CREDENTIAL_INVALID'],
    ['a key id that is not known', token(good, { kid: 'k2' }), 'CREDENTIAL_INVALID'],
    ['a key id that is a path', token(good, { kid: '../../etc/passwd' }), 'CREDENTIAL_INVALID'],
    ['a key id that is no text', token(good, { kid: 1 }), 'CREDENTIAL_INVALID'],
    ['another issuer', token({ ...good, iss: `${issuer}/` }), 'CREDENTIAL_INVALID'],
    ['an issuer that is a list', token({ ...good, iss: [issuer] }), 'CREDENTIAL_INVALID'],
    ['a subject nobody has', token({ ...good, sub: 'nobody' }), 'CREDENTIAL_INVALID'],
    ['no subject', token(without('sub')), 'CREDENTIAL_INVALID'],
    ['no issuer', token(without('iss')), 'CREDENTIAL_INVALID'],
    ['for another gateway', token({ ...good, aud: 'other.example/log' }), 'CREDENTIAL_INVALID'],
    ['for nobody', token(without('aud')), 'CREDENTIAL_INVALID'],
    ['for a name that ours begins with', token({ ...good, aud: 'customs.example' }), 'CREDENTIAL_INVALID'],
    ['without an end', token(without('exp')), 'CREDENTIAL_INVALID'],
    ['without a beginning', token(without('iat')), 'CREDENTIAL_INVALID'],
    ['expired', token({ ...good, iat: seconds - 3_600, exp: seconds - 61 }), 'CREDENTIAL_INVALID'],
    ['of more than an hour', token({ ...good, exp: seconds + 3_601 }), 'CREDENTIAL_INVALID'],
    [
      'of a year, now in its last hour',
      token({ ...good, iat: seconds - 31_000_000, exp: seconds + 60 }),
      'CREDENTIAL_INVALID',
    ],
    ['an end that is text', token({ ...good, exp: String(seconds + 60) }), 'CREDENTIAL_INVALID'],
    ['an end beyond numbers', token({ ...good, exp: 1e308 }), 'CREDENTIAL_INVALID'],
    ['made in the future', token({ ...good, iat: seconds + 61, exp: seconds + 600 }), 'CREDENTIAL_INVALID'],
    ['not yet valid', token({ ...good, nbf: seconds + 61 }), 'CREDENTIAL_INVALID'],
    ['critical extension', token(good, { crit: ['exp'], exp: seconds }), 'CREDENTIAL_INVALID'],
    ['empty crit', token(good, { crit: [] }), 'CREDENTIAL_INVALID'],
    ['unencoded payload (RFC 7797)', token(good, { b64: false, crit: ['b64'] }), 'CREDENTIAL_INVALID'],
    ['b64 without crit', token(good, { b64: false }), 'CREDENTIAL_INVALID'],
    ['claims that are a list', token([]), 'CREDENTIAL_INVALID'],
    ['no JSON', `${Buffer.from('{').toString('base64url')}.${encode(good)}.AAAA`, 'CREDENTIAL_INVALID'],
  ])('%s', async (_remark, given, expected) => {
    expect(await outcome(given)).toBe(expected)
  })

  test('RSA and Ed25519 as the register says', async () => {
    const ed = await generateKeyPair('Ed25519', { extractable: true })
    const all = new Map([
      ...clients,
      clientOf('ed', 'ed-app', { alg: 'EdDSA', keys: [await jwk(ed.publicKey, 'e')] }),
    ])
    const made = (alg: string, kid: string, sub: string, key: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT({ ...good, sub }).setProtectedHeader({ alg, kid }).sign(key)
    expect(await tokens.client(await made('RS256', 'k1', 'rsa-app', rsa.privateKey), all)).toBe('rsa')
    expect(await tokens.client(await made('EdDSA', 'e', 'ed-app', ed.privateKey), all)).toBe('ed')
    await expect(
      tokens.client(await made('PS256', 'k1', 'rsa-app', rsa.privateKey), all),
    ).rejects.toMatchObject({ code: 'CREDENTIAL_INVALID' })
  })

  test('says which claim is wrong to who holds the key, and to nobody else', async () => {
    const late = { ...good, iat: seconds - 7_000, exp: seconds - 4_000 }
    await expect(tokens.client(token(late), clients)).rejects.toMatchObject({
      detail: { en: expect.stringContaining('expired') },
    })
    await expect(tokens.client(token(late, {}, other.privateKey), clients)).rejects.toMatchObject({
      detail: {},
    })
  })
})

describe('beside another credential', () => {
  const ring = openKeyRing(newHome())
  const key = ring.makeClientKey('moreau')
  const theirs = token({ ...good, aud: 'api.tana.example' })
  const who = async (headers: Record<string, string>): Promise<string> => {
    try {
      const { client, key: id, authorization } = await identify({ headers }, ring, tokens, () => clients)
      return [
        client,
        id === 'jwt' ? 'by token' : 'by key',
        ...(authorization === undefined ? [] : ['+ theirs']),
      ].join(' ')
    } catch (error) {
      return (error as Refused).code
    }
  }
  test.each([
    ['Bearer', { authorization: `Bearer ${token(good)}` }, 'moreau by token'],
    [
      'Basic password',
      { authorization: `Basic ${Buffer.from(`x:${token(good)}`).toString('base64')}` },
      'moreau by token',
    ],
    ['Douane-Key', { 'douane-key': token(good) }, 'moreau by token'],
    [
      'a key and a token of one client',
      { authorization: `Bearer ${token(good)}`, 'douane-key': key },
      'moreau by key',
    ],
    [
      'a key and a token of two',
      { authorization: `Bearer ${token({ ...good, sub: 'crm-app' })}`, 'douane-key': key },
      'CREDENTIAL_CONFLICT',
    ],
    [
      'two tokens of two',
      { authorization: `Bearer ${token({ ...good, sub: 'crm-app' })}`, 'douane-key': token(good) },
      'CREDENTIAL_CONFLICT',
    ],
    [
      'a key and a token for us that does not hold',
      { authorization: `Bearer ${token(good, {}, other.privateKey)}`, 'douane-key': key },
      'CREDENTIAL_INVALID',
    ],
    [
      'a key, and a token for the provider',
      { authorization: `Bearer ${theirs}`, 'douane-key': key },
      'moreau by key + theirs',
    ],
    ['a token for the provider alone', { authorization: `Bearer ${theirs}` }, 'CREDENTIAL_INVALID'],
  ] as [string, Record<string, string>, string][])('%s → %s', async (_remark, headers, expected) => {
    expect(await who(headers)).toBe(expected)
  })
})

test('a key whose exponent is one makes no signature, though its arithmetic would hold', async () => {
  const { n = '' } = await exportJWK(rsa.publicKey)
  const one = { kty: 'RSA', n, e: 'AQ', kid: 'k1' }
  const text = `${encode({ alg: 'RS256', kid: 'k1' })}.${encode({ ...good, sub: 'one-app' })}`
  // EMSA-PKCS1-v1_5 of the digest (RFC 8017 §9.2): with exponent 1 it is its own signature.
  const digest = Buffer.concat([
    Buffer.from('3031300d060960864801650304020105000420', 'hex'),
    createHash('sha256').update(text).digest(),
  ])
  const padding = Buffer.alloc(256 - 3 - digest.length, 0xff)
  const forged = Buffer.concat([Buffer.from([0, 1]), padding, Buffer.from([0]), digest])
  const given = `${text}.${forged.toString('base64url')}`
  const known = new Map([clientOf('one', 'one-app', { alg: 'RS256', keys: [one] })])
  await expect(tokens.client(given, known)).rejects.toMatchObject({ code: 'CREDENTIAL_INVALID' })
})

describe('keys that the issuer publishes', async () => {
  let asked = 0
  let answer: () => [number, string] = () => [200, JSON.stringify({ keys: [published] })]
  const server = createServer((request, response) => {
    asked += 1
    const [status, text] = answer()
    response
      .writeHead(status, { location: 'http://127.0.0.1:1/', 'content-type': 'application/json' })
      .end(text)
    request.resume()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const pair = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const uri = `http://${pair}/keys`
  let clock = 0
  const opened: { close(): Promise<void> }[] = []
  const open = (exceptions: readonly string[] = [pair]) => {
    asked = 0
    clock = 0
    const keys = openIssuerKeys(exceptions, undefined, undefined, () => clock)
    opened.push(keys)
    return keys
  }
  afterAll(async () => {
    for (const one of opened) await one.close()
    server.close()
  })
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'came',
      (error: Refused) => error.code,
    )

  test('are fetched once for many tokens at once, and serve ten minutes', async () => {
    const keys = open()
    const found = await Promise.all(Array.from({ length: 50 }, () => keys.of(uri, 'k1')))
    expect(found.every(([key]) => key?.x === published.x)).toBe(true)
    expect(asked).toBe(1)
    clock = 600_000
    await keys.of(uri, 'k1')
    expect(asked).toBe(1)
    clock = 600_001
    await keys.of(uri, 'k1')
    expect(asked).toBe(2)
  })

  test('a flood of unknown key ids asks twice a minute, no more', async () => {
    const keys = open()
    for (let i = 0; i < 200; i += 1) expect(await keys.of(uri, `made-up-${i}`)).toEqual([])
    expect(asked).toBe(1)
    clock = 30_000
    await Promise.all(Array.from({ length: 50 }, (_, i) => keys.of(uri, `more-${i}`)))
    expect(asked).toBe(2)
  })

  test('a new key is found once it is published', async () => {
    const keys = open()
    await keys.of(uri, 'k1')
    answer = () => [200, JSON.stringify({ keys: [published, { ...published, kid: 'k2' }] })]
    clock = 30_000
    expect(await keys.of(uri, 'k2')).toHaveLength(1)
  })

  test.each([
    ['a redirect', 302, '{"keys":[]}'],
    ['an error', 500, ''],
    ['no JSON', 200, '<html>'],
    ['no set', 200, '{"keys":{}}'],
    ['more than it may', 200, JSON.stringify({ keys: [published], x: 'x'.repeat(300_000) })],
  ])('%s is no set of keys, and is not asked for again at once', async (_remark, status, text) => {
    const keys = open()
    answer = () => [status, text]
    for (let i = 0; i < 20; i += 1) expect(await codeOf(keys.of(uri, 'k1'))).toBe('ISSUER_UNAVAILABLE')
    expect(asked).toBe(1)
  })

  test('an hour of errors is ridden out on the keys that were fetched, not longer', async () => {
    const keys = open()
    answer = () => [200, JSON.stringify({ keys: [published] })]
    await keys.of(uri, 'k1')
    answer = () => [503, '']
    clock = 3_600_000
    expect(await keys.of(uri, 'k1')).toHaveLength(1)
    clock = 3_600_001
    expect(await codeOf(keys.of(uri, 'k1'))).toBe('ISSUER_UNAVAILABLE')
  })

  test('private members and keys for encryption are left out', async () => {
    const keys = open()
    const secret = { ...((await exportJWK(privateKey)) as object), kid: 's' }
    answer = () => [
      200,
      JSON.stringify({
        keys: [secret, { ...published, kid: 'enc', use: 'enc' }, null, { kty: 'oct', k: 'AA', kid: 'oct' }],
      }),
    ]
    const found = await keys.of(uri, undefined)
    expect(found.map(({ kid }) => kid)).toEqual(['s'])
    expect(found[0]).not.toHaveProperty('d')
  })

  test('an address that is not excepted is not dialled', async () => {
    const keys = open([])
    expect(await codeOf(keys.of(uri, 'k1'))).toBe('ISSUER_UNAVAILABLE')
    expect(await codeOf(keys.of('https://169.254.169.254/keys', 'k1'))).toBe('ISSUER_UNAVAILABLE')
    expect(asked).toBe(0)
  })
})

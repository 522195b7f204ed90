/** A client that sends tokens of its own identity provider instead of a key. */
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { expect, test } from 'vitest'
import { openWhole, recordsOf } from './gateway.ts'

const pair = await generateKeyPair('EdDSA', { extractable: true })
const { crv, x } = await exportJWK(pair.publicKey)
const whole = await openWhole({
  policies: {
    'register/clients/acme.yaml': `id: acme
name: acme SARL
country: FR
default_purpose: payroll
jwt: {issuer: "https://login.acme.example", subject: payroll, alg: EdDSA, keys: [{kty: OKP, crv: ${crv}, x: ${x}}]}
purposes:
  payroll: {data_subjects: [employees], nir_basis: payroll}
  support: {data_subjects: [customers]}
`,
  },
})

const token = (claims: Record<string, unknown> = {}): Promise<string> => {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    iss: 'https://login.acme.example',
    sub: 'payroll',
    aud: 'promise.example/log',
    iat: now,
    exp: now + 600,
    ...claims,
  })
    .setProtectedHeader({ alg: 'EdDSA' })
    .sign(pair.privateKey)
}

test('a token stands for its client: the transfer goes, and its record names the client', async () => {
  const heard = await whole.send('/tana/x', { key: await token(), body: '{"nom":"Ravelo"}' })
  expect([heard.status, heard.text]).toEqual([200, '{"nom":"Ravelo"}'])
  expect(whole.provider.got.at(-1)?.body.toString()).not.toContain('Ravelo')
  const [intent] = await recordsOf(whole, heard.tid)
  expect(intent).toMatchObject({ k: 'intent', client: 'acme' })
})

test('the token never reaches the provider', async () => {
  await whole.send('/tana/x', { key: await token(), body: '{"nom":"Ravelo"}' })
  expect(whole.provider.got.at(-1)?.head).not.toMatch(/authorization|eyJ/i)
})

test('a token for another gateway, and one that names another client than the key, send nothing', async () => {
  whole.provider.forget()
  const foreign = await whole.send('/tana/x', { key: await token({ aud: 'other.example/log' }), body: '{}' })
  expect([foreign.status, foreign.code]).toEqual([401, 'CREDENTIAL_INVALID'])
  const two = await whole.send('/tana/x', {
    key: await token(),
    headers: { 'douane-key': whole.keys.globex },
    body: '{}',
  })
  expect([two.status, two.code]).toEqual([400, 'CREDENTIAL_CONFLICT'])
  expect(whole.provider.bytes()).toBe(0)
})

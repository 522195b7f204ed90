/** The head of the log for readers of certificates: openssl, and no code of ours, must accept it, and refuse others. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert, property, string } from 'fast-check'
import { flattenedVerify, importX509 } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeAuthority, pemOf } from '../../src/audit/certificate.ts'
import { signJws } from '../../src/audit/certified.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { readRoots } from '../../src/audit/verify-chain.ts'
import { smallLog } from './changes.ts'
import { exported } from './forge.ts'
import type { Exported } from './forge.ts'
import { pinText } from './world.ts'

const noOpenssl = spawnSync('openssl', ['version']).status !== 0
const authority = makeAuthority('douane.example/lyon', new Date())
const stranger = makeAuthority('douane.example/lyon', new Date())
const root = pemOf(authority.root)

let bundle: Exported
beforeAll(async () => {
  bundle = await exported(await smallLog(), { certified: authority, made: new Date() })
})
beforeEach(() => bundle.restore())
afterAll(() => bundle.done())

const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: bundle.dir, encoding: 'utf8' })
const cms = (): number | null =>
  openssl(
    ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'checkpoint.p7s'],
    ...['-content', 'checkpoint.txt', '-CAfile', 'keys/root.pem', '-out', '/dev/null'],
  ).status

describe('the authority of `douane keys ca`', () => {
  test('is a root that signed one leaf for digital signatures, both P-256', () => {
    const [leaf, top] = [authority.chain[0]!, authority.root].map((der) => new X509Certificate(der))
    expect(top!.ca && top!.checkIssued(top!) && top!.verify(top!.publicKey)).toBe(true)
    expect(!leaf!.ca && leaf!.checkIssued(top!) && leaf!.verify(top!.publicKey)).toBe(true)
    expect(leaf!.publicKey.equals(createPublicKey(authority.key))).toBe(true)
    expect(leaf!.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
    expect(leaf!.checkIssued(new X509Certificate(stranger.root))).toBe(false)
  })

  test('is read by openssl with what it may and may not do', (context) => {
    if (noOpenssl) context.skip('openssl is not installed here')
    const shown = openssl('x509', '-in', 'keys/root.pem', '-noout', '-text').stdout
    expect(shown).toMatch(/CA:TRUE, pathlen:0/)
    expect(shown).toMatch(/Certificate Sign, CRL Sign/)
    expect(openssl('x509', '-in', 'keys/chain.pem', '-noout', '-text').stdout).toMatch(
      /X509v3 Key Usage: critical\n\s+Digital Signature\n/,
    )
  })

  test.each([
    [new Date('2026-02-28T00:00:00Z'), '2028'],
    [new Date('2049-06-01T00:00:00Z'), '2051'],
  ])('dates on both sides of 2050 (%s)', (from, year) => {
    const { chain, root: made } = makeAuthority('x', from)
    expect(new X509Certificate(chain[0]!).validTo).toContain(year)
    expect(Date.parse(new X509Certificate(made).validTo) - from.getTime()).toBeGreaterThan(
      9.9 * 365 * 86_400_000,
    )
  })
})

describe('checkpoint.p7s', () => {
  test('openssl accepts it over the text, with the root, as CAdES', (context) => {
    if (noOpenssl) context.skip('openssl is not installed here')
    expect(cms()).toBe(0)
  })

  test.each<[string, () => void]>([
    [
      'another text',
      () =>
        bundle.write('checkpoint.txt', bundle.read('checkpoint.txt').toString().replace('\n7\n', '\n8\n')),
    ],
    ['another root', () => bundle.write('keys/root.pem', pemOf(stranger.root))],
    [
      'a bent signature',
      () => {
        const bytes = bundle.read('checkpoint.p7s')
        bytes[bytes.length - 3]! ^= 1
        bundle.write('checkpoint.p7s', bytes)
      },
    ],
  ])('openssl refuses it over %s', (_, change) => {
    if (noOpenssl) return
    change()
    expect(cms()).not.toBe(0)
  })

  test('is DER to the letter: openssl writes it again as the same bytes', (context) => {
    if (noOpenssl) context.skip('openssl is not installed here')
    const again = openssl(
      ...['cms', '-cmsout', '-inform', 'DER', '-in', 'checkpoint.p7s', '-outform', 'DER', '-out', 'again'],
    )
    expect(again.status).toBe(0)
    expect(bundle.read('again').equals(bundle.read('checkpoint.p7s'))).toBe(true)
  })
})

describe('checkpoint.jws', () => {
  test('jose opens it with the certificate, and finds the checkpoint', async () => {
    const jws = JSON.parse(bundle.read('checkpoint.jws').toString()) as Parameters<typeof flattenedVerify>[0]
    const key = await importX509(bundle.read('keys/chain.pem').toString(), 'ES256')
    const { payload, protectedHeader } = await flattenedVerify(jws, key)
    expect(Buffer.from(payload).toString()).toBe(bundle.read('checkpoint.txt').toString())
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'audit-checkpoint+jws' })
  })
})

test('every command of the VERIFY.md of a certified export runs and succeeds', (context) => {
  if (noOpenssl) context.skip('openssl is not installed here')
  const guide = readFileSync(join(bundle.dir, 'VERIFY.md'), 'utf8')
  const blocks = [...guide.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block!)
  expect(blocks).toHaveLength(2)
  const printed = execFileSync('sh', ['-e', '-c', blocks.join('')], {
    cwd: bundle.dir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  expect(printed).toContain('Signature Verified Successfully')
  expect(printed).toContain('Verified OK')
  expect(printed).toContain('keys/chain.pem: OK')
})

describe('our verifier', () => {
  const verdict = async (pinnedRoot = root) => {
    bundle.sums()
    return verifyBundle(bundle.dir, pinText, { root: pinnedRoot })
  }
  const jws = () =>
    JSON.parse(bundle.read('checkpoint.jws').toString()) as Record<
      'payload' | 'protected' | 'signature',
      string
    >
  const bend = (change: (jws: Record<string, string>) => void): void => {
    const all = jws()
    change(all)
    bundle.write('checkpoint.jws', `${JSON.stringify(all)}\n`)
  }
  const header = (more: object): string => {
    const now = JSON.parse(Buffer.from(jws().protected, 'base64url').toString()) as object
    return Buffer.from(JSON.stringify({ ...now, ...more })).toString('base64url')
  }

  test('accepts the export with the pinned root; without one it says what it did not judge', async () => {
    expect((await verdict()).exit).toBe(0)
    const { exit, findings } = await verdict('')
    expect(exit).toBe(0)
    expect(findings.map(({ where }) => where)).toContain('checkpoint.jws')
  })

  test.each<[string, 1 | 2 | 3, () => void | Promise<void>, string?]>([
    ['a root that is another’s', 1, () => undefined, pemOf(stranger.root)],
    ['the leaf pinned as a root', 1, () => undefined, pemOf(authority.chain[0]!)],
    ['a root that is no certificate', 3, () => undefined, 'hello'],
    ['no JWS, although a root is pinned', 2, () => bundle.remove('checkpoint.jws')],
    ['a JWS that is not JSON', 1, () => bundle.write('checkpoint.jws', '{')],
    ['a key more', 1, () => bend((one) => void (one['header'] = 'x'))],
    ['another algorithm', 1, () => bend((one) => void (one['protected'] = header({ alg: 'none' })))],
    ['an unprotected claim', 1, () => bend((one) => void (one['protected'] = header({ crit: ['x'] })))],
    ['no certificate', 1, () => bend((one) => void (one['protected'] = header({ x5c: [] })))],
    [
      'a bent signature',
      1,
      () =>
        bend(
          (one) => void (one['signature'] = one['signature']!.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))),
        ),
    ],
    [
      'another text',
      1,
      () => bend((one) => void (one['payload'] = Buffer.from('x\n1\ny\n').toString('base64url'))),
    ],
    [
      'a stranger’s signature over the very text',
      1,
      async () =>
        bundle.write('checkpoint.jws', await signJws(bundle.read('checkpoint.txt').toString(), stranger)),
    ],
  ])('%s: exit %i', async (_, exit, change, pinnedRoot) => {
    await change()
    expect((await verdict(pinnedRoot)).exit).toBe(exit)
  })

  test('noise in place of a root never throws', () => {
    assert(property(string(), (text) => (readRoots(text)?.length ?? 0) === 0))
    expect(readRoots(root)).toHaveLength(1)
    expect(readRoots(`${root}${root}\n`)).toHaveLength(2)
    expect(readRoots(root.replace('MII', 'MIX'))).toBeUndefined()
  })
})

/** Time-stamps from an authority that openssl plays: what is kept was judged, and openssl judges the same. */
import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeAuthority, pemOf } from '../../src/audit/certificate.ts'
import { decode, encode, parts, rawOf } from '../../src/audit/der.ts'
import { openTimestamp, timestampRequest } from '../../src/audit/timestamp.ts'
import type { TimestampRefused } from '../../src/audit/timestamp.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { readRoots } from '../../src/audit/verify-chain.ts'
import { NotDer } from '../../src/audit/verify-der.ts'
import { judgeToken, openPlainToken } from '../../src/audit/verify-authority.ts'
import { readToken } from '../../src/audit/verify-token.ts'
import { readTimestampRoots } from '../../src/config/timestamp-root.ts'
import { Misconfigured } from '../../src/errors.ts'
import { openAuthority } from '../../src/outbound/tsa.ts'
import { smallLog } from '../audit/changes.ts'
import { exported } from '../audit/forge.ts'
import { pinText } from '../audit/world.ts'
import { noOpenssl, openTestAuthority } from './authority.ts'
import type { Reply, TestAuthority } from './authority.ts'

const text = Buffer.from('douane.example/lyon/transfers\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n')
const folder = mkdtempSync(join(tmpdir(), 'douane-timestamp-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(noOpenssl)('time-stamps (skipped without openssl)', () => {
  let tsa: TestAuthority
  let stranger: TestAuthority
  beforeAll(async () => {
    ;[tsa, stranger] = await Promise.all([openTestAuthority(), openTestAuthority()])
  })
  afterAll(() => Promise.all([tsa.close(), stranger.close()]))

  const rootsOf = (authority: TestAuthority) => readRoots(authority.root)!
  const stampOf = async (
    authority: TestAuthority,
    roots = rootsOf(authority),
    exceptions = [authority.pair],
    now = () => new Date(),
  ) => {
    const asked = openAuthority(
      authority.url,
      roots,
      { dial_exceptions: exceptions },
      { patienceMs: 60_000 },
      now,
    )
    try {
      return await asked.stamp(text)
    } finally {
      await asked.close()
    }
  }
  /** `openssl ts -verify` over what was kept. */
  const opensslTakes = (authority: TestAuthority, response: Buffer, over = text): boolean => {
    const [reply, data, root] = ['reply', 'data', 'root'].map((name) => join(folder, name))
    writeFileSync(reply!, response)
    writeFileSync(data!, over)
    writeFileSync(root!, authority.root)
    const args = ['ts', '-verify', '-data', data!, '-in', reply!, '-CAfile', root!]
    return spawnSync('openssl', args).status === 0
  }

  test('a stamp is of our text, and openssl finds the same', async () => {
    const { response, at } = await stampOf(tsa)
    expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000)
    expect(opensslTakes(tsa, response)).toBe(true)
    expect(opensslTakes(tsa, response, Buffer.from('other'))).toBe(false)
  })

  test.each<[string, Parameters<typeof openTestAuthority>[0]]>([
    ['RSA', { key: ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] }],
    ['P-384', { key: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'] }],
    ['the older way to name its certificate (SHA-1, RFC 2634)', { ess: 'sha1' }],
    ['an authority between it and the root', { intermediate: true }],
  ])('an authority with %s', async (_, kind) => {
    const authority = await openTestAuthority(kind)
    const { response } = await stampOf(authority)
    expect(opensslTakes(authority, response)).toBe(true)
    await authority.close()
  })

  test('a token by a certificate that is for other things too is not believed', () => {
    const nonce = randomBytes(16)
    const request = timestampRequest(text, nonce)
    const [, token] = parts(decode(tsa.reply(request)))
    const [, , encapsulated] = parts(parts(parts(token!)[1]!)[0]!)
    const info = rawOf(parts(parts(encapsulated!)[1]!)[0]!)
    const judge = (by: 'tsa' | 'other', what: Buffer) =>
      judgeToken(readToken(tsa.signedBy(by, what)), text, rootsOf(tsa))
    expect(() => judge('tsa', info)).not.toThrow()
    expect(() => judge('other', info)).toThrow('signer')
    expect(() => judge('tsa', info.subarray(0, -3))).toThrow(NotDer)
  })

  test.each<[string, string | RegExp, (reply: Buffer, query: Buffer) => Reply | Promise<Reply>]>([
    [
      'a stamp over another text',
      'other',
      () => tsa.reply(timestampRequest(Buffer.from('x'), randomBytes(16))),
    ],
    [
      'a stamp over our text for another question (replayed)',
      'other',
      () => tsa.reply(timestampRequest(text, randomBytes(16))),
    ],
    ['a stamp of another authority', 'chain', (_, query) => stranger.reply(query)],
    ['a refusal', 'refused', () => Buffer.from('30053003020102', 'hex')],
    ['nothing', 'malformed', () => Buffer.alloc(0)],
    [
      'a page',
      'no time-stamp|not with a time-stamp',
      (_, q) => ({ status: 200, type: 'text/html', body: q }),
    ],
    ['an error', 'answered 503', () => ({ status: 503, body: Buffer.alloc(0) })],
    ['a redirect', 'answered 302', () => ({ status: 302, body: Buffer.alloc(0) })],
    ['an endless answer', /gave no answer/, () => Buffer.alloc(200_000, 0x30)],
    ['an answer with something behind it', 'malformed', (reply) => Buffer.concat([reply, Buffer.of(0)])],
  ])('%s is refused', async (_, why, change) => {
    tsa.answers(change)
    await expect(stampOf(tsa)).rejects.toThrow(why instanceof RegExp ? why : new RegExp(why))
    tsa.answers(undefined)
  })

  test('a certificate that another signed is no root', async () => {
    const authority = await openTestAuthority({ intermediate: true })
    expect(readTimestampRoots(authority.folder, 'root.pem')).toHaveLength(1)
    expect(() => readTimestampRoots(authority.folder, 'between.pem')).toThrow('each signed by itself')
    expect(() => readTimestampRoots(authority.folder, 'tsa.key')).toThrow(Misconfigured)
    await authority.close()
  })

  test('a clock ten minutes away, here or there, stops it', async () => {
    for (const ms of [-700_000, 700_000])
      await expect(stampOf(tsa, undefined, undefined, () => new Date(Date.now() + ms))).rejects.toThrow(
        'time',
      )
  })

  test('without an exception neither http nor loopback is dialled', async () => {
    const before = tsa.asked()
    await expect(stampOf(tsa, undefined, [])).rejects.toThrow('gave no answer')
    expect(tsa.asked()).toBe(before)
  })

  test('every byte of a reply changed in turn: what is kept of one that is believed openssl takes, and nothing throws else', async () => {
    const nonce = randomBytes(16)
    const request = timestampRequest(text, nonce)
    const reply = tsa.reply(request)
    const roots = rootsOf(tsa)
    const kept = new Map<string, Buffer>()
    const believed = (bytes: Buffer): string => {
      try {
        const { response } = openTimestamp(bytes, { bytes: text, nonce, request }, roots, new Date())
        kept.set(response.toString('hex'), response)
        return 'yes'
      } catch (error) {
        return (error as TimestampRefused).name
      }
    }
    expect(believed(reply)).toBe('yes')
    const said = new Set<string>()
    for (let at = 0; at < reply.length; at += 1) {
      const bent = Buffer.from(reply)
      bent[at]! ^= 1 << (at % 8)
      said.add(believed(bent))
    }
    // no signature covers a certificate that is not needed, and it is not kept
    expect(said).toEqual(new Set(['yes', 'TimestampRefused']))
    expect([...kept.values()].filter((response) => !opensslTakes(tsa, response))).toEqual([])
    for (let cut = 0; cut < reply.length; cut += 7)
      expect(believed(reply.subarray(0, cut))).toBe('TimestampRefused')
  })

  test('an export carries the stamp; every line of its VERIFY.md succeeds; our verifier has it listed', async () => {
    const certified = makeAuthority('douane.example/lyon', new Date())
    const asked = openAuthority(
      ...([tsa.url, rootsOf(tsa), { dial_exceptions: [tsa.pair] }, { patienceMs: 60_000 }] as const),
    )
    const bundle = await exported(await smallLog(), { certified, timestamp: asked.stamp, made: new Date() })
    await asked.close()
    const guide = readFileSync(join(bundle.dir, 'VERIFY.md'), 'utf8')
    const blocks = [...guide.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block!)
    expect(blocks).toHaveLength(3)
    const shell = (script: string) =>
      execFileSync('sh', ['-e', '-c', script], { cwd: bundle.dir, encoding: 'utf8', stdio: 'pipe' })
    expect(shell(blocks.join(''))).toMatch(/Verification: OK[^]*Time stamp: /)
    expect((await verifyBundle(bundle.dir, pinText, { root: pemOf(certified.root) })).exit).toBe(0)

    // CAdES-T: the token in the CMS is over its signature (ETSI EN 319 122-1 §5.3)
    const [, wrapped] = parts(decode(bundle.read('checkpoint.p7s')))
    const signer = parts(parts(parts(wrapped!)[0]!).at(-1)!)[0]!
    const [signature, unsigned] = parts(signer).slice(5)
    const token = encode(parts(parts(parts(unsigned!)[0]!)[1]!)[0]!)
    const bytes = Buffer.from(signature!.value as string, 'latin1')
    const { at } = openPlainToken(token, bytes, rootsOf(tsa))
    const earliest = new Date(Date.now() - 600_000)
    expect(at > earliest.toISOString().replace(/[-T:]|\..*/g, '')).toBe(true)
    expect(() => openPlainToken(token, text, rootsOf(tsa))).toThrow('other')

    bundle.write('checkpoint.txt', bundle.read('checkpoint.txt').toString().replace('\n7\n', '\n8\n'))
    expect(() => shell(blocks[2]!)).toThrow('Command failed')
    bundle.restore()
    bundle.remove('checkpoint.tsr')
    expect((await verifyBundle(bundle.dir, pinText)).exit).toBe(2)
    bundle.done()
  })
})

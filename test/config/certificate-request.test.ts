/** A firm with an authority of its own: openssl plays it, from our request to a signed export. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeAuthority, pemOf } from '../../src/audit/certificate.ts'
import { openCertifiedSigner } from '../../src/config/audit-certificate.ts'
import { run } from '../../src/cli/run.ts'
import { newHome } from './home.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-csr-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const noOpenssl = spawnSync('openssl', ['version']).status !== 0

const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const printed = async (home: string, ...args: string[]): Promise<{ code: number; text: string }> => {
  const text: string[] = []
  const { write } = process.stdout
  process.stdout.write = ((chunk: string) => text.push(chunk) > 0) as typeof process.stdout.write
  try {
    return { code: await run(['keys', ...args], { DOUANE_HOME: home }), text: text.join('') }
  } finally {
    process.stdout.write = write
  }
}

/** An authority of two levels that issues what the request asks for. */
const issue = (request: string): { chain: string; root: string } => {
  writeFileSync(join(folder, 'request.pem'), request)
  writeFileSync(
    join(folder, 'ca.cnf'),
    '[ca]\nbasicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign\n',
  )
  for (const name of ['root', 'issuing']) {
    openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', `${name}.key`)
    openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=firm ${name}`, '-out', `${name}.csr`)
  }
  const signed = (from: string, to: string, ...by: string[]): void =>
    void openssl('x509', '-req', '-in', from, '-days', '30', ...by, '-out', to)
  const authority = ['-extfile', 'ca.cnf', '-extensions', 'ca']
  signed('root.csr', 'root.pem', '-signkey', 'root.key', ...authority)
  const by = (name: string): string[] => ['-CA', `${name}.pem`, '-CAkey', `${name}.key`, '-CAcreateserial']
  signed('issuing.csr', 'issuing.pem', ...by('root'), ...authority)
  signed('request.pem', 'leaf.pem', ...by('issuing'), '-copy_extensions', 'copy')
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8')
  writeFileSync(join(folder, 'chain.pem'), text('leaf.pem') + text('issuing.pem'))
  return { chain: join(folder, 'chain.pem'), root: join(folder, 'root.pem') }
}

describe.skipIf(noOpenssl)('an authority of the firm (skipped without openssl)', () => {
  test('openssl reads the request, the firm issues, exports are signed with what it issued', async () => {
    const home = newHome()
    const { code, text } = await printed(home, 'csr')
    expect(code).toBe(0)
    writeFileSync(join(folder, 'shown.pem'), text)
    const shown = openssl('req', '-in', 'shown.pem', '-verify', '-noout', '-text')
    expect(shown).toMatch(/CN ?= ?Douane audit log of douane\.local\/log/)
    expect(shown).toMatch(/X509v3 Key Usage: critical\n\s+Digital Signature\n/)
    expect(openCertifiedSigner(home)).toBeUndefined()
    // Asked again before the certificate came: the same key, so that either answer fits.
    const key = readFileSync(join(home, 'secrets/audit-next.key'))
    await printed(home, 'csr')
    expect(readFileSync(join(home, 'secrets/audit-next.key'))).toEqual(key)

    const { chain, root } = issue(text)
    expect((await printed(home, 'certificate', chain, '--root', root)).code).toBe(0)
    const signer = openCertifiedSigner(home)!
    expect(signer.chain).toHaveLength(2)
    expect(existsSync(join(home, 'secrets/audit-next.key'))).toBe(false)
    expect(pemOf(signer.root)).toBe(readFileSync(root, 'utf8'))
    // a renewal: until the new certificate is there the old one signs
    await printed(home, 'csr')
    expect(openCertifiedSigner(home)?.key.equals(signer.key)).toBe(true)
  })

  test('a certificate for another key, without its root, or without a request is refused, and nothing changes', async () => {
    const home = newHome()
    const { chain, root } = issue((await printed(newHome(), 'csr')).text)
    expect((await printed(home, 'certificate', chain, '--root', root)).code).toBe(2)
    await printed(home, 'csr')
    expect((await printed(home, 'certificate', chain, '--root', root)).code).toBe(2)
    const other = join(folder, 'other.pem')
    writeFileSync(other, pemOf(makeAuthority('x', new Date()).root))
    const { chain: ours } = issue((await printed(home, 'csr')).text)
    expect((await printed(home, 'certificate', ours, '--root', other)).code).toBe(2)
    expect((await printed(home, 'certificate', join(folder, 'nothing'), '--root', other)).code).toBe(2)
    expect(openCertifiedSigner(home)).toBeUndefined()
  })
})

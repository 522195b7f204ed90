import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeAuthority, pemOf } from '../../src/audit/certificate.ts'
import { keepAuthority, openCertifiedSigner } from '../../src/config/audit-certificate.ts'
import { Misconfigured } from '../../src/errors.ts'
import { newHome } from './home.ts'

const authority = makeAuthority('lyon', new Date())
const other = makeAuthority('lyon', new Date())
const pem = (key: typeof authority.key) => key.export({ type: 'pkcs8', format: 'pem' })
const kept = () => {
  const home = newHome()
  keepAuthority(home, authority)
  return { home, file: (name: string) => join(home, 'secrets', name) }
}

describe('the certified key of the audit log', () => {
  test('is not there until it is made, and then signs', () => {
    expect(openCertifiedSigner(newHome())).toBeUndefined()
    const signer = openCertifiedSigner(kept().home)!
    expect(signer.chain).toEqual(authority.chain)
    expect(signer.root).toEqual(authority.root)
    expect(signer.key.equals(authority.key)).toBe(true)
  })

  test('is for us alone, and is never made twice', () => {
    const { home, file } = kept()
    for (const name of ['audit.key', 'audit-chain.pem', 'audit-root.pem', 'audit-root.key'])
      expect(statSync(file(name)).mode & 0o777).toBe(0o600)
    const before = readFileSync(file('audit.key'))
    expect(() => keepAuthority(home, other)).toThrow(Misconfigured)
    expect(readFileSync(file('audit.key'))).toEqual(before)
  })

  test('works with the root’s key taken away', () => {
    const { home, file } = kept()
    rmSync(file('audit-root.key'))
    expect(openCertifiedSigner(home)).toBeDefined()
  })

  test.each<[string, string, string | Buffer, string]>([
    ['a key that is none', 'audit.key', 'hello', 'P-256'],
    ['a key of another kind', 'audit.key', pem(generateKeyPairSync('ed25519').privateKey), 'P-256'],
    ['another key', 'audit.key', pem(other.key), 'is not the key of'],
    ['a chain of another key', 'audit-chain.pem', pemOf(other.chain[0]!), 'is not the key of'],
    ['a chain that is none', 'audit-chain.pem', 'hello', 'certificates in PEM'],
    ['another root', 'audit-root.pem', pemOf(other.root), 'does not lead to'],
    ['the leaf as a root', 'audit-root.pem', pemOf(authority.chain[0]!), 'does not lead to'],
  ])('%s is said, with the file', (_, name, bytes, said) => {
    const { home, file } = kept()
    writeFileSync(file(name), bytes)
    expect(() => openCertifiedSigner(home)).toThrow(Misconfigured)
    expect(() => openCertifiedSigner(home)).toThrow(said)
  })

  test('a missing root, or one that others may read, is said', () => {
    const { home, file } = kept()
    chmodSync(file('audit-root.pem'), 0o644)
    expect(() => openCertifiedSigner(home)).toThrow('chmod 600')
    rmSync(file('audit-root.pem'))
    expect(() => openCertifiedSigner(home)).toThrow('is missing')
  })
})

/** Certificates as authorities might issue them that libraries take differently, and headers of a JWS in other spellings. */
import { execFileSync } from 'node:child_process'
import { createPrivateKey, sign, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CertifiedSigner } from '../../src/audit/certificate.ts'

interface Odd {
  /** The key of the root, as openssl makes it. */
  readonly key?: readonly string[]
  readonly digest?: string
  readonly options?: readonly string[]
  /** An extension of the leaf. */
  readonly extension?: string
}

const onCurve = (name: string): readonly string[] => ['EC', '-pkeyopt', `ec_paramgen_curve:${name}`]

/** What is no signature that anybody should believe today, and what is nothing but odd. */
export const weak: Readonly<Record<string, Odd>> = {
  'SHA-1': { key: ['RSA'], digest: 'sha1' },
  'RSA of 1024 bits': { key: ['RSA', '-pkeyopt', 'rsa_keygen_bits:1024'] },
  'RSA-PSS': { key: ['RSA'], options: ['-sigopt', 'rsa_padding_mode:pss'] },
  brainpool: { key: onCurve('brainpoolP256r1') },
}
export const odd: Readonly<Record<string, Odd>> = {
  'RSA and SHA-512': { key: ['RSA'], digest: 'sha512' },
  'another authority’s key identifier': {
    extension: 'authorityKeyIdentifier = none\n2.5.29.35 = DER:30068004DEADBEEF',
  },
  'a name that is no name': { extension: 'subjectAltName = DNS:a_b..c, URI:http://[::1' },
  'an extension that is not of its form': { extension: '2.5.29.32 = DER:0500' },
}

const config = (extension: string): string => `
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
${extension}
`

export const oddAuthority = ({ key = onCurve('P-256'), ...more }: Odd): CertifiedSigner => {
  const { digest = 'sha256', options = [], extension = '' } = more
  const folder = mkdtempSync(join(tmpdir(), 'douane-odd-'))
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const read = (name: string): Buffer => readFileSync(join(folder, name))
  writeFileSync(join(folder, 'cnf'), config(extension))
  for (const [name, how] of [
    ['root.key', key],
    ['leaf.key', onCurve('P-256')],
  ] as const)
    openssl('genpkey', '-algorithm', ...how, '-out', name)
  const named = ['-new', '-config', 'cnf', '-key']
  const as = [`-${digest}`, '-days', '30', ...options]
  openssl(
    'req',
    '-x509',
    ...named,
    'root.key',
    '-subj',
    '/CN=root',
    '-extensions',
    'root',
    ...as,
    '-out',
    'root',
  )
  openssl('req', ...named, 'leaf.key', '-subj', '/CN=leaf', '-out', 'request')
  openssl(
    ...['x509', '-req', '-in', 'request', '-CA', 'root', '-CAkey', 'root.key', '-extfile', 'cnf'],
    ...['-extensions', 'leaf', ...as, '-out', 'leaf'],
  )
  const [root, leaf] = ['root', 'leaf'].map((name) => new X509Certificate(read(name)).raw)
  const signer = { key: createPrivateKey(read('leaf.key')), chain: [leaf!], root: root! }
  rmSync(folder, { recursive: true, force: true })
  return signer
}

/** Of the same meaning to one reader of JSON or another. */
export const headers: Readonly<Record<string, (header: string) => string>> = {
  'something behind it': (header) => `${header}{}`,
  'a space behind it': (header) => `${header} `,
  'a name in capitals': (header) => header.replace('"alg"', '"ALG"'),
  'a name twice': (header) => header.replace('{', '{"alg":"none",'),
  'a name twice, once in capitals': (header) => header.replace('{', '{"Alg":"none",'),
  'an escape': (header) => header.replace('ES256', 'ES\\u003256'),
  'a byte order mark': (header) => `\ufeff${header}`,
}

/** A JWS with that header, well signed. */
export const jwsWith = (header: string, text: string, key: KeyObject): string => {
  const [said, payload] = [header, text].map((part) => Buffer.from(part).toString('base64url'))
  const bytes = Buffer.from(`${said!}.${payload!}`)
  const signature = sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  return `{"payload":"${payload!}","protected":"${said!}","signature":"${signature}"}\n`
}

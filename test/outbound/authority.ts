/** A time-stamping authority of our own: openssl answers, an HTTP server on loopback hands its answers out. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const noOpenssl = spawnSync('openssl', ['version']).status !== 0

const config = `
[tsa]
default_tsa = it
[it]
serial = serial
signer_cert = tsa.pem
certs = chain.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = ESS
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamps]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[anything]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = timeStamping, clientAuth
[req]
distinguished_name = name
[name]
`

export interface TestAuthority {
  readonly folder: string
  readonly url: string
  /** host:port, for dial_exceptions. */
  readonly pair: string
  readonly root: string
  /** Instead of the true answer, once made; undefined: the true one again. */
  answers(change: ((reply: Buffer, query: Buffer) => Reply | Promise<Reply>) | undefined): void
  /** DER of a reply to a query, by openssl. */
  reply(query: Buffer): Buffer
  /** DER of a token over a TSTInfo; by `other`, whose certificate is not for time-stamps alone. */
  signedBy(name: 'tsa' | 'other', info: Buffer): Buffer
  readonly asked: () => number
  close(): Promise<void>
}
export type Reply = Buffer | { readonly status: number; readonly type?: string; readonly body: Buffer }

interface Kind {
  /** What openssl makes keys with. */
  readonly key?: readonly string[]
  readonly ess?: 'sha1' | 'sha256'
  readonly intermediate?: boolean
}

export const openTestAuthority = async (kind: Kind = {}): Promise<TestAuthority> => {
  const { key = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], ess = 'sha256' } = kind
  const folder = mkdtempSync(join(tmpdir(), 'douane-tsa-'))
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  writeFileSync(join(folder, 'tsa.cnf'), config.replace('ESS', ess))
  writeFileSync(join(folder, 'serial'), '01\n')
  const make = (name: string, section: string, issuer?: string): void => {
    openssl(...['genpkey', '-algorithm', ...key, '-out', `${name}.key`])
    openssl(
      ...['req', '-new', '-config', 'tsa.cnf', '-key', `${name}.key`, '-subj', `/CN=test ${name}`],
      ...['-out', `${name}.csr`],
    )
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-days', '30', '-extfile', 'tsa.cnf', '-extensions', section],
      ...(issuer === undefined
        ? ['-signkey', `${name}.key`]
        : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial']),
      ...['-out', `${name}.pem`],
    )
  }
  make('root', 'ca')
  if (kind.intermediate === true) make('between', 'ca', 'root')
  make('tsa', 'stamps', kind.intermediate === true ? 'between' : 'root')
  make('other', 'anything', 'root')
  const chain = kind.intermediate === true ? ['between.pem'] : ['root.pem']
  writeFileSync(
    join(folder, 'chain.pem'),
    chain.map((name) => readFileSync(join(folder, name), 'latin1')).join(''),
  )
  const signedBy = (name: 'tsa' | 'other', info: Buffer): Buffer => {
    writeFileSync(join(folder, 'info'), info)
    openssl(
      ...[
        'cms',
        '-sign',
        '-binary',
        '-nodetach',
        '-cades',
        '-md',
        'sha256',
        '-in',
        'info',
        '-outform',
        'DER',
      ],
      ...['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-out', 'token'],
      ...['-signer', `${name}.pem`, '-inkey', `${name}.key`],
    )
    return readFileSync(join(folder, 'token'))
  }
  const reply = (query: Buffer): Buffer => {
    writeFileSync(join(folder, 'q'), query)
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'q', '-out', 'r')
    return readFileSync(join(folder, 'r'))
  }
  let change: ((answer: Buffer, query: Buffer) => Reply | Promise<Reply>) | undefined
  let asked = 0
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      asked += 1
      const query = Buffer.concat(parts)
      const right = reply(query)
      const made = change === undefined ? right : await change(right, query)
      const {
        status = 200,
        type = 'application/timestamp-reply',
        body,
      } = 'body' in made ? made : { body: made }
      response.writeHead(status, { 'content-type': type }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    folder,
    url: `http://127.0.0.1:${port}/tsa`,
    pair: `127.0.0.1:${port}`,
    root: readFileSync(join(folder, 'root.pem'), 'utf8'),
    answers: (given) => void (change = given),
    reply,
    signedBy,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

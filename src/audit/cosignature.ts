/**
 * Cosignatures of witnesses (c2sp.org/tlog-cosignature v1): somebody else's key says that it has seen this head, and
 * no other of this size. A signature line of the same note, Ed25519 over the time and the checkpoint's text.
 */
import { createPublicKey, hash, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { NoteRefused } from './checkpoint.ts'
import type { Signer, Verifier } from './checkpoint.ts'

const cosignatureV1 = 0x04
const nameForm = /^[^\s\u0085+\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Co}]{1,256}$/u

const rawOf = (key: KeyObject): Buffer => {
  const { crv, x } = key.export({ format: 'jwk' })
  if (crv !== 'Ed25519' || x === undefined) throw new NoteRefused('malformed')
  return Buffer.from(x, 'base64url')
}

const idOf = (name: string, typed: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'buffer').subarray(0, 4)
const typedOf = (key: KeyObject): Buffer => Buffer.concat([Buffer.of(cosignatureV1), rawOf(key)])

/** The vkey of a witness: `name+id+base64(0x04 ‖ public key)`. */
export const witnessVkeyOf = ({ name, key }: Signer): string => {
  if (!nameForm.test(name)) throw new NoteRefused('malformed')
  const typed = typedOf(key)
  return `${name}+${idOf(name, typed).toString('hex')}+${typed.toString('base64')}`
}

/** @throws NoteRefused malformed */
export const readWitnessVkey = (text: string): Verifier => {
  const [, name, id, data] = /^([^+]+)\+([0-9a-f]{8})\+([0-9A-Za-z+/=]+)$/u.exec(text) ?? []
  const typed = Buffer.from(data ?? '', 'base64')
  const right =
    name !== undefined &&
    nameForm.test(name) &&
    typed.toString('base64') === data &&
    typed.length === 33 &&
    typed[0] === cosignatureV1 &&
    idOf(name, typed).toString('hex') === id
  if (!right) throw new NoteRefused('malformed')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') }
  return { name, id: id as string, key: createPublicKey({ key: jwk, format: 'jwk' }) }
}

const messageOf = (text: string, seconds: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)

/** The signature line (with its line feed) of a witness over a checkpoint's text. */
export const cosign = (text: string, witness: Signer, now: Date): string => {
  const seconds = BigInt(Math.floor(now.getTime() / 1000))
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(seconds)
  const id = idOf(witness.name, typedOf(witness.key))
  const blob = Buffer.concat([id, time, sign(null, messageOf(text, seconds), witness.key)])
  return `— ${witness.name} ${blob.toString('base64')}\n`
}

export interface Cosigned {
  readonly witness: Verifier
  /** When the witness says that it signed. */
  readonly at: Date
  /** The line, with its line feed. */
  readonly line: string
}

/**
 * The cosignatures by known witnesses among signature lines; lines of others are passed over.
 * @throws NoteRefused signature: a known witness's that does not hold
 */
export const cosignaturesOf = (
  lines: string,
  text: string,
  known: readonly Verifier[],
): readonly Cosigned[] => {
  const found: Cosigned[] = []
  for (const line of lines.split('\n').slice(0, 64)) {
    const [dash, name, data, ...rest] = line.split(' ')
    const blob = Buffer.from(data ?? '', 'base64')
    if (dash !== '—' || rest.length > 0 || blob.toString('base64') !== data) continue
    const witness = known.find((one) => one.name === name && one.id === blob.toString('hex', 0, 4))
    if (witness === undefined) continue
    if (blob.length !== 76) throw new NoteRefused('signature')
    const seconds = blob.readBigUInt64BE(4)
    if (!verify(null, messageOf(text, seconds), witness.key, blob.subarray(12)))
      throw new NoteRefused('signature')
    if (seconds > 253_402_300_799n) throw new NoteRefused('malformed')
    if (found.some((one) => one.witness === witness)) continue
    found.push({ witness, at: new Date(Number(seconds) * 1000), line: `${line}\n` })
  }
  return found
}

/**
 * The signed head of a log, in the two public formats that other tools read: a C2SP checkpoint as the text of a
 * C2SP signed note with an Ed25519 signature.
 *
 *     NAME/transfers
 *     20852163
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 *     — NAME/transfers base64(4 bytes of key id ‖ 64 bytes of Ed25519 over the lines above the empty one)
 */
import { createPublicKey, hash, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Stream } from '../model/record.ts'
import { hashSize } from './merkle.ts'

/** Why a note is not believed. `untrusted`: no signature by a key that the reader knows. */
export class NoteRefused extends Error {
  override readonly name = 'NoteRefused'
  readonly why: 'malformed' | 'signature' | 'untrusted' | 'origin'

  constructor(why: 'malformed' | 'signature' | 'untrusted' | 'origin') {
    super(`signed note: ${why}`)
    this.why = why
  }
}

/** A public key with the name it signs under. */
export interface Verifier {
  readonly name: string
  /** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), as eight hex digits. */
  readonly id: string
  readonly key: KeyObject
}

export interface Signer {
  readonly name: string
  /** Ed25519 private key. */
  readonly key: KeyObject
}

export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

const ed25519 = 0x01
const maxNote = 65_536
const maxSignatures = 64
/** Not what is unassigned: that differs from one version of Unicode to the next. */
const nameForm = /^[^\s\u0085+\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Co}]{1,256}$/u

/** The name of a log, or of the key that enrols instances: `NAME/transfers`, `NAME/access`, `NAME/enrol`. */
export const originOf = (name: string, of: Stream | 'enrol'): string =>
  `${name}/${of === 'evidence' ? 'transfers' : of}`

const rawKey = (key: KeyObject): Buffer => {
  const { crv, x } = key.export({ format: 'jwk' })
  if (crv !== 'Ed25519' || x === undefined) throw new NoteRefused('malformed')
  return Buffer.from(x, 'base64url')
}

const typed = (raw: Buffer): Buffer => Buffer.concat([Buffer.of(ed25519), raw])

const keyId = (name: string, raw: Buffer): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed(raw)]), 'buffer').toString('hex', 0, 4)

/** Standard base 64 with nothing to spare: what would be written is what was read. */
const unbase64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** `name+id+base64(0x01 ‖ public key)`, C2SP's form of a public key; takes the private key or the public one. */
export const vkeyOf = ({ name, key }: Signer): string => {
  if (!nameForm.test(name)) throw new NoteRefused('malformed')
  const raw = rawKey(key)
  return `${name}+${keyId(name, raw)}+${typed(raw).toString('base64')}`
}

/** The same key under another name: that of a later shard. */
export const keyNamed = ({ key }: Verifier, name: string): Verifier => ({
  name,
  id: keyId(name, rawKey(key)),
  key,
})

/** @throws NoteRefused malformed */
export const readVkey = (text: string): Verifier => {
  const [, name, id, data] = /^([^+]+)\+([0-9a-f]{8})\+([0-9A-Za-z+/=]+)$/u.exec(text) ?? []
  const bytes = data === undefined ? undefined : unbase64(data)
  if (name === undefined || id === undefined || bytes === undefined) throw new NoteRefused('malformed')
  const raw = bytes.subarray(1)
  if (!nameForm.test(name) || bytes[0] !== ed25519 || raw.length !== 32 || keyId(name, raw) !== id)
    throw new NoteRefused('malformed')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
  return { name, id, key: createPublicKey({ key: jwk, format: 'jwk' }) }
}

/** A pin file: one vkey a line, empty lines and lines that begin with # aside. @throws NoteRefused malformed */
export const readPins = (text: string): readonly Verifier[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(readVkey)

const signatureLine = (text: string, signer: Signer): string => {
  const raw = rawKey(signer.key)
  const signature = Buffer.concat([
    Buffer.from(keyId(signer.name, raw), 'hex'),
    sign(null, Buffer.from(text), signer.key),
  ])
  return `— ${signer.name} ${signature.toString('base64')}\n`
}

/** Signs a text that ends in a line feed. */
export const signNote = (text: string, ...signers: readonly Signer[]): string =>
  `${text}\n${signers.map((signer) => signatureLine(text, signer)).join('')}`

// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000b-\u001f]/

/**
 * The text of a note that one of `known` signed. A signature by a known key that does not hold rejects the note;
 * keys that are not known are ignored.
 * @throws NoteRefused
 */
export const openNote = (
  note: string,
  known: readonly Verifier[],
): { text: string; by: readonly Verifier[] } => {
  if (Buffer.byteLength(note) > maxNote || !note.isWellFormed() || control.test(note) || !note.endsWith('\n'))
    throw new NoteRefused('malformed')
  const split = note.lastIndexOf('\n\n')
  if (split <= 0) throw new NoteRefused('malformed')
  const text = note.slice(0, split + 1)
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > maxSignatures) throw new NoteRefused('malformed')
  const by: Verifier[] = []
  for (const line of lines) {
    const [dash, name, data, ...rest] = line.split(' ')
    const bytes = data === undefined ? undefined : unbase64(data)
    if (dash !== '—' || name === undefined || !nameForm.test(name) || rest.length > 0)
      throw new NoteRefused('malformed')
    if (bytes === undefined || bytes.length < 5) throw new NoteRefused('malformed')
    const id = bytes.toString('hex', 0, 4)
    const verifier = known.find((one) => one.name === name && one.id === id)
    if (verifier === undefined) continue
    if (bytes.length !== 68 || !verify(null, Buffer.from(text), verifier.key, bytes.subarray(4)))
      throw new NoteRefused('signature')
    if (by.includes(verifier)) throw new NoteRefused('malformed')
    by.push(verifier)
  }
  if (by.length === 0) throw new NoteRefused('untrusted')
  return { text, by }
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

/** A signed checkpoint of the log that the signer is named after. @param before its last key, which signs too */
export const signCheckpoint = (signer: Signer, size: number, root: Buffer, before?: Signer): string => {
  const text = checkpointText({ origin: signer.name, size, root })
  return before === undefined ? signNote(text, signer) : signNote(text, before, signer)
}

/** The text of a checkpoint, read; lines after the third are an extension and say nothing to us. */
export const readCheckpoint = (text: string): Checkpoint => {
  const [origin, size, root64, ...rest] = text.split('\n')
  const root = root64 === undefined ? undefined : unbase64(root64)
  if (origin === undefined || origin === '' || size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size))
    throw new NoteRefused('malformed')
  if (!Number.isSafeInteger(Number(size)) || root?.length !== hashSize) throw new NoteRefused('malformed')
  if (rest.pop() !== '' || rest.includes('')) throw new NoteRefused('malformed')
  return { origin, size: Number(size), root }
}

/**
 * A checkpoint that a known key of this very origin signed.
 * @throws NoteRefused
 */
export const openCheckpoint = (
  note: string,
  known: readonly Verifier[],
  origin: string,
): Checkpoint & { text: string } => {
  const { text } = openNote(
    note,
    known.filter((one) => one.name === origin),
  )
  const checkpoint = readCheckpoint(text)
  if (checkpoint.origin !== origin) throw new NoteRefused('origin')
  return { ...checkpoint, text }
}

/** The 64 bytes of a known key's signature on a note, for openssl. @throws NoteRefused untrusted */
export const readSignature = (note: string, known: Verifier): Buffer => {
  for (const line of note.slice(note.lastIndexOf('\n\n') + 2).split('\n')) {
    const [, name, data] = line.split(' ')
    const bytes = Buffer.from(data ?? '', 'base64')
    if (name === known.name && bytes.toString('hex', 0, 4) === known.id) return bytes.subarray(4)
  }
  throw new NoteRefused('untrusted')
}

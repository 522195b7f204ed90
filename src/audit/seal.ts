/** The seal of an instance over a batch, and the certificate of the boot whose key made it. */
import { createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { BootBody, Chained, Stream } from '../model/record.ts'
import { canonical, readCanonical } from './canonical.ts'
import { base64, count, name, plain } from './checks.ts'
import { RecordInvalid } from './record.ts'

/** Records under one seal: a verifier holds them together. */
export const maxBatch = 4096

/** What a seal speaks of. */
export interface Seal {
  readonly batch: string
  readonly inst: string
  readonly boot: string
  readonly firstIseq: number
  readonly sig: Buffer
}

/** The bytes under a seal: canonical JSON of {batch, boot, firstIseq, hashes, inst, n, stream}. */
export const sealMessage = (stream: Stream, seal: Omit<Seal, 'sig'>, hashes: readonly Buffer[]): Buffer =>
  canonical({
    batch: seal.batch,
    boot: seal.boot,
    firstIseq: seal.firstIseq,
    hashes: hashes.map((h) => h.toString('hex')),
    inst: seal.inst,
    n: hashes.length,
    stream,
  })

/** Whether the instance's key of that boot signed exactly these leaves at this place of its chain. */
export const sealHolds = (stream: Stream, seal: Seal, hashes: readonly Buffer[], key: KeyObject): boolean =>
  seal.sig.length === 64 && verify(null, sealMessage(stream, seal, hashes), key, seal.sig)

/** The bytes that the enrolment key signs for a boot; `key` is SPKI DER in base64 as the boot record shows it. */
export const certMessage = (inst: string, boot: string, key: string): Buffer =>
  canonical({ boot, inst, key, what: 'douane-boot-v1' })

/** The public key of a boot if the enrolment key certified it, else undefined. */
export const bootKey = (record: BootBody & Chained, enrol: KeyObject): KeyObject | undefined => {
  const cert = Buffer.from(record.cert, 'base64')
  if (cert.length !== 64 || cert.toString('base64') !== record.cert) return undefined
  if (!verify(null, certMessage(record.inst, record.boot, record.key), enrol, cert)) return undefined
  try {
    const spki = Buffer.from(record.key, 'base64')
    if (spki.toString('base64') !== record.key) return undefined
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

const sealKeys = ['batch', 'boot', 'first', 'firstIseq', 'inst', 'n', 'sig'].join()

/** A seal as a line of an export, with where its leaves are. */
export interface PlacedSeal extends Seal {
  readonly first: number
  readonly n: number
}

export const sealLine = ({ batch, boot, first, firstIseq, inst, n, sig }: PlacedSeal): Buffer =>
  canonical({ batch, boot, first, firstIseq, inst, n, sig: sig.toString('base64') })

/** @throws NotCanonical, RecordInvalid */
export const readSealLine = (line: Buffer): PlacedSeal => {
  const value = readCanonical(line)
  if (!plain(value) || Object.keys(value).join() !== sealKeys) throw new RecordInvalid('seal: its keys')
  const { batch, boot: of, first, firstIseq, inst, n, sig } = value
  const right = [batch, of, inst].every(name) && [first, firstIseq, n].every(count) && base64(sig)
  if (!right || (n as number) < 1 || (n as number) > maxBatch)
    throw new RecordInvalid('seal: a value of the wrong form')
  const bytes = Buffer.from(sig as string, 'base64')
  // A second spelling of the same signature would be a second file that verifies.
  if (bytes.toString('base64') !== sig) throw new RecordInvalid('seal: a signature in another spelling')
  return { ...(value as unknown as PlacedSeal), sig: bytes }
}

/**
 * A leaf as a line for people: index, hash and the record, in ASCII, so that no control or bidi character of a
 * client or provider reaches a terminal. The bytes of the leaf stay the only authority.
 */
export const readableLine = (index: number, hash: Buffer, body: Buffer): string =>
  body.length === 0
    ? `{"index":${index},"hash":"${hash.toString('hex')}","pruned":true}`
    : `{"index":${index},"hash":"${hash.toString('hex')}","record":${body
        .toString('utf8')
        .replace(/[^\u0020-\u007e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}}`

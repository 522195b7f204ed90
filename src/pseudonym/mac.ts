/**
 * HMAC-SHA-256 (RFC 2104, FIPS 198-1) over the one-shot hash of node:crypto, with the padded keys made once: a
 * transfer takes a dozen of them, and a Hmac object costs more than twice as much as both hashes.
 */
import { hash } from 'node:crypto'

const BLOCK = 64
const DIGEST = 32

/** A key of at most 64 bytes, XORed with the inner and the outer pad. */
export interface MacKey {
  readonly inner: Buffer
  readonly outer: Buffer
}

/** @throws RangeError for a longer key: ours have 32 bytes */
export const macKey = (bytes: Buffer): MacKey => {
  if (bytes.length > BLOCK) throw new RangeError('a key of more than one block')
  const padded = Buffer.concat([bytes], BLOCK)
  return { inner: padded.map((byte) => byte ^ 0x36), outer: padded.map((byte) => byte ^ 0x5c) } as MacKey
}

// A text of bytes (`binary`) comes out of node:crypto three times faster than a Buffer.
const sha256 = (bytes: Buffer): string => hash('sha256', bytes, 'binary')

/** 32 bytes. */
export const mac = ({ inner, outer }: MacKey, message: Buffer): Buffer => {
  const outside = Buffer.allocUnsafe(BLOCK + DIGEST)
  outer.copy(outside)
  outside.write(sha256(Buffer.concat([inner, message])), BLOCK, 'latin1')
  return Buffer.from(sha256(outside), 'latin1')
}

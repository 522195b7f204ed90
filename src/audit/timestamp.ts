/**
 * Time-stamps of an outside authority (RFC 3161): a log's own times prove nothing to others. An answer is believed
 * only if it is of our very question (imprint and nonce) and its signer leads to the pinned root; it is kept without
 * what no signature covers, so that whoever reads it later can tell of each byte whether it was changed.
 */
import type { Certificate } from './verify-certificate.ts'
import { contentOf, members, NotDer, single, tags, write } from './verify-der.ts'
import { judgeToken } from './verify-authority.ts'
import { plainResponse, plainToken, readToken, requestFor, TokenRefused } from './verify-token.ts'
import type { TokenFault } from './verify-token.ts'

/** Why an answer is not believed. `refused`: the authority said no. */
export type TimestampFault = TokenFault | 'refused' | 'time'

export class TimestampRefused extends Error {
  override readonly name = 'TimestampRefused'
  readonly fr: string
  readonly why: TimestampFault

  constructor(why: TimestampFault) {
    super(`time-stamp: ${why}`)
    this.fr = `horodatage : ${why}`
    this.why = why
  }
}

export interface Timestamp {
  /** DER of the TimeStampReq as sent, and of the TimeStampResp as it is kept. */
  readonly request: Buffer
  readonly response: Buffer
  /** DER of the token alone (a CMS ContentInfo). */
  readonly token: Buffer
  /** DER of the pinned root to which its signer leads. */
  readonly root: Buffer
  /** What the authority says the time was. */
  readonly at: Date
}

/** Asks the authority for a stamp over these bytes. @throws TimestampRefused; Misconfigured if it cannot be asked */
export type Stamp = (bytes: Buffer) => Promise<Timestamp>

/** A response is a few kilobytes. */
export const maxResponse = 65_536
/** The two clocks may differ so much; beyond, one of them is wrong and nobody knows which. */
const clockSlackMs = 600_000

/** DER of the INTEGER of these bytes, as a number of more than zero. */
const numberOf = (bytes: Buffer): Buffer => {
  const start = bytes.findIndex((byte) => byte !== 0)
  const digits = bytes.subarray(start)
  return write(tags.integer, ...(digits[0]! >= 0x80 ? [Buffer.of(0)] : []), digits)
}

/** DER of a TimeStampReq over SHA-256 of the bytes; asks for the certificates. @param nonce 8 random bytes or more */
export const timestampRequest = (bytes: Buffer, nonce: Buffer): Buffer => requestFor(bytes, numberOf(nonce))

/** The token of an answer. PKIStatus: granted 0, grantedWithMods 1. What it says in words is for nobody. */
const granted = (response: Buffer): Buffer => {
  const [status, token, ...more] = members(single(response))
  const said = contentOf(members(status)[0], tags.integer)
  if (said.length !== 1 || said[0]! > 1) throw new TimestampRefused('refused')
  if (token === undefined || more.length > 0) throw new NotDer()
  return token.whole
}

/** From YYYYMMDDHHMMSS. */
const timeOf = (digits: string): Date =>
  new Date(digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'))

const judge = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof TimestampRefused) throw error
    // whatever node:crypto throws over bytes from outside
    throw new TimestampRefused(error instanceof TokenRefused ? error.why : 'malformed')
  }
}

/**
 * The authority's answer to our request, judged before it is kept.
 * @param asked the bytes, the nonce and the request as sent
 * @param roots certificates that the operator pinned
 * @throws TimestampRefused
 */
export const openTimestamp = (
  response: Buffer,
  asked: { readonly bytes: Buffer; readonly nonce: Buffer; readonly request: Buffer },
  roots: readonly Certificate[],
  now: Date,
): Timestamp =>
  judge(() => {
    if (response.length > maxResponse) throw new TimestampRefused('malformed')
    const read = readToken(granted(response))
    if (read.nonce?.equals(numberOf(asked.nonce)) !== true) throw new TimestampRefused('other')
    const { path, root } = judgeToken(read, asked.bytes, roots)
    const at = timeOf(read.at)
    if (!(Math.abs(at.getTime() - now.getTime()) <= clockSlackMs)) throw new TimestampRefused('time')
    const token = plainToken(read, path)
    const kept = plainResponse(token)
    return { request: asked.request, response: kept, token, root: root.der, at }
  })

/** The time-stamps of an export: over the text of the head, and over the signature of the CMS. */
import type { StampedSignature } from './verify-certified.ts'
import type { Certificate } from './verify-certificate.ts'
import { isRoot, readPem } from './verify-chain.ts'
import { members, need, NotDer, single } from './verify-der.ts'
import { lookAt, readSmall } from './verify-files.ts'
import type { Report } from './verify-report.ts'
import { openPlainToken } from './verify-authority.ts'
import { plainResponse, requestFor, TokenRefused } from './verify-token.ts'
import type { Token, TokenFault } from './verify-token.ts'
import type { FindingCode } from './verify-words.ts'

const paths = { query: 'checkpoint.tsq', reply: 'checkpoint.tsr', root: 'keys/tsa-root.pem' }

const words = {
  malformed: 'stamp-malformed',
  other: 'stamp-other',
  signer: 'stamp-signer',
  signature: 'stamp-signature',
  chain: 'stamp-chain',
} as const satisfies Readonly<Record<TokenFault, FindingCode>>

type StampCode = (typeof words)[TokenFault]

const tokenOf = (token: Buffer, stamped: Buffer, roots: readonly Certificate[]): Token | StampCode => {
  try {
    return openPlainToken(token, stamped, roots)
  } catch (error) {
    if (error instanceof TokenRefused) return words[error.why]
    throw error
  }
}

/** The token in an answer that says `granted` and nothing else. */
const tokenIn = (reply: Buffer): Buffer | undefined => {
  try {
    const token = need(members(single(reply))[1]).whole
    return plainResponse(token).equals(reply) ? token : undefined
  } catch (error) {
    if (error instanceof NotDer) return undefined
    throw error
  }
}

const rootIn = (pem: Buffer): Certificate | undefined => {
  try {
    const root = readPem(pem)
    return isRoot(root) ? root : undefined
  } catch (error) {
    if (error instanceof NotDer) return undefined
    throw error
  }
}

/** @param pinned root certificates of the authority, as the authority itself publishes them */
export const checkStamped = (
  dir: string,
  text: string,
  cms: StampedSignature | undefined,
  pinned: readonly Certificate[],
  report: Report,
): void => {
  const there = Object.values(paths).some((path) => lookAt(dir, path) !== undefined)
  if (!there && pinned.length > 0) report.add('incomplete', paths.reply, 'stamp-missing')
  if (!there && cms?.token === undefined) return
  const [query, reply, pem] = Object.values(paths).map((path) => readSmall(dir, path, report))
  if (query === undefined || reply === undefined || pem === undefined) return
  const root = rootIn(pem)
  if (root === undefined) {
    report.add('tampered', paths.root, 'stamp-root-copy')
    return
  }
  const token = tokenIn(reply)
  const stamp = token === undefined ? words.malformed : tokenOf(token, Buffer.from(text), [root])
  if (typeof stamp === 'string') {
    report.add('tampered', paths.reply, stamp)
    return
  }
  if (stamp.nonce === undefined || !requestFor(Buffer.from(text), stamp.nonce).equals(query))
    report.add('tampered', paths.query, 'stamp-question')
  if (pinned.length === 0) report.add('note', paths.reply, 'stamp-not-pinned')
  else if (typeof tokenOf(token!, Buffer.from(text), pinned) === 'string')
    report.add('tampered', paths.reply, 'stamp-root-other')
  if (cms === undefined) return
  const second = cms.token === undefined ? undefined : tokenOf(cms.token, cms.signature, [root])
  if (second === undefined) report.add('incomplete', 'checkpoint.p7s', 'cms-unstamped')
  else if (typeof second === 'string') report.add('tampered', 'checkpoint.p7s', `cms-${second}`)
}

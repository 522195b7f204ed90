/** The head of an export signed by a certified key, as JWS and as CMS, and the copies of the certificates. */
import { chainsTo, isRoot, pemOf, readPem } from './verify-chain.ts'
import type { Certificate } from './verify-certificate.ts'
import { openCms } from './verify-cms.ts'
import { NotDer } from './verify-der.ts'
import { lookAt, readSmall } from './verify-files.ts'
import { openJws } from './verify-jws.ts'
import type { Report } from './verify-report.ts'

const paths = { jws: 'checkpoint.jws', cms: 'checkpoint.p7s', chain: 'keys/chain.pem', root: 'keys/root.pem' }

const checkJws = (bytes: Buffer, text: string, report: Report): readonly Certificate[] | undefined => {
  const jws = openJws(bytes)
  if (jws === undefined) report.add('tampered', paths.jws, 'unreadable')
  else if (jws.payload.toString('utf8') !== text) report.add('tampered', paths.jws, 'jws-other')
  else if (!jws.holds) report.add('tampered', paths.jws, 'signature')
  else return jws.chain
  return undefined
}

/** Whose certificates they are. Dates are not judged: nothing here says when it was. */
const checkChain = (chain: readonly Certificate[], roots: readonly Certificate[], report: Report): void => {
  if (roots.length === 0) report.add('note', paths.jws, 'root-not-pinned')
  else if (!roots.some((root) => chainsTo(chain, root))) report.add('tampered', paths.jws, 'root-other')
}

/** A copy of the root of those certificates, whether or not it is the pinned one. */
const isRootOf = (file: Buffer, chain: readonly Certificate[]): boolean => {
  try {
    const root = readPem(file)
    return isRoot(root) && chainsTo(chain, root)
  } catch (error) {
    if (error instanceof NotDer) return false
    throw error
  }
}

/** A time-stamp that the CMS carries, and the signature that it must be of. */
export interface StampedSignature {
  readonly signature: Buffer
  readonly token: Buffer | undefined
}

/** @returns the signature of the CMS, if it holds, for whoever checks time-stamps */
export const checkCertified = (
  dir: string,
  text: string,
  roots: readonly Certificate[],
  report: Report,
): StampedSignature | undefined => {
  if (!Object.values(paths).some((path) => lookAt(dir, path) !== undefined)) {
    if (roots.length > 0) report.add('incomplete', paths.jws, 'jws-missing')
    return undefined
  }
  const [jws, cms, pem, root] = Object.values(paths).map((path) => readSmall(dir, path, report))
  const chain = jws === undefined ? undefined : checkJws(jws, text, report)
  if (chain === undefined) return undefined
  checkChain(chain, roots, report)
  if (pem !== undefined && pem.toString('latin1') !== chain.map(({ der }) => pemOf(der)).join(''))
    report.add('tampered', paths.chain, 'chain-copy')
  if (root !== undefined && !isRootOf(root, chain)) report.add('tampered', paths.root, 'root-copy')
  const signed = cms === undefined ? undefined : openCms(cms, text, chain)
  if (typeof signed !== 'string') return signed
  report.add('tampered', paths.cms, signed)
  return undefined
}

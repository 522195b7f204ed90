/**
 * Checks an exported log without the database, the gateway or trust in either: it believes the pinned keys and
 * arithmetic, nothing that the bundle says of itself. With verify-*.ts it shares record, merkle, checkpoint and
 * canonical with the writer, nothing else.
 */
import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readCanonical } from './canonical.ts'
import { readPins, readVkey } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import { PolicyTextInvalid, readQuorum } from './quorum.ts'
import type { Quorum } from './quorum.ts'
import { checkCertified } from './verify-certified.ts'
import type { Certificate } from './verify-certificate.ts'
import { readRoots } from './verify-chain.ts'
import { lookAt, readSmall } from './verify-files.ts'
import { access, checkLog, evidence } from './verify-log.ts'
import type { LogPins } from './verify-log.ts'
import { Earlier } from './verify-earlier.ts'
import { checkWitnessed } from './verify-witnessed.ts'
import { Report } from './verify-report.ts'
import { checkStamped } from './verify-stamped.ts'
import { checkPolicies, checkSums } from './verify-sums.ts'
import type { Verdict } from './verify-report.ts'

/** The convenience copies at the top must be of the signed head and the pinned keys. */
const checkCopies = (
  dir: string,
  note: string,
  head: { text: string },
  pins: LogPins & { readonly vkey: Verifier },
  report: Report,
) => {
  const text = readSmall(dir, 'checkpoint.txt', report)
  if (text !== undefined && text.toString('utf8') !== head.text)
    report.add('tampered', 'checkpoint.txt', 'text-not-of-head')
  const signature = readSmall(dir, 'checkpoint.note.sig', report)
  const signed = note.split('\n').some((line) => {
    const [, name, data] = line.split(' ')
    return name === pins.log.name && signature?.equals(Buffer.from(data ?? '', 'base64').subarray(4)) === true
  })
  if (signature !== undefined && !signed)
    report.add('tampered', 'checkpoint.note.sig', 'signature-not-of-head')
  const pem = readSmall(dir, 'keys/log.pub.pem', report)
  const vkey = readSmall(dir, 'keys/log.vkey', report)
  const enrol = readSmall(dir, 'keys/enrol.vkey', report)
  const keys = [
    ['keys/log.pub.pem', () => createPublicKey(pem!), pem, pins.log],
    ['keys/log.vkey', () => readLine(vkey!), vkey, pins.vkey],
    ['keys/enrol.vkey', () => readLine(enrol!), enrol, pins.enrol],
  ] as const
  for (const [path, read, file, expected] of keys)
    if (file !== undefined && expected !== undefined && !isKey(read, expected))
      report.add('tampered', path, 'other-key')
}

const readLine = (file: Buffer): Verifier => readVkey(file.toString('utf8').replace(/\n$/, ''))

const isKey = (read: () => KeyObject | Verifier, expected: Verifier): boolean => {
  try {
    const found = read()
    if (!('id' in found)) return found.equals(expected.key)
    return found.name === expected.name && found.key.equals(expected.key)
  } catch {
    return false
  }
}

const checkManifest = (dir: string, heads: readonly Checkpoint[], report: Report): readonly string[] => {
  const file = readSmall(dir, 'MANIFEST.json', report)
  if (file === undefined) return []
  try {
    const manifest = readCanonical(Buffer.from(file.toString('utf8').trimEnd())) as Readonly<
      Record<string, unknown>
    >
    if (manifest.format !== 'douane-audit-bundle-v1') {
      report.add('undecided', 'MANIFEST.json', 'format-unknown')
      return []
    }
    const logs = manifest.logs as readonly Readonly<Record<string, unknown>>[]
    const said = logs.map(({ origin, size, root }) => `${String(origin)} ${String(size)} ${String(root)}`)
    const signed = heads.map(({ origin, size, root }) => `${origin} ${size} ${root.toString('hex')}`)
    for (const head of signed)
      if (!said.includes(head)) report.add('tampered', 'MANIFEST.json', 'manifest-differs')
    return logs.map(({ folder }) => String(folder))
  } catch {
    report.add('tampered', 'MANIFEST.json', 'unreadable')
    return []
  }
}

/** What an auditor asks besides, each the text of a file that did not come with the export. */
export interface VerifyAsk {
  /** Root certificates (PEM), one of which must have issued what signed the JWS and the CMS. */
  readonly root?: string | undefined
  /** Root certificates (PEM) of the time-stamping authority. */
  readonly stampRoot?: string | undefined
  /** C2SP tlog-policy: which witnesses must have cosigned. */
  readonly witnesses?: string | undefined
  /** A signed checkpoint from which the log must have grown. */
  readonly earlier?: string | undefined
}

/** A pinned file read; undefined, and said why, if it is not one. */
const readAsked = (ask: VerifyAsk, report: Report): Asked | undefined => {
  const [roots, stampRoots] = [readRoots(ask.root ?? ''), readRoots(ask.stampRoot ?? '')]
  const notPem = 'pem-unreadable'
  if (roots === undefined) report.add('undecided', 'pin-root', notPem)
  if (stampRoots === undefined) report.add('undecided', 'pin-tsa', notPem)
  if (roots === undefined || stampRoots === undefined) return undefined
  try {
    const quorum = ask.witnesses === undefined ? undefined : readQuorum(ask.witnesses)
    const earlier = ask.earlier === undefined ? undefined : new Earlier(ask.earlier, report)
    return { roots, stampRoots, quorum, earlier }
  } catch (error) {
    if (!(error instanceof PolicyTextInvalid)) throw error
    report.add('undecided', 'witnesses', 'witnesses-unreadable', { why: { en: error.message, fr: error.fr } })
    return undefined
  }
}

/**
 * Verifies an export against the text of a pin file (vkeys, one a line): `NAME/transfers`, and if there is one
 * `NAME/access` and `NAME/enrol`. Never throws for what a bundle holds; never 0 if a check was left out.
 */
export const verifyBundle = async (
  dir: string,
  pinText: string | undefined,
  ask: VerifyAsk = {},
): Promise<Verdict> => {
  const report = new Report()
  let pins: readonly Verifier[] = []
  try {
    pins = readPins(pinText ?? '')
  } catch {
    report.add('undecided', 'pin', 'pin-unreadable')
    return report.verdict()
  }
  const asked = readAsked(ask, report)
  if (asked === undefined) return report.verdict()
  const [log, ...others] = pins.filter(({ name }) => name.endsWith('/transfers'))
  if (log === undefined || others.length > 0) {
    report.add('undecided', 'pin', 'pin-none')
    return report.verdict()
  }
  try {
    await checkFolder(dir, pins, log, asked, report)
    asked.earlier?.done()
  } catch (error) {
    // What the file system refuses (rights, a broken disk) is no verdict on the log.
    if (!(error instanceof Error && 'syscall' in error)) throw error
    report.add('undecided', 'bundle', 'not-read')
  }
  return report.verdict()
}

interface Asked {
  readonly roots: readonly Certificate[]
  readonly stampRoots: readonly Certificate[]
  readonly quorum: Quorum | undefined
  readonly earlier: Earlier | undefined
}

const checkFolder = async (
  dir: string,
  pins: readonly Verifier[],
  log: Verifier,
  { roots, stampRoots, quorum, earlier }: Asked,
  report: Report,
): Promise<void> => {
  if (lookAt(dir)?.isDirectory() !== true) {
    report.add('incomplete', 'bundle', 'no-folder')
    return
  }
  const name = log.name.slice(0, -'/transfers'.length)
  const enrol = pins.find((one) => one.name === `${name}/enrol`)
  const listed = checkSums(dir, report)
  checkPolicies(listed, report)

  const heads: Checkpoint[] = []
  const first = await checkLog(dir, evidence, { log, enrol }, report, earlier)
  if (first !== undefined) {
    heads.push(...first.heads)
    checkCopies(dir, first.note, first.head, { log: first.log, vkey: first.vkey, enrol: first.enrol }, report)
    if (quorum !== undefined) checkWitnessed(first.note, first.head.text, quorum, report)
    const cms = checkCertified(dir, first.head.text, roots, report)
    checkStamped(dir, first.head.text, cms, stampRoots, report)
  }
  const accessPin = pins.find((one) => one.name === `${name}/access`)
  const hasAccess = lookAt(dir, 'access') !== undefined
  if (hasAccess && accessPin === undefined) report.add('undecided', 'access', 'access-not-pinned')
  if (hasAccess && accessPin !== undefined) {
    const second = await checkLog(dir, access, { log: accessPin, enrol }, report, earlier)
    if (second !== undefined) heads.push(...second.heads)
  }
  const folders = checkManifest(dir, heads, report)
  if (folders.includes('access') && !hasAccess) report.add('incomplete', 'access', 'missing')
}

/**
 * Checks an exported log without the database, the gateway or trust in either: it believes the pinned keys and
 * arithmetic, nothing that the bundle says of itself. It shares no code with the writer.
 */
import { createPublicKey, createHash } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BootBody, Chained, LogRecord, Stream } from '../model/record.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { NoteRefused, openCheckpoint, readPins, readVkey } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import { leafHash, readEntries, rootOf, TileEdge, tilePath, tileWidth } from './merkle.ts'
import type { HashTile } from './merkle.ts'
import {
  bootKey,
  checkRecord,
  noPrevious,
  readableLine,
  readSealLine,
  RecordInvalid,
  sealHolds,
} from './record.ts'
import type { PlacedSeal } from './record.ts'

/** What a finding means for the answer: 1 tampered, 2 incomplete, 3 cannot decide, and notes that change nothing. */
export type Level = 'tampered' | 'incomplete' | 'undecided' | 'note'

export interface Finding {
  readonly level: Level
  /** A file of the bundle, or a leaf as `transfers 17`. */
  readonly where: string
  readonly what: string
}

export interface Verdict {
  /** 0 all checks were made and hold · 1 tampered · 2 incomplete · 3 cannot decide. The worst of 1, 3, 2. */
  readonly exit: 0 | 1 | 2 | 3
  readonly findings: readonly Finding[]
  /** Findings beyond the first thousand are only counted. */
  readonly more: number
  readonly logs: readonly { readonly origin: string; readonly size: number; readonly root: string }[]
  /** Transfers whose end is not in the log: they may have been sent. */
  readonly open: number
}

const maxFindings = 1000
const maxSmall = 1_048_576
const maxEntries = tileWidth * (2 + 65_535)
/** Clocks of one process step back a little, and records of one batch were made side by side. */
const clockSlack = 60_000

class Report {
  readonly findings: Finding[] = []
  readonly logs: { origin: string; size: number; root: string }[] = []
  more = 0
  open = 0
  #worst: 0 | 1 | 2 | 3 = 0

  add(level: Level, where: string, what: string): void {
    const rank = { note: 0, incomplete: 1, undecided: 2, tampered: 3 }
    const exits = [0, 2, 3, 1] as const
    if (rank[level] > exits.indexOf(this.#worst)) this.#worst = exits[rank[level]]!
    if (this.findings.length < maxFindings) this.findings.push({ level, where, what })
    else this.more += 1
  }

  verdict(): Verdict {
    const { findings, more, logs, open } = this
    return { exit: this.#worst, findings, more, logs, open }
  }
}

/** A file of the bundle: regular, not larger than it may be. */
const readSmall = async (
  dir: string,
  path: string,
  report: Report,
  most = maxSmall,
): Promise<Buffer | undefined> => {
  const at = await lstat(join(dir, path)).catch(() => undefined)
  if (at === undefined) report.add('incomplete', path, 'is missing')
  else if (!at.isFile() || at.size > most)
    report.add('tampered', path, 'is not a file of the size it may have')
  else return await readFile(join(dir, path))
  return undefined
}

/** Lines of a file, each with its line feed taken off; a line longer than `most` ends it. */
async function* linesOf(file: string, most: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
      yield data.subarray(from, end)
      from = end + 1
    }
    rest = data.subarray(from)
    if (rest.length > most) return
  }
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.from('\u0000')])
}

const walk = async (dir: string, under = ''): Promise<readonly string[]> => {
  const out: string[] = []
  for (const entry of await readdir(join(dir, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) out.push(...(await walk(dir, path)))
    else out.push(path)
  }
  return out
}

const safePath = (path: string): boolean =>
  /^[^\\\p{C}]{1,1024}$/u.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const shaOf = async (file: string): Promise<string> => {
  const sum = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
    sum.update(chunk)
  return sum.digest('hex')
}

/** The transport check: every file there and as it was written. It proves nothing against a forger. */
const checkSums = async (dir: string, report: Report): Promise<ReadonlyMap<string, string>> => {
  const listed = new Map<string, string>()
  const text = (await readSmall(dir, 'SHA256SUMS', report, 1 << 28))?.toString('utf8')
  if (text === undefined) return listed
  for (const [i, line] of text.split('\n').entries()) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/u.exec(line) ?? []
    if (sum !== undefined && path !== undefined && safePath(path) && !listed.has(path)) listed.set(path, sum)
    else if (line !== '' || i === 0) report.add('tampered', 'SHA256SUMS', `line ${i + 1} cannot be read`)
  }
  if (!text.endsWith('\n') || text.endsWith('\n\n'))
    report.add('tampered', 'SHA256SUMS', 'does not end as it should')
  const there = new Set(await walk(dir))
  for (const [path, sum] of listed) {
    if (!there.has(path)) report.add('incomplete', path, 'is missing')
    else if (!(await lstat(join(dir, path))).isFile()) report.add('tampered', path, 'is not a plain file')
    else if ((await shaOf(join(dir, path))) !== sum) report.add('tampered', path, 'is not as it was exported')
  }
  for (const path of there)
    if (path !== 'SHA256SUMS' && !listed.has(path))
      report.add('note', printable(path), 'is not listed in SHA256SUMS and was not looked at')
  return listed
}

/** A name that anyone may have chosen, safe on a terminal. */
const printable = (text: string): string => text.replace(/[^\u0020-\u007e]/g, '?').slice(0, 200)

interface LogFolder {
  readonly stream: Stream
  readonly folder: string
  /** Where its seals and readable lines are. */
  readonly beside: string
}
const evidence: LogFolder = { stream: 'evidence', folder: 'log', beside: '' }
const access: LogFolder = { stream: 'access', folder: 'access', beside: 'access/' }

const noteProblem: Readonly<Record<NoteRefused['why'], readonly [Level, string]>> = {
  malformed: ['tampered', 'is not a signed checkpoint'],
  signature: ['tampered', 'carries a signature of the pinned key that does not hold'],
  origin: ['tampered', 'speaks of another log than its signature'],
  untrusted: ['tampered', 'is not signed by the pinned key'],
}

const openHead = (
  note: string,
  pin: Verifier,
  path: string,
  report: Report,
): (Checkpoint & { text: string }) | undefined => {
  try {
    return openCheckpoint(note, [pin], pin.name)
  } catch (error) {
    if (!(error instanceof NoteRefused)) throw error
    const [level, what] = noteProblem[error.why]
    const other = error.why === 'untrusted' && !note.startsWith(`${pin.name}\n`)
    report.add(other ? 'undecided' : level, path, other ? 'is of a log that is not pinned' : what)
    return undefined
  }
}

/** The chain of one boot as far as it was read. */
interface Chain {
  readonly key: KeyObject
  readonly inst: string
  next: number
  previous: string
  latest: string
}

/** What a verifier learns of the records, in order; `done` after the last. */
class Records {
  readonly #stream: Stream
  readonly #report: Report
  readonly #enrol: KeyObject
  readonly #chains = new Map<string, Chain>()
  /** `tid attempt` → index of the intent, or −1 − index once it has its outcome. */
  readonly #attempts = new Map<string, number>()
  readonly #refused = new Set<string>()
  #genesis = 0

  constructor(stream: Stream, enrol: KeyObject, report: Report) {
    this.#stream = stream
    this.#enrol = enrol
    this.#report = report
  }

  #fault(index: number, what: string): void {
    this.#report.add('tampered', `${this.#stream === 'evidence' ? 'transfers' : 'access'} ${index}`, what)
  }

  batch(seal: PlacedSeal, bodies: readonly Buffer[], hashes: readonly Buffer[]): void {
    const records = bodies.map((body, i) => this.#read(body, seal.first + i))
    const first = records[0]
    if (!this.#chains.has(seal.boot) && first !== undefined) this.#begin(first, seal)
    const chain = this.#chains.get(seal.boot)
    if (chain === undefined)
      this.#fault(seal.first, 'belongs to a boot whose certified boot record is not in the log')
    else if (!sealHolds(this.#stream, seal, hashes, chain.key))
      this.#fault(seal.first, `the seal over ${seal.n} records does not hold`)
    for (const [i, record] of records.entries()) {
      if (record === undefined) continue
      if (chain !== undefined) this.#link(chain, record, seal, seal.first + i, i)
      this.#meaning(record, seal.first + i)
      if (chain !== undefined) {
        chain.next = record.iseq + 1
        chain.previous = hashes[i]!.toString('hex')
      }
    }
  }

  #read(body: Buffer, index: number): LogRecord | undefined {
    try {
      return checkRecord(readCanonical(body))
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid)) throw error
      this.#fault(index, `is no record that this version knows (${error.message})`)
      return undefined
    }
  }

  #begin(record: LogRecord, seal: PlacedSeal): void {
    if (record.k !== 'boot' || record.iseq !== 0) return
    const key = bootKey(record as BootBody & Chained, this.#enrol)
    if (key === undefined) this.#fault(seal.first, 'is a boot that the enrolment key did not certify')
    else this.#chains.set(record.boot, { key, inst: record.inst, next: 0, previous: noPrevious, latest: '' })
  }

  #link(chain: Chain, record: LogRecord, seal: PlacedSeal, index: number, i: number): void {
    if (record.boot !== seal.boot || record.inst !== chain.inst || seal.inst !== chain.inst)
      this.#fault(index, 'names another instance or boot than its seal')
    else if (
      record.iseq !== chain.next ||
      record.iseq !== seal.firstIseq + i ||
      record.iprev !== chain.previous
    )
      this.#fault(index, 'does not continue the chain of its boot')
    else if ((record.k === 'boot') !== (record.iseq === 0))
      this.#fault(index, 'is a boot record in the wrong place')
    if (record.k === 'outcome') return
    if (record.t >= chain.latest) chain.latest = record.t
    else if (Date.parse(chain.latest) - Date.parse(record.t) > clockSlack)
      this.#fault(index, 'is older than the record before it')
  }

  #meaning(record: LogRecord, index: number): void {
    if (
      (record.k === 'access') !== (this.#stream === 'access') &&
      record.k !== 'boot' &&
      record.k !== 'genesis'
    )
      this.#fault(index, 'does not belong in this log')
    if (record.k === 'genesis' && ((this.#genesis += 1) > 1 || index >= tileWidth))
      this.#fault(index, 'is a second beginning')
    if (record.k === 'intent') {
      const attempt = `${record.tid} ${record.attempt}`
      if (this.#attempts.has(attempt)) this.#fault(index, 'is a second intent of the same attempt')
      else this.#attempts.set(attempt, index)
    }
    if (record.k === 'refusal') {
      if (this.#refused.has(record.tid)) this.#fault(index, 'is a second refusal of the same transfer')
      this.#refused.add(record.tid)
    }
    if (record.k === 'outcome') {
      const attempt = `${record.tid} ${record.attempt}`
      const intent = this.#attempts.get(attempt)
      if (intent === undefined) this.#fault(index, 'is the end of an attempt that has no earlier intent')
      else if (intent < 0) this.#fault(index, 'is a second end of the same attempt')
      else if (intent !== record.intent) this.#fault(index, 'points to another record than its intent')
      else this.#attempts.set(attempt, -1 - intent)
    }
  }

  done(): void {
    const open = [...this.#attempts.values()].filter((index) => index >= 0)
    this.#report.open += open.length
    for (const index of open.slice(0, 100))
      this.#report.add('note', `transfers ${index}`, 'has no end in the log: it may have been sent')
  }
}

/** Reads the next seal when its first leaf comes; a hole between seals is a fault, an end too soon is a lack. */
class Seals {
  readonly #lines: AsyncGenerator<Buffer> | undefined
  readonly #path: string
  readonly #report: Report
  #next: PlacedSeal | undefined
  #at = 0
  broken = false

  constructor(lines: AsyncGenerator<Buffer> | undefined, path: string, report: Report) {
    this.#lines = lines
    this.#path = path
    this.#report = report
    this.broken = lines === undefined
  }

  /** The seal that begins at leaf `index`, or undefined once the seals have failed (reported once). */
  async at(index: number): Promise<PlacedSeal | undefined> {
    if (this.broken) return undefined
    const line = await this.#lines!.next()
    if (line.done === true) {
      this.#fail('incomplete', `ends before record ${index}`)
      return undefined
    }
    try {
      this.#next = readSealLine(line.value)
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid)) throw error
      this.#fail('tampered', `the seal at record ${index} cannot be read`)
      return undefined
    }
    if (this.#next.first !== index || this.#next.n < 1)
      this.#fail('tampered', `the records from ${index} on have no seal`)
    this.#at = index + this.#next.n
    return this.broken ? undefined : this.#next
  }

  async end(size: number): Promise<void> {
    if (this.broken) return
    if (this.#at !== size || (await this.#lines!.next()).done !== true)
      this.#fail('tampered', 'has more seals than the log has records')
  }

  #fail(level: Level, what: string): void {
    this.broken = true
    this.#report.add(level, this.#path, what)
  }
}

/** Tiles as they are in the bundle against tiles as the leaves make them. */
const checkTile = async (dir: string, folder: string, tile: HashTile, report: Report): Promise<void> => {
  const path = `${folder}/${tilePath(tile.level, tile.n, tile.width)}`
  const stored = await readSmall(dir, path, report)
  if (stored !== undefined && !stored.equals(tile.data))
    report.add('tampered', path, 'is not the tile that the records make')
}

/** Entry bundles in order; stops at the first that is missing or not whole. */
async function* bundles(
  dir: string,
  folder: string,
  size: number,
  report: Report,
): AsyncGenerator<readonly Buffer[]> {
  for (let n = 0; n * tileWidth < size; n += 1) {
    const width = Math.min(tileWidth, size - n * tileWidth)
    const path = `${folder}/${tilePath('entries', n, width)}`
    const data = await readSmall(dir, path, report, maxEntries)
    if (data === undefined) return
    const entries = readEntries(data)
    if (entries?.length !== width) {
      const cut = entries !== undefined && entries.length < width && (n + 1) * tileWidth >= size
      report.add(
        cut ? 'incomplete' : 'tampered',
        path,
        cut ? 'has fewer records than the checkpoint covers' : 'does not hold the records it should',
      )
      return
    }
    yield entries
  }
}

/** The enrolment key: pinned, else the one that the signed log named at its beginning. */
const enrolmentOf = (
  first: readonly Buffer[] | undefined,
  pinned: Verifier | undefined,
  report: Report,
): Verifier | undefined => {
  for (const body of first ?? []) {
    if (!body.includes('"k":"genesis"')) continue
    try {
      const record = checkRecord(readCanonical(body))
      if (record.k !== 'genesis' || record.enrol === undefined) continue
      const named = readVkey(record.enrol)
      const same = pinned === undefined || (pinned.name === named.name && pinned.id === named.id)
      if (!same)
        report.add('tampered', 'transfers', 'the log began with another enrolment key than the pinned one')
      return pinned ?? named
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid || error instanceof NoteRefused))
        throw error
    }
  }
  return pinned
}

interface LogPins {
  readonly log: Verifier
  readonly enrol: Verifier | undefined
}

/** One log of the bundle, from its signed head down to each record. */
const checkLog = async (
  dir: string,
  { stream, folder, beside }: LogFolder,
  pins: LogPins,
  report: Report,
) => {
  const note = (await readSmall(dir, `${folder}/checkpoint`, report))?.toString('utf8')
  const head = note === undefined ? undefined : openHead(note, pins.log, `${folder}/checkpoint`, report)
  if (note === undefined || head === undefined) return undefined
  report.logs.push({ origin: head.origin, size: head.size, root: head.root.toString('hex') })

  const there = async (path: string) =>
    (await lstat(join(dir, path)).catch(() => undefined))?.isFile() === true
  const linesAt = async (path: string, most: number) => {
    if (await there(path)) return linesOf(join(dir, path), most)
    report.add('incomplete', path, 'is missing')
    return undefined
  }
  const seals = new Seals(await linesAt(`${beside}batches.jsonl`, 4096), `${beside}batches.jsonl`, report)
  const readable = await linesAt(`${beside}entries.jsonl`, 8 * 65_536)
  const edge = new TileEdge()
  const full: HashTile[] = []
  let records: Records | undefined
  let decided = false
  let at = 0
  let different = false
  let waiting: { seal: PlacedSeal; bodies: Buffer[]; hashes: Buffer[] } | undefined
  for await (const entries of bundles(dir, folder, head.size, report)) {
    if (!decided) {
      decided = true
      const enrol = enrolmentOf(entries, pins.enrol, report)
      if (enrol === undefined)
        report.add(
          'undecided',
          folder,
          'no enrolment key is pinned or named by the log: seals were not checked',
        )
      else records = new Records(stream, enrol.key, report)
    }
    for (const body of entries) {
      const hash = leafHash(body)
      edge.push(hash, (tile) => full.push(tile))
      if (waiting === undefined) {
        const seal = await seals.at(at)
        if (seal !== undefined) waiting = { seal, bodies: [], hashes: [] }
      }
      waiting?.bodies.push(body)
      waiting?.hashes.push(hash)
      if (waiting?.bodies.length === waiting?.seal.n && waiting !== undefined) {
        records?.batch(waiting.seal, waiting.bodies, waiting.hashes)
        waiting = undefined
      }
      if (readable !== undefined && !different) {
        const line = await readable.next()
        different = line.done === true || line.value.toString('latin1') !== readableLine(at, hash, body)
        if (different)
          report.add('tampered', `${beside}entries.jsonl`, `line ${at + 1} does not say what the record says`)
      }
      at += 1
    }
    for (const tile of full.splice(0)) await checkTile(dir, folder, tile, report)
  }
  if (at === head.size) {
    for (const tile of edge.partial()) await checkTile(dir, folder, tile, report)
    if (!rootOf(edge.frontier()).equals(head.root))
      report.add('tampered', folder, 'the records do not make the signed root')
    if (waiting !== undefined)
      report.add('tampered', `${beside}batches.jsonl`, 'the last seal covers records that are not there')
    else await seals.end(head.size)
    if (!different && readable !== undefined && (await readable.next()).done !== true)
      report.add('tampered', `${beside}entries.jsonl`, 'has more lines than the log has records')
    records?.done()
  }
  return { note, head }
}

/** The convenience copies at the top must be of the signed head and the pinned keys. */
const checkCopies = async (
  dir: string,
  note: string,
  head: { text: string },
  pins: LogPins,
  report: Report,
) => {
  const text = await readSmall(dir, 'checkpoint.txt', report)
  if (text !== undefined && text.toString('utf8') !== head.text)
    report.add('tampered', 'checkpoint.txt', 'is not the text of the checkpoint')
  const signature = await readSmall(dir, 'checkpoint.note.sig', report)
  const signed = note.split('\n').some((line) => {
    const [, name, data] = line.split(' ')
    return name === pins.log.name && signature?.equals(Buffer.from(data ?? '', 'base64').subarray(4)) === true
  })
  if (signature !== undefined && !signed)
    report.add('tampered', 'checkpoint.note.sig', 'is not the signature of the checkpoint')
  const pem = await readSmall(dir, 'keys/log.pub.pem', report)
  const vkey = await readSmall(dir, 'keys/log.vkey', report)
  const enrol = await readSmall(dir, 'keys/enrol.vkey', report)
  const same = (read: () => KeyObject, expected: Verifier | undefined): boolean => {
    try {
      return expected === undefined || read().equals(expected.key)
    } catch {
      return false
    }
  }
  const readOnly = (file: Buffer) => readVkey(file.toString('utf8').replace(/\n$/, '')).key
  if (pem !== undefined && !same(() => createPublicKey(pem), pins.log))
    report.add('tampered', 'keys/log.pub.pem', 'is not the pinned key')
  if (vkey !== undefined && !same(() => readOnly(vkey), pins.log))
    report.add('tampered', 'keys/log.vkey', 'is not the pinned key')
  if (enrol !== undefined && !same(() => readOnly(enrol), pins.enrol))
    report.add('tampered', 'keys/enrol.vkey', 'is not the pinned key')
}

const checkManifest = async (
  dir: string,
  heads: readonly Checkpoint[],
  report: Report,
): Promise<readonly string[]> => {
  const file = await readSmall(dir, 'MANIFEST.json', report)
  if (file === undefined) return []
  try {
    const manifest = readCanonical(Buffer.from(file.toString('utf8').trimEnd())) as Readonly<
      Record<string, unknown>
    >
    if (manifest.format !== 'douane-audit-bundle-v1') {
      report.add('undecided', 'MANIFEST.json', 'is of a form that this version does not know')
      return []
    }
    const logs = manifest.logs as readonly Readonly<Record<string, unknown>>[]
    const said = logs.map(({ origin, size, root }) => `${String(origin)} ${String(size)} ${String(root)}`)
    const signed = heads.map(({ origin, size, root }) => `${origin} ${size} ${root.toString('hex')}`)
    for (const head of signed)
      if (!said.includes(head))
        report.add('tampered', 'MANIFEST.json', 'does not say what the checkpoint says')
    return logs.map(({ folder }) => String(folder))
  } catch {
    report.add('tampered', 'MANIFEST.json', 'cannot be read')
    return []
  }
}

/** A policy is named by its digest: SHA-256 over the canonical list of [path, SHA-256 of the file] (design §10). */
const checkPolicies = (listed: ReadonlyMap<string, string>, report: Report): void => {
  const policies = new Map<string, [string, string][]>()
  for (const [path, sum] of listed) {
    const [, digest, rest] = /^policies\/([0-9a-f]{64})\/(.+)$/u.exec(path) ?? []
    if (digest === undefined || rest === undefined) continue
    const files = policies.get(digest) ?? []
    files.push([rest, sum])
    policies.set(digest, files)
  }
  for (const [digest, files] of policies) {
    const list = files.toSorted(([a], [b]) => (a < b ? -1 : 1))
    const sum = createHash('sha256').update(JSON.stringify(list)).digest('hex')
    if (sum !== digest) report.add('tampered', `policies/${digest}`, 'is not the policy of this digest')
  }
}

/**
 * Verifies an export against the text of a pin file (vkeys, one a line): `NAME/transfers`, and if there is one
 * `NAME/access` and `NAME/enrol`. Never throws for what a bundle holds; never 0 if a check was left out.
 */
export const verifyBundle = async (dir: string, pinText: string | undefined): Promise<Verdict> => {
  const report = new Report()
  let pins: readonly Verifier[] = []
  try {
    pins = readPins(pinText ?? '')
  } catch {
    report.add('undecided', 'pin', 'cannot be read: it must hold one vkey a line')
    return report.verdict()
  }
  const pinned = (end: string) => pins.filter((one) => one.name.endsWith(`/${end}`))
  const [log, ...others] = pinned('transfers')
  if (log === undefined || others.length > 0) {
    report.add('undecided', 'pin', 'must hold the key of one log (NAME/transfers) that was obtained before')
    return report.verdict()
  }
  if (!(await lstat(dir).catch(() => undefined))?.isDirectory()) {
    report.add('incomplete', 'bundle', 'is not a folder')
    return report.verdict()
  }
  const name = log.name.slice(0, -'/transfers'.length)
  const enrol = pins.find((one) => one.name === `${name}/enrol`)
  const listed = await checkSums(dir, report)
  checkPolicies(listed, report)

  const heads: Checkpoint[] = []
  const first = await checkLog(dir, evidence, { log, enrol }, report)
  if (first !== undefined) {
    heads.push(first.head)
    await checkCopies(dir, first.note, first.head, { log, enrol }, report)
  }
  const accessPin = pins.find((one) => one.name === `${name}/access`)
  const hasAccess = (await lstat(join(dir, 'access')).catch(() => undefined)) !== undefined
  if (hasAccess && accessPin === undefined)
    report.add('undecided', 'access', 'the key of the access log is not pinned')
  if (hasAccess && accessPin !== undefined) {
    const second = await checkLog(dir, access, { log: accessPin, enrol }, report)
    if (second !== undefined) heads.push(second.head)
  }
  const folders = await checkManifest(dir, heads, report)
  if (folders.includes('access') && !hasAccess) report.add('incomplete', 'access', 'is missing')
  return report.verdict()
}

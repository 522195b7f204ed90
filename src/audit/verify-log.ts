/** One log of an export, from its signed head down to each record. */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogRecord, Stream } from '../model/record.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { keyNamed, NoteRefused, openCheckpoint, readVkey } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import {
  emptyRoot,
  hashesOf,
  leafHash,
  readEntries,
  rootOf,
  TileEdge,
  tilePath,
  tileWidth,
} from './merkle.ts'
import type { HashTile } from './merkle.ts'
import { checkRecord, readableLine, RecordInvalid } from './record.ts'
import type { PlacedSeal } from './record.ts'
import { linkIn, originIn, shardName } from './shard.ts'
import type { Earlier } from './verify-earlier.ts'
import { linesOf, readSmall } from './verify-files.ts'
import { followKeys } from './verify-keys.ts'
import { Records, Seals } from './verify-records.ts'
import type { Level, Report } from './verify-report.ts'

const maxEntries = tileWidth * (2 + 65_535)

export interface LogFolder {
  readonly stream: Stream
  readonly folder: string
  /** Where its seals and readable lines are. */
  readonly beside: string
  /** Where its keys are announced. */
  readonly keys: string
}
export const evidence: LogFolder = {
  stream: 'evidence',
  folder: 'log',
  beside: '',
  keys: 'keys/log.rotations.jsonl',
}
export const access: LogFolder = {
  stream: 'access',
  folder: 'access',
  beside: 'access/',
  keys: 'keys/access.rotations.jsonl',
}

const noteProblem: Readonly<Record<NoteRefused['why'], readonly [Level, string]>> = {
  malformed: ['tampered', 'is not a signed checkpoint'],
  signature: ['tampered', 'carries a signature of the pinned key that does not hold'],
  origin: ['tampered', 'speaks of another log than its signature'],
  untrusted: ['tampered', 'is not signed by the pinned key, or the one that followed it'],
}

const openHead = (
  note: string,
  origin: string,
  known: readonly Verifier[],
  path: string,
  report: Report,
): (Checkpoint & { text: string }) | undefined => {
  try {
    return openCheckpoint(
      note,
      known.map((key) => keyNamed(key, origin)),
      origin,
    )
  } catch (error) {
    if (!(error instanceof NoteRefused)) throw error
    const [level, what] = noteProblem[error.why]
    const other = error.why === 'untrusted' && !note.startsWith(`${origin}\n`)
    report.add(other ? 'undecided' : level, path, other ? 'is of a log that is not pinned' : what)
    return undefined
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

/** Hashes of the leaves of one entry bundle, for those that have lost their bytes; the root proves them. */
const tileHashes = async (
  dir: string,
  folder: string,
  first: number,
  width: number,
  report: Report,
): Promise<readonly Buffer[]> => {
  const data = await readSmall(dir, `${folder}/${tilePath(0, Math.floor(first / tileWidth), width)}`, report)
  return data === undefined ? [] : hashesOf(data)
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

export interface LogPins {
  readonly log: Verifier
  readonly enrol: Verifier | undefined
}

/** What is known of a log after the trees that were read. */
interface Reading {
  readonly announcements: readonly Buffer[]
  readonly pinnedEnrol: Verifier | undefined
  readonly earlier: Earlier | undefined
  readonly keys: readonly Verifier[]
  enrol: Verifier | undefined
  records: Records | undefined
  /** Place of the next record, and the head of the tree before it. */
  place: number
  before: Checkpoint | undefined
}

/** Folders of a log's trees in order: `log`, and after it `log-2027h1` … */
const treesIn = async (dir: string, of: LogFolder): Promise<readonly (LogFolder & { name: string })[]> => {
  const names = (await readdir(dir, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(`${of.folder}-`))
    .map((entry) => entry.name.slice(of.folder.length + 1))
    .filter((name) => shardName.test(name))
    .toSorted()
  const later = names.map((name) => {
    const folder = `${of.folder}-${name}`
    return { ...of, name, folder, beside: `${folder}/` }
  })
  return [{ ...of, name: '' }, ...later]
}

/** A log of the bundle: its trees one after the other, and in them each record. */
export const checkLog = async (
  dir: string,
  of: LogFolder,
  pins: LogPins,
  report: Report,
  earlier?: Earlier,
) => {
  const { newest, keys, announcements } = await followKeys(dir, of.keys, pins.log, report)
  const reading: Reading = {
    ...{ announcements, pinnedEnrol: pins.enrol, enrol: pins.enrol, earlier, keys },
    ...{ records: undefined, place: 0, before: undefined },
  }
  const trees = await treesIn(dir, of)
  const heads: Checkpoint[] = []
  let last
  for (const [i, tree] of trees.entries()) {
    const origin = originIn(pins.log.name, tree.name)
    const known = i === trees.length - 1 ? [newest] : keys
    last = await checkTree(dir, tree, { origin, known }, reading, report)
    if (last === undefined) return undefined
    heads.push(last.head)
    if (!last.whole) break
    reading.before = last.head
  }
  if (last === undefined) return undefined
  if (last.whole) reading.records?.done()
  const { note, head, path } = last
  const log = keyNamed(newest, head.origin)
  return { note, head, path, heads, enrol: reading.enrol, log, vkey: newest }
}

const readSome = (body: Buffer | undefined): LogRecord | undefined => {
  try {
    return body === undefined ? undefined : checkRecord(readCanonical(body))
  } catch (error) {
    if (error instanceof NotCanonical || error instanceof RecordInvalid) return undefined
    throw error
  }
}

/** Where a later tree begins: its link must name the final head of the one before. */
const placeOf = (entries: readonly Buffer[], folder: string, reading: Reading, report: Report): number => {
  const { before, place } = reading
  if (before === undefined) return place
  const records = entries.slice(0, 3).map(readSome)
  const link = linkIn(records)
  if (link === undefined) {
    report.add('tampered', folder, 'does not begin with a link to the tree before')
    return place
  }
  const same = link.prev === before.origin && link.size === before.size
  if (!same || link.root !== before.root.toString('hex'))
    report.add('tampered', folder, 'begins with a link to another head than that of the tree before')
  const recover = records[records.indexOf(link) + 1]
  if (recover?.k === 'recover') {
    if (recover.from !== place || recover.to !== link.base || link.base < place)
      report.add('tampered', folder, 'is a recovery from another place than where the tree before ends')
    else
      report.add(
        'incomplete',
        folder,
        `records ${place} to ${link.base - 1} may be missing: the database was restored`,
      )
  } else if (link.base !== place)
    report.add('tampered', folder, 'begins at another place than where the tree before ends')
  return link.base
}

/** One tree of a log, from its signed head down to each record. */
const checkTree = async (
  dir: string,
  { stream, folder, beside }: LogFolder,
  { origin, known }: { readonly origin: string; readonly known: readonly Verifier[] },
  reading: Reading,
  report: Report,
) => {
  const note = (await readSmall(dir, `${folder}/checkpoint`, report))?.toString('utf8')
  const head = note === undefined ? undefined : openHead(note, origin, known, `${folder}/checkpoint`, report)
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
  let base = reading.place
  let decided = false
  const mark = reading.earlier?.markIn(head, reading.keys, `${folder}/checkpoint`)
  const compare = (): void => {
    if (mark?.size === at) reading.earlier?.compare(mark, rootOf(edge.frontier()), `${folder}/checkpoint`)
  }
  let at = 0
  let different = false
  let waiting: { seal: PlacedSeal; bodies: Buffer[]; hashes: Buffer[] } | undefined
  for await (const entries of bundles(dir, folder, head.size, report)) {
    if (!decided) {
      decided = true
      base = placeOf(entries, folder, reading, report)
      if (reading.before === undefined) beginReading(entries, stream, folder, reading, report)
      reading.records?.shard(base)
    }
    const kept = entries.some((body) => body.length === 0)
      ? await tileHashes(dir, folder, at, entries.length, report)
      : undefined
    // without the tile nobody knows what was there
    if (kept?.length === 0) break
    for (const [i, body] of entries.entries()) {
      const hash = body.length === 0 ? (kept?.[i] ?? emptyRoot) : leafHash(body)
      edge.push(hash, (tile) => full.push(tile))
      if (waiting === undefined) {
        const seal = await seals.at(base + at)
        if (seal !== undefined) waiting = { seal, bodies: [], hashes: [] }
      }
      waiting?.bodies.push(body)
      waiting?.hashes.push(hash)
      if (waiting?.bodies.length === waiting?.seal.n && waiting !== undefined) {
        reading.records?.batch(waiting.seal, waiting.bodies, waiting.hashes)
        waiting = undefined
      }
      if (readable !== undefined && !different) {
        const line = await readable.next()
        different =
          line.done === true || line.value.toString('latin1') !== readableLine(base + at, hash, body)
        if (different)
          report.add('tampered', `${beside}entries.jsonl`, `line ${at + 1} does not say what the record says`)
      }
      at += 1
      compare()
    }
    for (const tile of full.splice(0)) await checkTile(dir, folder, tile, report)
    await reading.records?.settle()
  }
  for (let round = 0; round < 2; round += 1) await reading.records?.settle()
  if (at === head.size) {
    for (const tile of edge.partial()) await checkTile(dir, folder, tile, report)
    if (!rootOf(edge.frontier()).equals(head.root))
      report.add('tampered', folder, 'the records do not make the signed root')
    if (waiting !== undefined)
      report.add('tampered', `${beside}batches.jsonl`, 'the last seal covers records that are not there')
    else await seals.end(base + head.size)
    if (!different && readable !== undefined && (await readable.next()).done !== true)
      report.add('tampered', `${beside}entries.jsonl`, 'has more lines than the log has records')
  }
  reading.place = base + head.size
  return { note, head, path: `${folder}/checkpoint`, whole: at === head.size }
}

/** The first records of the log say which enrolment key counts. */
const beginReading = (
  entries: readonly Buffer[],
  stream: Stream,
  folder: string,
  reading: Reading,
  report: Report,
): void => {
  reading.enrol = enrolmentOf(entries, reading.pinnedEnrol, report)
  if (reading.enrol !== undefined)
    reading.records = new Records(stream, reading.enrol.key, report, reading.announcements)
  else
    report.add('undecided', folder, 'no enrolment key is pinned or named by the log: seals were not checked')
}

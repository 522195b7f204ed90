/**
 * How far an export has come: a file of lines beside the half bundle, so that one that was broken off goes on. The first
 * line says what was asked and of which heads; each later one is a mark: what is whole since the last, and how long the
 * growing file of a tree was. Written after what it speaks of is on the disk; a last line without its end never was.
 *
 *     {"format":"douane-export-progress-v1","heads":[{"note":…,"shard":"","size":9,"stream":"evidence"}],"made":…,"question":…}
 *     {"files":[["log/tile/0/000",8192,"<sha256>"]],"tree":{"at":"log","leaves":256,"path":"entries.jsonl","sha256":…,"size":…}}
 *     {"files":[…],"stage":"log"}
 */
import type { Misconfigured } from '../errors.ts'
import { streams } from '../model/record.ts'
import type { Stream } from '../model/record.ts'
import { canonical, NotCanonical, readCanonical } from './canonical.ts'
import { beginAnew, safePath } from './bundle-folder.ts'
import type { Closed } from './bundle-folder.ts'

/** A signed head that the export is of, though the log may have grown since. */
export interface PinnedHead {
  readonly stream: Stream
  /** Name of its tree. */
  readonly shard: string
  readonly size: number
  readonly note: string
}

export interface Begun {
  /** RFC 3339. */
  readonly made: string
  /** Canonical JSON of what was asked, of which log. */
  readonly question: string
  readonly heads: readonly PinnedHead[]
}

/** A tree that is being written: leaves so far, all in whole tiles, and its readable lines so far. */
export interface TreeMark {
  readonly at: string
  readonly leaves: number
  readonly path: string
  readonly size: number
  readonly sha256: string
}

export interface Mark {
  readonly files: readonly Closed[]
  readonly tree?: TreeMark
  /** A part of the export that is whole with this mark: a tree by its folder, `views`. */
  readonly stage?: string
}

export interface Progress {
  readonly begun: Begun
  readonly files: ReadonlyMap<string, Closed>
  readonly trees: ReadonlyMap<string, TreeMark>
  readonly stages: ReadonlySet<string>
  /** Bytes of the lines that are whole: what comes after them was never written. */
  readonly length: number
}

const format = 'douane-export-progress-v1'

export const beginLine = ({ made, question, heads }: Begun): Buffer =>
  Buffer.concat([canonical({ format, made, question, heads: heads.map((one) => ({ ...one })) }), newline])

export const markLine = ({ files, tree, stage }: Mark): Buffer =>
  Buffer.concat([
    canonical({
      files: files.map(({ path, size, sha256 }) => [path, size, sha256]),
      ...(tree === undefined ? {} : { tree: { ...tree } }),
      ...(stage === undefined ? {} : { stage }),
    }),
    newline,
  ])

const newline = Buffer.from('\n')

const unreadable = (): Misconfigured =>
  beginAnew(
    'The note of how far the export had come cannot be read',
    "La note d'avancement de l'export est illisible",
  )

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isSum = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const isPath = (value: unknown): value is string => typeof value === 'string' && safePath(value)

const headIn = (value: unknown): PinnedHead => {
  if (!isFields(value)) throw unreadable()
  const { stream, shard, size, note } = value
  if (typeof stream !== 'string' || !Object.hasOwn(streams, stream)) throw unreadable()
  if (typeof shard !== 'string' || typeof note !== 'string' || !isCount(size)) throw unreadable()
  return { stream: stream as Stream, shard, size, note }
}

const begunIn = (value: unknown): Begun => {
  if (!isFields(value) || value.format !== format || !Array.isArray(value.heads)) throw unreadable()
  const { made, question } = value
  if (typeof made !== 'string' || Number.isNaN(Date.parse(made)) || typeof question !== 'string')
    throw unreadable()
  return { made, question, heads: value.heads.map(headIn) }
}

const closedIn = (value: unknown): Closed => {
  const [path, size, sha256] = Array.isArray(value) ? (value as unknown[]) : []
  if (!isPath(path) || !isCount(size) || !isSum(sha256)) throw unreadable()
  return { path, size, sha256 }
}

const treeIn = (value: unknown): TreeMark => {
  if (!isFields(value)) throw unreadable()
  const { at, leaves, path, size, sha256 } = value
  if (!isPath(at) || !isCount(leaves) || leaves % 256 !== 0 || !isPath(path)) throw unreadable()
  if (!isCount(size) || !isSum(sha256)) throw unreadable()
  return { at, leaves, path, size, sha256 }
}

const lineIn = (line: Buffer): unknown => {
  try {
    return readCanonical(line)
  } catch (error) {
    if (error instanceof NotCanonical) throw unreadable()
    throw error
  }
}

/** 256 MiB: the marks of some hundred million records. */
export const mostProgress = 1 << 28

/** Undefined if not even the first line is whole: nothing was begun. @throws Misconfigured if it cannot be read */
export const readProgress = (bytes: Buffer): Progress | undefined => {
  if (bytes.length > mostProgress) throw unreadable()
  const files = new Map<string, Closed>()
  const trees = new Map<string, TreeMark>()
  const stages = new Set<string>()
  let begun: Begun | undefined
  let from = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
    const value = lineIn(bytes.subarray(from, end))
    from = end + 1
    if (begun === undefined) {
      begun = begunIn(value)
      continue
    }
    if (!isFields(value) || !Array.isArray(value.files)) throw unreadable()
    for (const file of value.files.map(closedIn)) files.set(file.path, file)
    if (value.tree !== undefined) {
      const tree = treeIn(value.tree)
      trees.set(tree.at, tree)
    }
    if (value.stage !== undefined) {
      if (typeof value.stage !== 'string') throw unreadable()
      stages.add(value.stage)
      trees.delete(value.stage)
    }
  }
  return begun === undefined ? undefined : { begun, files, trees, stages, length: from }
}

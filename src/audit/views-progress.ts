/**
 * How far the views of an export have come: one file beside the half bundle, replaced whole at each mark, after what it
 * speaks of is on the disk. What the writer of the views remembers (`state`) is his own affair; it is kept as JSON.
 *
 *     {"files":[["views/transfers.csv",8192,"<sha256>"]],"format":…,"next":16384,"of":…,"state":…}
 */
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Misconfigured } from '../errors.ts'
import { beginAnew, safePath } from './bundle-folder.ts'
import type { BundleFolder, Closed, OpenFile, Written } from './bundle-folder.ts'

export interface ViewsMark {
  /** In which words they are told: a half that was told otherwise is told anew. */
  readonly of: string
  /** Place of the first record that they do not tell yet. */
  readonly next: number
  readonly state: unknown
  /** The growing files as far as they are written. */
  readonly files: readonly Closed[]
}

const format = 'douane-export-views-v1'

const unreadable = (): Misconfigured =>
  beginAnew(
    'The note of how far the views had come cannot be read',
    "La note d'avancement des vues est illisible",
  )

const fileIn = (value: unknown): Closed => {
  const [path, size, sha256] = Array.isArray(value) ? (value as unknown[]) : []
  const right =
    typeof path === 'string' &&
    safePath(path) &&
    Number.isSafeInteger(size) &&
    Number(size) >= 0 &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256)
  if (!right) throw unreadable()
  return { path, size: Number(size), sha256 }
}

/** Undefined if there is none. @throws Misconfigured if it cannot be read */
export const readViewsMark = async (path: string): Promise<ViewsMark | undefined> => {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unreadable()
  }
  const fields = (typeof value === 'object' ? (value ?? {}) : {}) as Readonly<Record<string, unknown>>
  const { of, next, files, state } = fields
  if (fields.format !== format || typeof of !== 'string' || !Array.isArray(files)) throw unreadable()
  if (!Number.isSafeInteger(next) || Number(next) < 0) throw unreadable()
  return { of, next: Number(next), state, files: files.map(fileIn) }
}

/** Durable when it resolves; the mark before stands until then. */
const writeViewsMark = async (path: string, { of, next, state, files }: ViewsMark): Promise<void> => {
  const rows = files.map(({ path: name, size, sha256 }) => [name, size, sha256])
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify({ files: rows, format, next, of, state }))
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const usualMark = 16_384
/** However slow the reading: about so much is told again after a kill. */
const markWithinMs = 2_000

/** The folder of an export for whoever writes its views: what a mark covers is not written again. */
export class ViewsFolder {
  readonly #folder: BundleFolder
  readonly #path: string
  readonly #of: string
  readonly #markEvery: number
  readonly #begun: ViewsMark | undefined
  readonly #files = new Map<string, OpenFile>()
  #marked: { next: number; time: number }

  private constructor(
    folder: BundleFolder,
    path: string,
    of: string,
    begun: ViewsMark | undefined,
    every: number,
  ) {
    this.#folder = folder
    this.#path = path
    this.#of = of
    this.#begun = begun
    this.#markEvery = every
    this.#marked = { next: begun?.next ?? 0, time: performance.now() }
  }

  /** @param of in which words they are told now */
  static async open(
    folder: BundleFolder,
    path: string,
    mark: ViewsMark | undefined,
    of: string,
    markEvery = usualMark,
  ): Promise<ViewsFolder> {
    const begun = mark?.of === of ? mark : undefined
    if (begun === undefined)
      for (const one of mark?.files ?? []) await rm(folder.place(one.path), { force: true })
    return new ViewsFolder(folder, path, of, begun, markEvery)
  }

  /** Where an earlier run has come to; undefined: at the beginning. */
  get begun(): Pick<ViewsMark, 'next' | 'state'> | undefined {
    return this.#begun
  }

  /** A file that grows, from where the mark is. @throws Misconfigured if it is not as it was */
  async open(path: string): Promise<{ write(bytes: Buffer): Promise<void>; close(): Promise<void> }> {
    const from: Written | undefined = this.#begun?.files.find((one) => one.path === path)
    const file = await this.#folder.open(path, from)
    this.#files.set(path, file)
    return {
      write: (bytes) => file.write(bytes),
      close: async () => {
        this.#files.delete(path)
        await file.close()
      },
    }
  }

  /** Whether it is time for a mark. */
  due(next: number): boolean {
    const { next: last, time } = this.#marked
    return next - last >= this.#markEvery || (next % 256 === 0 && performance.now() - time > markWithinMs)
  }

  /** All before that place is told, and all of it is handed over. @param state what a later run needs to go on */
  async mark(next: number, state: unknown): Promise<void> {
    const files: Closed[] = []
    for (const [path, file] of this.#files) files.push({ path, ...(await file.sync()) })
    await writeViewsMark(this.#path, { of: this.#of, next, state, files })
    this.#marked = { next, time: performance.now() }
  }
}

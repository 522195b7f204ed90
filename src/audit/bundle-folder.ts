/** The folder of an export while it is written: private modes, safe names, a checksum of every file. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, mkdir, open, truncate } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Misconfigured } from '../errors.ts'

export interface OpenFile {
  write(bytes: Buffer): Promise<void>
  /** What was written so far is on the disk. */
  sync(): Promise<Written>
  close(): Promise<void>
}

/** Bytes, and their SHA-256 in hex. */
export interface Written {
  readonly size: number
  readonly sha256: string
}

/** A file that is whole. */
export interface Closed extends Written {
  readonly path: string
}

export const safePath = (path: string): boolean =>
  /^[^\\\p{C}]{1,1024}$/u.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const bufferSize = 1 << 16

/** A half export cannot go on. @param en why, as it goes before what to do */
export const beginAnew = (en: string, fr: string): Misconfigured =>
  new Misconfigured(
    `${en}: remove the half export (….part) and begin anew.`,
    `${fr} : supprimez l'export inachevé (….part) et recommencez.`,
  )

const changed = (): Misconfigured =>
  beginAnew(
    'A file of the half export is not as it was written',
    "Un fichier de l'export inachevé n'est plus tel qu'il a été écrit",
  )

const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r')
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}

export class BundleFolder {
  readonly #root: string
  #closed: Closed[] = []
  readonly #open = new Set<FileHandle>()
  readonly #kept = new Map<string, string>()
  readonly #sums = new Map<string, string>()
  readonly #made = new Set<string>()

  constructor(root: string) {
    this.#root = root
  }

  get count(): number {
    return this.#sums.size
  }

  /** Where a file of the folder is. */
  place(path: string): string {
    return join(this.#root, path)
  }

  async begin(): Promise<void> {
    await mkdir(this.#root, { mode: 0o700 })
  }

  /** Takes a file that an earlier run has closed. @throws Misconfigured if it is not as it was */
  async keep({ path, size, sha256 }: Closed): Promise<void> {
    const found = await this.#hash(path, size)
    if (found.size !== size || found.hash.digest('hex') !== sha256) throw changed()
    this.#sums.set(path, sha256)
    this.#kept.set(path, sha256)
  }

  /** The running hash of the first `size` bytes. @throws Misconfigured if there are fewer */
  async #hash(path: string, size: number) {
    const at = join(this.#root, path)
    const there = await lstat(at).catch(() => undefined)
    if (there?.isFile() !== true || there.size < size) throw changed()
    const hash = createHash('sha256')
    if (size > 0) await pipeline(createReadStream(at, { end: size - 1 }), hash, { end: false })
    return { hash, size: there.size }
  }

  /** Files closed since the last call; they are on the disk. */
  async settled(): Promise<readonly Closed[]> {
    const closed = this.#closed
    this.#closed = []
    for (let i = 0; i < closed.length; i += 32)
      await Promise.all(closed.slice(i, i + 32).map(({ path }) => syncFile(join(this.#root, path))))
    return closed
  }

  /**
   * A file that grows; small writes are gathered.
   * @param from what an earlier run has written of it: what comes after is cut off
   * @throws Misconfigured for a name that would leave the folder, or a file that is not as it was
   */
  async open(path: string, from?: Written): Promise<OpenFile> {
    if (!safePath(path) || this.#sums.has(path))
      throw new Misconfigured(
        'A file of the export has a name that cannot be used.',
        "Un fichier de l'export a un nom inutilisable.",
      )
    this.#sums.set(path, '')
    const folder = dirname(join(this.#root, path))
    if (!this.#made.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 })
    this.#made.add(folder)
    let sum = createHash('sha256')
    if (from !== undefined) {
      sum = (await this.#hash(path, from.size)).hash
      if (sum.copy().digest('hex') !== from.sha256) throw changed()
      await truncate(join(this.#root, path), from.size)
    }
    const file = await open(join(this.#root, path), from === undefined ? 'wx' : 'a', 0o600)
    this.#open.add(file)
    let size = from?.size ?? 0
    let waiting: Buffer[] = []
    let length = 0
    const flush = async (): Promise<void> => {
      const bytes = Buffer.concat(waiting)
      sum.update(bytes)
      size += bytes.length
      await file.writeFile(bytes)
      waiting = []
      length = 0
    }
    return {
      write: async (bytes) => {
        waiting.push(bytes)
        length += bytes.length
        if (length >= bufferSize) await flush()
      },
      sync: async () => {
        await flush()
        await file.datasync()
        return { size, sha256: sum.copy().digest('hex') }
      },
      close: async () => {
        await flush()
        await file.close()
        this.#open.delete(file)
        const sha256 = sum.digest('hex')
        this.#sums.set(path, sha256)
        this.#closed.push({ path, size, sha256 })
      },
    }
  }

  /** A whole file. What an earlier run has written is there already. @throws Misconfigured if that was something else */
  async write(path: string, bytes: Buffer): Promise<void> {
    const kept = this.#kept.get(path)
    if (kept !== undefined && kept !== createHash('sha256').update(bytes).digest('hex')) throw changed()
    if (this.#kept.delete(path)) return
    const file = await this.open(path)
    await file.write(bytes)
    await file.close()
  }

  /** Closes what a failure has left open. */
  async abandon(): Promise<void> {
    await Promise.allSettled([...this.#open].map((file) => file.close()))
  }

  /** `sha256sum -c SHA256SUMS` reads it. */
  async sums(): Promise<void> {
    const lines = [...this.#sums]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, sum]) => `${sum}  ${path}\n`)
    const file = await open(join(this.#root, 'SHA256SUMS'), 'wx', 0o600)
    await file.writeFile(lines.join(''))
    await file.datasync()
    await file.close()
  }
}

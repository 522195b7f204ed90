/** The folder of an export while it is written: private modes, safe names, a checksum of every file. */
import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Misconfigured } from '../errors.ts'

export interface OpenFile {
  write(bytes: Buffer): Promise<void>
  close(): Promise<void>
}

const safe = (path: string): boolean =>
  /^[^\\\p{C}]{1,1024}$/u.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const bufferSize = 1 << 16

export class BundleFolder {
  readonly #root: string
  readonly #sums = new Map<string, string>()
  readonly #made = new Set<string>()

  constructor(root: string) {
    this.#root = root
  }

  get count(): number {
    return this.#sums.size
  }

  async begin(): Promise<void> {
    await mkdir(this.#root, { mode: 0o700 })
  }

  /** A file that grows; small writes are gathered. @throws Misconfigured for a name that would leave the folder */
  async open(path: string): Promise<OpenFile> {
    if (!safe(path) || this.#sums.has(path))
      throw new Misconfigured('A file of the export has a name that cannot be used.')
    this.#sums.set(path, '')
    const folder = dirname(join(this.#root, path))
    if (!this.#made.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 })
    this.#made.add(folder)
    const file = await open(join(this.#root, path), 'wx', 0o600)
    const sum = createHash('sha256')
    let waiting: Buffer[] = []
    let length = 0
    const flush = async (): Promise<void> => {
      const bytes = Buffer.concat(waiting)
      sum.update(bytes)
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
      close: async () => {
        await flush()
        await file.close()
        this.#sums.set(path, sum.digest('hex'))
      },
    }
  }

  async write(path: string, bytes: Buffer): Promise<void> {
    const file = await this.open(path)
    await file.write(bytes)
    await file.close()
  }

  /** `sha256sum -c SHA256SUMS` reads it. */
  async sums(): Promise<void> {
    const lines = [...this.#sums]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, sum]) => `${sum}  ${path}\n`)
    const file = await open(join(this.#root, 'SHA256SUMS'), 'wx', 0o600)
    await file.writeFile(lines.join(''))
    await file.close()
  }
}

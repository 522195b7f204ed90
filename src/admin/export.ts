/** The auditor's bundle over the API: made in a folder of the home, streamed as a tar, and gone when it has been read. */
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'
import { Refused } from '../errors.ts'
import type { ReportAsk } from '../report/ask.ts'
import type { Lang } from '../lang.ts'

export interface MadeExport {
  readonly folder: string
  readonly records: number
  remove(): Promise<void>
}

/** Makes the folder. @throws Misconfigured if nothing is signed yet */
export type MakeExport = (ask: {
  readonly ask: Omit<ReportAsk, 'clients'>
  /** Whom its reader is limited to. */
  readonly clients?: readonly string[] | undefined
  readonly withAccess: boolean
  readonly lang: Lang
}) => Promise<MadeExport>

async function* filesOf(folder: string, at = folder): AsyncGenerator<string> {
  const entries = await readdir(at, { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(at, entry.name)
    if (entry.isDirectory()) yield* filesOf(folder, path)
    else yield path
  }
}

/** File after file, each as fast as the reader takes it; what fails midway cuts the answer, so that it is not taken for whole. */
const stream = (folder: string, gone: () => Promise<void>): Readable => {
  const tar = pack()
  const fill = async (): Promise<void> => {
    for await (const path of filesOf(folder)) {
      const { size, mtime } = await stat(path)
      const entry = tar.entry({ name: `export/${relative(folder, path)}`, size, mtime, mode: 0o600 })
      await pipeline(createReadStream(path), entry)
    }
    tar.finalize()
  }
  // `close` comes after the end and after a reader that went away.
  tar.on('close', () => void gone().catch(() => undefined))
  fill().catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error('export')))
  // The tar is a stream of another kind: Koa knows Node's.
  return Readable.from(tar, { objectMode: false })
}

/** One at a time: each costs a copy of the log on the disk. */
export const exporter = (make: MakeExport) => {
  let busy = false
  return async (
    ask: Parameters<MakeExport>[0],
  ): Promise<{ readonly body: Readable; readonly records: number }> => {
    if (busy)
      throw new Refused('BUSY', {
        en: 'Another export is being made: ask again when it has ended.',
        fr: 'Un autre export est en cours : réessayez quand il sera terminé.',
      })
    busy = true
    let made: MadeExport | undefined
    const gone = async (): Promise<void> => {
      busy = false
      await made?.remove()
    }
    try {
      made = await make(ask)
      return { body: stream(made.folder, gone), records: made.records }
    } catch (error) {
      await gone()
      throw error
    }
  }
}

/**
 * The auditor's bundle over the API: made in a folder of the home, packed as one tar, streamed. An answer that was cut is
 * gone on with by Range (RFC 9110 §14, as `curl -C -` asks): for a while the tar is kept for whom it was made.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'
import { Refused } from '../errors.ts'
import type { Lang } from '../lang.ts'
import type { ReportAsk } from '../report/ask.ts'

export interface MadeExport {
  readonly folder: string
  readonly records: number
  /** Removes the folder and what lies beside it. */
  remove(): Promise<void>
}

export interface ExportAsk {
  readonly ask: Omit<ReportAsk, 'clients'>
  /** Whom its reader is limited to. */
  readonly clients?: readonly string[] | undefined
  readonly withAccess: boolean
  readonly lang: Lang
}

/** Makes the folder. @throws Misconfigured if nothing is signed yet */
export type MakeExport = (ask: ExportAsk) => Promise<MadeExport>

/** Who asks, whether for the head of the answer alone, and the headers with which he goes on. */
export interface Asker {
  readonly who: string
  readonly headOnly?: boolean
  readonly range?: string | undefined
  readonly ifRange?: string | undefined
}

export interface ExportAnswer {
  readonly status: 200 | 206 | 416
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable | string
  readonly records: number
}

async function* filesOf(folder: string, at = folder): AsyncGenerator<string> {
  const entries = await readdir(at, { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(at, entry.name)
    if (entry.isDirectory()) yield* filesOf(folder, path)
    else yield path
  }
}

/** The folder as a tar beside it. Each file goes when it is packed: the log is on the disk once more, not twice. */
const packed = async (folder: string): Promise<string> => {
  const tar = pack()
  const file = `${folder}.tar`
  const fill = async (): Promise<void> => {
    for await (const path of filesOf(folder)) {
      const { size, mtime } = await stat(path)
      const entry = tar.entry({ name: `export/${relative(folder, path)}`, size, mtime, mode: 0o600 })
      await pipeline(createReadStream(path), entry)
      await rm(path)
    }
    tar.finalize()
  }
  await Promise.all([
    pipeline(tar, createWriteStream(file, { mode: 0o600 })),
    fill().catch((error: unknown) => {
      tar.destroy(error instanceof Error ? error : new Error('export'))
      throw error
    }),
  ])
  return file
}

/** A made export, for as long as somebody may go on with it. */
interface Kept {
  /** Who asked what. */
  readonly question: string
  readonly file: string
  readonly size: number
  /** A strong one: the bytes under it never change. */
  readonly etag: string
  readonly records: number
  readonly remove: () => Promise<void>
  reader?: Readable
  timer?: NodeJS.Timeout
}

/**
 * Where to go on; undefined: from the beginning, as for all ranges that need not be understood, and for all methods but
 * GET (RFC 9110 §14.2).
 */
const startOf = ({ range = '', headOnly = false }: Asker): number | undefined => {
  const [, digits] = (headOnly ? null : /^bytes=(\d+)-$/i.exec(range)) ?? []
  return digits === undefined ? undefined : Number(digits)
}

const busyNow = () =>
  new Refused('BUSY', {
    en: 'Another export is being made: ask again when it has ended.',
    fr: 'Un autre export est en cours : réessayez quand il sera terminé.',
  })

/** Who has the last byte may ask anew before this end has seen its file closed. */
const closingMs = 1_000
const isRead = async (reader: Readable | undefined): Promise<boolean> => {
  if (reader === undefined || reader.closed) return true
  try {
    await once(reader, 'close', { signal: AbortSignal.timeout(closingMs) })
    return true
  } catch {
    return reader.closed
  }
}

/** After a cut; after a whole answer, of which the end may be lost on the way. */
const keptMs = { cut: 600_000, whole: 60_000 }

/** One at a time: each costs a copy of the log on the disk. */
export const exporter = (make: MakeExport) => {
  let making = false
  let kept: Kept | undefined

  const drop = async (): Promise<void> => {
    const gone = kept
    kept = undefined
    clearTimeout(gone?.timer)
    gone?.reader?.destroy()
    await gone?.remove()
  }

  /** From now on it is kept for so long. */
  const keepFor = (of: Kept, ms: number): void => {
    clearTimeout(of.timer)
    of.timer = setTimeout(() => void (kept === of ? drop().catch(() => undefined) : undefined), ms).unref()
  }

  /** The head of the whole answer: nobody's reading is disturbed. */
  const headOf = (of: Kept): ExportAnswer => {
    if (of.reader?.closed !== false) keepFor(of, keptMs.cut)
    const headers = { etag: of.etag, 'accept-ranges': 'bytes', 'content-length': String(of.size) }
    return { status: 200, headers, body: '', records: of.records }
  }

  const answer = (of: Kept, start: number): ExportAnswer => {
    const { size, etag, records } = of
    if (start >= size)
      return { status: 416, headers: { 'content-range': `bytes */${size}` }, body: '', records: 0 }
    clearTimeout(of.timer)
    // A reader whose line is dead, which this end may not have noticed yet.
    of.reader?.destroy()
    const body = createReadStream(of.file, { start })
    of.reader = body
    body.on('close', () => {
      if (of.reader !== body || kept !== of) return
      keepFor(of, body.readableEnded ? keptMs.whole : keptMs.cut)
    })
    const headers = { etag, 'accept-ranges': 'bytes', 'content-length': String(size - start) }
    if (start === 0) return { status: 200, headers, body, records }
    const range = { 'content-range': `bytes ${start}-${size - 1}/${size}` }
    return { status: 206, headers: { ...headers, ...range }, body, records }
  }

  const anew = async (ask: ExportAsk, question: string): Promise<Kept> => {
    await drop()
    const { folder, records, remove } = await make(ask)
    try {
      const file = await packed(folder)
      const { size } = await stat(file)
      return { question, file, size, etag: `"${randomUUID()}"`, records, remove }
    } catch (error) {
      await remove()
      throw error
    }
  }

  return {
    /** @throws Refused BUSY; Misconfigured */
    async ask(ask: ExportAsk, asker: Asker): Promise<ExportAnswer> {
      if (making) throw busyNow()
      const question = JSON.stringify({ who: asker.who, ...ask })
      const start = startOf(asker)
      const same = asker.ifRange === undefined || asker.ifRange === kept?.etag
      if (kept?.question === question && asker.headOnly === true) return headOf(kept)
      if (start !== undefined && kept?.question === question && same) return answer(kept, start)
      making = true
      try {
        if (!(await isRead(kept?.reader))) throw busyNow()
        kept = await anew(ask, question)
        return asker.headOnly === true ? headOf(kept) : answer(kept, 0)
      } finally {
        making = false
      }
    },
    /** Removes what is kept. */
    stop: drop,
  }
}

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isHeld } from '../train/random.ts'
import type { Gold } from './score.ts'

/** A labelled text: offsets in UTF-16 code units, types as `accepted` (score.ts) names them. */
export interface Labelled {
  readonly id: string
  readonly lang: string
  readonly text: string
  readonly spans: readonly Gold[]
}

export interface Corpus {
  readonly name: string
  readonly docs: readonly Labelled[]
}

/** held: what training never read · tune: what may be looked at · all */
export type Half = 'held' | 'tune' | 'all'

/** Corpora of which only some spans are labelled: what else is found there is not known to be wrong. */
export const partly: readonly string[] = [
  'en-tab-echr',
  'en-sgd',
  'fr-rgpdpseudo',
  'en-lifebench',
  'de-mobie',
]

const isCorpus = (file: string): boolean => /\.jsonl(\.gz)?$/.test(file)

/** The folder with labelled texts: the one that is named, or its `dev`; null if neither holds one. */
export const folderOf = (named: string): string | null =>
  [named, join(named, 'dev')].find((one) => existsSync(one) && readdirSync(one).some(isCorpus)) ?? null

/**
 * The corpora of a folder: `*.jsonl` or `*.jsonl.gz`, one record a line, {"id","lang","text","spans":[{"start","end","type"}]}.
 * @param only part of a file's name
 * @param most documents of a corpus and language, evenly chosen; silent: all
 */
export const readCorpora = (folder: string, half: Half, only = '', most = Infinity): Corpus[] =>
  readdirSync(folder)
    .filter((file) => isCorpus(file) && file.includes(only))
    .sort()
    .map((file) => {
      const bytes = readFileSync(join(folder, file))
      const docs = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Labelled)
        .filter(({ id }) => half === 'all' || isHeld(id) === (half === 'held'))
      return { name: file.replace(/\.jsonl(\.gz)?$/, ''), docs: capped(docs, most) }
    })

const capped = (docs: readonly Labelled[], most: number): Labelled[] =>
  [...Map.groupBy(docs, ({ lang }) => lang).values()].flatMap((list) => {
    const step = Math.max(1, list.length / most)
    return list.filter((_, at) => Math.floor(at / step) > Math.floor((at - 1) / step))
  })

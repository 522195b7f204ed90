/**
 * The log in plain words, for an auditor with two hours: what went when, of whom, where, on what ground, what was done
 * and why, under which policy by whose approval. For reading; the authority is the tree beside it.
 *
 *     views/transfers.csv  transfers.jsonl   one line a transfer or refusal
 *     views/open.csv                         intents without outcome: may have been sent
 *     views/events.csv                       starts, policies, keys, overrides, reveals, erasures …
 *     views/register.csv                     country × provider × category × ground
 *     views/statistics.json  about.json      counts; what was asked
 */
import type { TreatmentName } from '../model/category.ts'
import type { Counts, LogRecord } from '../model/record.ts'
import type { Both } from '../lang.ts'
import { escapeJson } from '../telemetry/escape.ts'
import { type ReportAsk, meets } from './ask.ts'
import { csv } from './csv.ts'
import { toldTo } from './limited.ts'
import { type OtherLine, type StoredBody, type TransferLine, isTransfer, OpenTransfers } from './lines.ts'
import { registerSheet } from './sheets.ts'
import { type RegisterRow, makeRegister } from './transfer-register.ts'
import { treatmentNames } from '../policy/treatment-words.ts'
import { type Words, endNames, verdictNames } from './words.ts'

export interface ViewFile {
  write(bytes: Buffer): Promise<void>
  close(): Promise<void>
}

/** Where views are written; one that was broken off goes on at its last mark. */
export interface ViewFolder {
  /** Place of the next record, and what was remembered, at that mark; undefined: nothing is written. */
  readonly begun: { readonly next: number; readonly state: unknown } | undefined
  /** From where the mark is. */
  open(path: string): Promise<ViewFile>
  due(next: number): boolean
  /** All before that place is handed over. */
  mark(next: number, state: unknown): Promise<void>
}

/** Why a rule spoke, in the reader's language; undefined for what is no rule of that bundle (a default). */
export type Because = (bundle: string, rule: string) => Promise<string | undefined>

const columns = [
  'index',
  'when',
  'transfer',
  'client',
  'provider',
  'purpose',
  'countries',
  'ground',
  'verdict',
  'categories',
  'why',
  'policy',
  'approved_by',
  'end',
  'status',
  'restored',
  'unresolved',
] as const
type Told = Readonly<Record<(typeof columns)[number], string | number>>

/** `names: pseudonymised (2), in clear (1)` */
const treated = (cats: Counts, { category, lang }: Words): string =>
  Object.entries(cats)
    .map(([id, counts]) => {
      const done = Object.entries(counts).map(
        ([treatment, n]) =>
          `${Object.hasOwn(treatmentNames, treatment) ? treatmentNames[treatment as TreatmentName][lang] : treatment} (${n})`,
      )
      return `${category(id)}${lang === 'fr' ? ' : ' : ': '}${done.join(', ')}`
    })
    .join(lang === 'fr' ? ' ; ' : '; ')

const once = (list: readonly string[]): string[] => [...new Set(list)]

const tell = async (
  { index, record, outcome }: TransferLine,
  approvals: ReadonlyMap<string, string>,
  words: Words,
  because: Because,
): Promise<Told> => {
  const { say, country, ground, lang } = words
  const why: string[] = []
  for (const rule of record.rules) {
    const sentence = await because(record.bundle, rule)
    why.push(sentence === undefined ? rule : `${rule}${lang === 'fr' ? ' : ' : ': '}${sentence}`)
  }
  const sent = record.k === 'intent'
  const grounds = sent
    ? record.ground.map(
        (id, leg) => `${ground(id)}${record.ground_ref[leg] ? ` (${record.ground_ref[leg]})` : ''}`,
      )
    : []
  return {
    index,
    when: record.t,
    transfer: record.tid,
    client: record.client,
    provider: record.provider,
    purpose: record.purpose,
    countries: sent ? once(record.countries.map(country)).join(', ') : '',
    ground: once(grounds).join(', '),
    verdict: sent ? say(verdictNames[record.verdict]) : `${say(verdictNames.refuse)} (${record.code})`,
    categories: treated(record.cats, words),
    why: why.join(' | '),
    policy: record.bundle,
    approved_by: approvals.get(record.bundle) ?? '',
    end: sent ? say(endNames[outcome?.end ?? 'open']) : '',
    status: outcome?.status ?? '',
    restored: outcome?.restored ?? '',
    unresolved: outcome?.unresolved ?? '',
  }
}

/** What a record that is no transfer says, without what chains it. */
const eventOf = ({ index, record }: OtherLine): (string | number)[] => {
  const { v: _v, k, t, inst, boot: _b, iseq: _i, iprev: _p, ...said } = record as LogRecord & { boot: string }
  return [index, t, k, inst, JSON.stringify(said)]
}

const rowsAtOnce = 500

/** Rows of a file, gathered. @param begun its head is there already */
const cells = async (folder: ViewFolder, path: string, head: readonly string[], begun: boolean) => {
  const file = await folder.open(path)
  if (!begun) await file.write(Buffer.from(csv([], head)))
  let rows: (readonly (string | number)[])[] = []
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await file.write(Buffer.from(csv(rows)))
    rows = []
  }
  return {
    flush,
    async add(row: readonly (string | number)[]) {
      if (rows.push(row) >= rowsAtOnce) await flush()
    },
    async close() {
      await flush()
      await file.close()
    },
  }
}

interface Statistics {
  transfers: number
  refusals: number
  open: number
  readonly byProvider: Record<string, { allow: number; treat: number; refuse: number }>
  readonly byCode: Record<string, number>
  readonly byEnd: Record<string, number>
  readonly byKind: Record<string, number>
}

const more = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1
}

const count = (statistics: Statistics, { record, outcome }: TransferLine): void => {
  const of = (statistics.byProvider[record.provider] ??= { allow: 0, treat: 0, refuse: 0 })
  if (record.k === 'refusal') {
    statistics.refusals += 1
    of.refuse += 1
    more(statistics.byCode, record.code)
    return
  }
  statistics.transfers += 1
  of[record.verdict] += 1
  more(statistics.byEnd, outcome?.end ?? 'open')
  if (outcome === undefined) statistics.open += 1
}

const noStatistics = (): Statistics => ({
  ...{ transfers: 0, refusals: 0, open: 0 },
  ...{ byProvider: {}, byCode: {}, byEnd: {}, byKind: {} },
})

/** What is remembered from one mark to the next run. Of open intents the places: they are read again. */
interface State {
  readonly approvals: readonly (readonly [string, string])[]
  readonly statistics: Statistics
  readonly register: readonly RegisterRow[]
  readonly open: readonly number[]
}

const forReading: Both = {
  en: 'For reading. The tree under log/ is whole and is the authority.',
  fr: "Pour lecture. L'arbre sous log/ est entier et fait foi.",
}

/** Leaves from a place to another, or to the end. */
export type LeavesFrom = (from: number, to?: number) => AsyncIterable<StoredBody>

/** One pass over the leaves; in memory are the open intents and one row for each line of the register. */
export const writeViews = async (
  folder: ViewFolder,
  leaves: LeavesFrom,
  ask: ReportAsk,
  words: Words,
  because: Because,
): Promise<void> => {
  const { begun } = folder
  const before = begun?.state as State | undefined
  const approvals = new Map(before?.approvals)
  const statistics = before?.statistics ?? noStatistics()
  const register = makeRegister(ask, before?.register)
  const transfers = new OpenTransfers()
  for (const place of before?.open ?? [])
    for await (const leaf of leaves(place, place + 1)) transfers.take(leaf)

  const again = begun !== undefined
  const table = await cells(folder, 'views/transfers.csv', columns, again)
  const open = await cells(folder, 'views/open.csv', columns, again)
  const eventColumns = ['index', 'when', 'kind', 'instance', 'said']
  const happened = await cells(folder, 'views/events.csv', eventColumns, again)
  const json = await folder.open('views/transfers.jsonl')

  const note = async (line: OtherLine): Promise<void> => {
    if (line.record.k === 'policy') approvals.set(line.record.bundle, line.record.by)
    const record = toldTo(line.record, ask.clients)
    if (record === undefined) return
    more(statistics.byKind, record.k)
    await happened.add(eventOf({ ...line, record }))
  }
  const take = async (line: TransferLine): Promise<void> => {
    if (!meets(line.record, ask)) return
    register.take(line)
    count(statistics, line)
    const told = await tell(line, approvals, words, because)
    const row = columns.map((column) => told[column])
    await table.add(row)
    if (line.record.k === 'intent' && line.outcome === undefined) await open.add(row)
    await json.write(Buffer.from(`${escapeJson(told)}\n`))
  }
  const mark = async (next: number): Promise<void> => {
    for (const file of [table, open, happened]) await file.flush()
    await folder.mark(next, {
      approvals: [...approvals],
      statistics,
      register: register.rows(),
      open: [...transfers.open.keys()],
    } satisfies State)
  }

  for await (const leaf of leaves(begun?.next ?? 0)) {
    const line = transfers.take(leaf)
    if (line !== undefined) await (isTransfer(line) ? take(line) : note(line))
    if (folder.due(leaf.index + 1)) await mark(leaf.index + 1)
  }
  for (const line of transfers.open.values()) await take(line)
  for (const file of [table, open, happened, json]) await file.close()
  const [sheet] = registerSheet(register.rows(), ask, words).tables
  const whole = async (path: string, text: string): Promise<void> => {
    const file = await folder.open(path)
    await file.write(Buffer.from(text))
    await file.close()
  }
  if (sheet !== undefined) await whole('views/register.csv', csv(sheet.rows, sheet.columns))
  await whole('views/statistics.json', `${escapeJson(statistics, 1)}\n`)
  await whole(
    'views/about.json',
    `${escapeJson({ lang: words.lang, ...ask, note: words.say(forReading) }, 1)}\n`,
  )
}

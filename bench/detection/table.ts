import { type Rows, coverOf, figuresOf, isWhole, macroOf } from '../eval/figures.ts'

export interface Measured {
  readonly name: string
  readonly rows: Rows
  /** Bytes a second of processor time, in MB/s. */
  readonly speed: number
}

const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3))
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`

/** One line a tool: means over the corpora and languages that are labelled as a whole. */
export const summary = (tools: readonly Measured[]): string[] => [
  '| | names: recall | precision | F2 | direct identifiers: recall | precision | F2 | left uncovered | other text covered | of it labelled kinds | MB/s |',
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
  ...tools.map(({ name, rows, speed }) => {
    const [person, direct] = [macroOf(rows, 'PERSON'), macroOf(rows, 'DIRECT')]
    const { leaked, over, overLabelled } = coverOf(rows)
    const cells = [person, direct].flatMap((one) => [one.recall, one.precision, one.f2]).map(share)
    return `| ${name} | ${cells.join(' | ')} | ${percent(leaked)} | ${percent(over)} | ${percent(overLabelled)} | ${speed < 10 ? speed.toFixed(2) : speed.toFixed(0)} |`
  }),
]

/** F2 of one type, one line a corpus and language. */
export const byCorpus = (tools: readonly Measured[], type: string): string[] => {
  const keys = [...tools[0]!.rows.keys()].filter(
    (key) => isWhole(key) && (tools[0]!.rows.get(key)!.types.get(type)?.gold ?? 0) > 0,
  )
  return [
    `| corpus | spans | ${tools.map(({ name }) => name).join(' | ')} |`,
    `|---|---:|${tools.map(() => '---:').join('|')}|`,
    ...keys.map((key) => {
      const cells = tools.map(({ rows }) => {
        const row = rows.get(key)!
        return figuresOf(row.types.get(type)!, row.letters).f2
      })
      const best = Math.max(...cells.filter((value) => !Number.isNaN(value)))
      const shown = cells.map((value) => (value === best ? `**${share(value)}**` : share(value)))
      return `| ${key} | ${tools[0]!.rows.get(key)!.types.get(type)!.gold} | ${shown.join(' | ')} |`
    }),
  ]
}

/** Recall of names where only some spans are labelled. */
export const partlyRecall = (tools: readonly Measured[]): string[] => [
  `| corpus | spans | ${tools.map(({ name }) => name).join(' | ')} |`,
  `|---|---:|${tools.map(() => '---:').join('|')}|`,
  ...[...tools[0]!.rows]
    .filter(([key, row]) => !isWhole(key) && (row.types.get('PERSON')?.gold ?? 0) > 0)
    .map(([key, row]) => {
      const cells = tools.map(({ rows }) => {
        const one = rows.get(key)!
        return share(figuresOf(one.types.get('PERSON')!, one.letters).recall)
      })
      return `| ${key} | ${row.types.get('PERSON')!.gold} | ${cells.join(' | ')} |`
    }),
]

import { partly } from './corpora.ts'
import type { Letters, Row, Tally } from './score.ts'

/** Shares from 0 to 1, NaN where there is nothing to share; `falseAlarms` a thousand characters. */
export interface Figures {
  readonly recall: number
  readonly strict: number
  /** Of what was found, spans of neutral types left aside. */
  readonly precision: number
  /** The same with those counted as wrong: a place taken for a person. */
  readonly hard: number
  readonly f1: number
  readonly f2: number
  readonly falseAlarms: number
}

export const figuresOf = (tally: Tally, letters: Letters): Figures => {
  const recall = tally.relaxed / tally.gold
  const counted = tally.found - tally.neutral
  const precision = counted === 0 ? NaN : tally.right / counted
  return {
    recall,
    strict: tally.strict / tally.gold,
    precision,
    hard: tally.found === 0 ? NaN : tally.right / tally.found,
    f1: fOf(1, recall, precision),
    f2: fOf(2, recall, precision),
    falseAlarms: (1000 * (counted - tally.right)) / letters.characters,
  }
}

/** What finds nothing has F 0. */
export const fOf = (beta: number, recall: number, precision: number): number =>
  recall === 0 ? 0 : ((1 + beta * beta) * precision * recall) / (beta * beta * precision + recall)

/** One corpus in one language: `mul-pii-anon/es`. */
export type Rows = ReadonlyMap<string, Row>

export const isWhole = (key: string): boolean => !partly.includes(key.split('/')[0]!) && !isGenerated(key)
const isGenerated = (key: string): boolean => key.startsWith('generated/')

const mean = (values: readonly number[]): number => {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Means over the rows with such spans: each corpus and language weighs the same. */
export interface Macro extends Figures {
  readonly type: string
  readonly rows: number
}

export const macroOf = (rows: Rows, type: string, wanted: (key: string) => boolean = isWhole): Macro => {
  const list = [...rows]
    .filter(([key, row]) => wanted(key) && (row.types.get(type)?.gold ?? 0) > 0)
    .map(([, row]) => figuresOf(row.types.get(type)!, row.letters))
  const of = (name: keyof Figures) => mean(list.map((one) => one[name]))
  return {
    type,
    rows: list.length,
    recall: of('recall'),
    strict: of('strict'),
    precision: of('precision'),
    hard: of('hard'),
    f1: of('f1'),
    f2: of('f2'),
    falseAlarms: of('falseAlarms'),
  }
}

/** Share of the letters of personal spans left uncovered, and of other text covered; means over the rows. */
export const coverOf = (
  rows: Rows,
  wanted: (key: string) => boolean = isWhole,
): { leaked: number; over: number; overLabelled: number } => {
  const list = [...rows].filter(([key]) => wanted(key)).map(([, { letters }]) => letters)
  return {
    leaked: mean(list.map(({ leaked, personal }) => leaked / personal)),
    over: mean(list.map(({ over, other }) => over / other)),
    overLabelled: mean(list.map(({ overLabelled, other }) => overLabelled / other)),
  }
}

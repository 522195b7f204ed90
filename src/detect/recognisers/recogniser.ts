import { type Digits, type Site } from '../found.ts'

/**
 * A recogniser: what in the text wakes it, and what it then does at that place. Each does bounded work a
 * trigger, spends what it costs and pushes what it found on the site. To add one: write its file, put it in
 * table.ts, add its rows to test/detect/recognisers.
 */
export interface Recogniser {
  readonly id: string
  /** True if a checksum or a fixed form decides alone: such findings act in keys, segments and answers. */
  readonly fixed: boolean
  /** Raise it when the meaning of the recogniser changes. */
  readonly revision: number
  /** At `@`. */
  readonly at?: (site: Site, at: number) => void
  /** At `+`. */
  readonly plus?: (site: Site, at: number) => void
  /** At `:`. */
  readonly colon?: (site: Site, at: number) => void
  /** At a run of digits with separators. */
  readonly digits?: (site: Site, run: Digits) => void
  /** Of how many digits, at least and at most, the runs are that it can do something with; silent: any. */
  readonly counts?: readonly [least: number, most: number]
  /** At a word that a digit or a low line follows, or of eight letters and more. */
  readonly word?: (site: Site, start: number, end: number) => void
  /** True if `word` does nothing where no digit follows. */
  readonly glued?: boolean
  /** At a context word or phrase (lexicon/context.ts). */
  readonly context?: (site: Site, start: number, end: number, kind: number) => void
  /** Of what kinds those are at which it does something: numbers as in `Site.near`, behind them phrases as in `Site.said`. */
  readonly wakes?: (kind: number) => boolean
  /** At the name of a month, 1 … 12. */
  readonly month?: (site: Site, start: number, end: number, month: number) => void
}

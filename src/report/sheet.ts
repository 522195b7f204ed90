/** A report as a reader sees it, before it is a page, a terminal block or a file of cells. */
import type { Lang } from '../lang.ts'

export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

export interface Sheet {
  readonly lang: Lang
  readonly title: string
  /** What was asked: the log, the period, of whom. */
  readonly asked: readonly string[]
  readonly tables: readonly Table[]
  /** What the reader must know of it. */
  readonly notes: readonly string[]
}

import type { Category } from '../../../model/category.ts'

/**
 * Names of fields, by category. A name is written as its words in lower case without accents, `_` between
 * words, small words (de, of, the) left out, singular; the look-up brings every spelling convention to that.
 * `generic` names mean something only alone, under a person, or with a person's word beside them.
 */
export interface KeyRow {
  readonly category: Category
  /** 0.95 strong, 0.85 good, 0.7 fair. */
  readonly strength: number
  readonly generic?: boolean
  /** Means this only as the whole name or beside a person's word: `net`, not `net_weight`. */
  readonly alone?: boolean
  readonly names: string
}

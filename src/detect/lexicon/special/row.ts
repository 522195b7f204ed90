import type { Category } from '../../../model/category.ts'

/**
 * Words of a category. `malade/s` stands for malade, malades; an ending in capitals for a family of them
 * (endings.ts): `cukrzyc/PLF`. Phrases are separated by commas, their words must follow each other.
 */
export interface Row {
  readonly category: Category
  readonly words: string
  readonly confidence?: number
  /** One of these just before, or with one word between; without it the word is weak. */
  readonly after?: string
  /** One of these within four words on either side; without it the word is weak. */
  readonly beside?: string
  /** One of these within three words on either side makes it harmless (`assurance maladie`, `signe du cancer`). */
  readonly unless?: string
  /** Harmless in the name of an institution or a campaign (`Institut du cancer`, `école catholique`). */
  readonly topic?: boolean
  /** Says no more than that somebody is ill or away: denied in a report (`aucune maladie signalée`) it says nothing. */
  readonly general?: boolean
  /** Counts in capitals only: `AIDS`, not `aids`. */
  readonly capitals?: boolean
  /** A surname too: with a capital behind a capitalised word it is one (`Saiful Islam`). */
  readonly surname?: boolean
}

import type { Category } from '../../../model/category.ts'

/**
 * One identifier of one country: how it is written, what checks it, which words speak of it, and who says so. The
 * rows of a file are in the order of ISO 3166-1; docs/recognisers.md is made from them.
 */
export interface IdentifierRow {
  /** ISO 3166-1 alpha-2; `EU`, `WW` where it belongs to several. */
  readonly country: string
  /** The short name that a finding carries: `pesel`. */
  readonly kind: string
  readonly category: Category
  /** What it is, for people. */
  readonly title: string
  /**
   * Without separators: `d` digit, `a` letter, `x` letter or digit, `[…]` one of these, `{n}` repeats, capitals are
   * themselves, `|` between alternatives.
   */
  readonly form: string
  /**
   * Ways of printing it that are its own, digits and letters as `d` and `a`, `|` between them. Written so, or in one
   * piece, it may be found without a word; with a word or a key any separators will do.
   */
  readonly printed?: string
  /** `pl/pesel`: the validator of stdnum; `own/luhn`: ours (checks.ts). Silent: the form alone, so only with a word. */
  readonly check?: string
  /** The check wants the separators too (`131052-308T`). */
  readonly asWritten?: boolean
  /** Share of random texts of this form that pass the check; a test draws them. */
  readonly chance?: number
  /** Of the texts printed like it, the share that is it, where its print is hardly used for anything else. */
  readonly telling?: number
  /** Words and phrases that speak of it, folded, `|` between them; as field names they mean it, too. */
  readonly words: string
  /** Who publishes form and check. */
  readonly source: string
}

/** Structures of VAT numbers. */
export const vies = 'European Commission, VIES: structure and checks of VAT numbers'
/** Structures and algorithms of tax numbers. */
export const tin = 'European Commission, TIN on Europa: structures and algorithms'
/** Forms of numbers on passports, cards and permits. */
export const prado = 'Council of the EU, PRADO: form of the document number'
/** Structures of account numbers within IBANs, by country. */
export const bban = 'SWIFT, IBAN registry (ISO 13616): structure of the BBAN'

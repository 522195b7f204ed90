import type { Category } from './category.ts'
import type { Path } from './document.ts'

/** A span of a field that is personal data, who found it and why. Never carries the value. */
export interface Finding {
  readonly field: number
  /** UTF-16 code units of the field's text. */
  readonly start: number
  readonly end: number
  readonly category: Category
  /** 0 … 1 */
  readonly confidence: number
  readonly recogniser: string
  /** Why, in words without the value: `mod 97`, `key nom`, `title M.`, `found as value at 3 places`. */
  readonly evidence: string
  /** `nir`, `dni`, `nif` … where the recogniser knows. */
  readonly kind?: string
  /** ISO 3166-1 alpha-2, where the identifier belongs to a country. */
  readonly country?: string
  /** Position in `Classification.records`. */
  readonly record: number
}

/**
 * The nearest enclosing array element or row, else the document (empty path); a nested object is a record
 * of its own only if it holds a name other than the record's.
 */
export interface RecordPlace {
  readonly path: Path
  /** True if a birth date, an age or a key says that the person is under 18. */
  readonly child: boolean
}

export interface Classification {
  /**
   * Settled: no two overlap, except that a `freetext` finding covers its whole leaf and others lie in it.
   * `freetext` has confidence 1 where the text was scanned, else 0.
   */
  readonly findings: readonly Finding[]
  readonly records: readonly RecordPlace[]
}

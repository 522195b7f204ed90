/** Which rules the cases have seen fire: a rule that no case has seen is one that nobody has tried. */
import type { Bundle, Source } from './bundle.ts'
import type { CaseResult } from './cases.ts'

export interface Coverage {
  readonly rules: number
  /** Rules that spoke in at least one case: restrictions, grants and notes. */
  readonly fired: number
  /** Those that never did, in the order of files. */
  readonly never: readonly ({ readonly rule: string } & Pick<Source, 'file' | 'line'>)[]
}

export const coverageOf = ({ rules }: Bundle, results: readonly CaseResult[]): Coverage => {
  const fired = new Set(
    results.flatMap(({ decision }) =>
      decision === undefined ? [] : [...decision.spoken, ...decision.notes].map(({ rule }) => rule),
    ),
  )
  const never = rules
    .filter(({ id }) => !fired.has(id))
    .map(({ id, source: { file, line } }) => ({ rule: id, file, line }))
    .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
  return { rules: rules.length, fired: rules.length - never.length, never }
}

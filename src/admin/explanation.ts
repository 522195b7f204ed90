import type { Spoken } from '../model/decision.ts'
import type { Lang } from '../lang.ts'
import type { Explanation } from '../policy/explain.ts'
import type { components } from './openapi-types.ts'

const said = (lang: Lang) => (spoken: Spoken) => ({
  rule: spoken.rule,
  decide: spoken.decide,
  because: spoken[lang],
  article: spoken.article,
  file: spoken.file,
  line: spoken.line,
  categories: [...spoken.categories],
})

/** An explanation as the API gives it. */
export const explanationOf = (
  { sentence, details }: Explanation,
  spoken: readonly Spoken[],
  notes: readonly Spoken[],
  lang: Lang,
): components['schemas']['Explanation'] => ({
  sentence,
  details,
  rules: spoken.map(said(lang)),
  notes: notes.map(said(lang)),
})

/** The sentence of a rule, with what the law says of the problem that it names put in: `{act}`, `{date}`, `{country}`. */
import type { Named, Problem, RouteLaw } from '../model/ground.ts'
import type { Rule } from './bundle.ts'

/** Problems that a rule names, outside `not`. */
export const namedProblems = (when: Rule['when']): Problem[] => [
  ...((when.problem ?? []) as Problem[]),
  ...[...(when.any ?? []), ...(when.all ?? [])].flatMap(namedProblems),
]

const filled = (text: string, lang: 'en' | 'fr', named: Named): string =>
  text.replaceAll(/\{(act|date|country)\}/g, (_, blank: string) =>
    blank === 'country' ? (named.country?.[lang] ?? '…') : (named[blank as 'act' | 'date'] ?? '…'),
  )

/** What nobody knows of the route shows as `…`. */
export const becauseOf = (rule: Rule, law: Pick<RouteLaw, 'named'>): { en: string; fr: string } => {
  const { en, fr } = rule.because
  if (!en.includes('{') && !fr.includes('{')) return { en, fr }
  const named = Object.assign({}, ...namedProblems(rule.when).map((each) => law.named[each] ?? {})) as Named
  return { en: filled(en, 'en', named), fr: filled(fr, 'fr', named) }
}

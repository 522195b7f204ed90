/** The sentence of a rule, with what the law says of the problem that it names put in: `{act}`, `{date}`, `{country}`. */
import type { Named, Problem, RouteLaw } from '../model/ground.ts'
import type { Both } from '../lang.ts'
import type { Rule } from './bundle.ts'
import { categoryProblems } from './facts.ts'
import { metHere } from './problem-words.ts'

/** Problems that a rule names, outside `not`. */
export const namedProblems = (when: Rule['when']): Problem[] => [
  ...((when.problem ?? []) as Problem[]),
  ...[...(when.any ?? []), ...(when.all ?? [])].flatMap(namedProblems),
]

const filled = (text: string, lang: 'en' | 'fr', named: Named): string =>
  text.replaceAll(/\{(act|date|country)\}/g, (_, blank: string) =>
    blank === 'country' ? (named.country?.[lang] ?? '…') : (named[blank as 'act' | 'date'] ?? '…'),
  )

const made = new WeakMap<Pick<RouteLaw, 'named'>, WeakMap<Rule, Both>>()

/** `Because it is so.` and `; here: no assessment` as one sentence. */
const withEnd = (sentence: string, end: string): string =>
  end === '' ? sentence : `${sentence.replace(/\.$/, '')}${end}.`

/** What nobody knows of the route shows as `…`; of several problems that the rule names, those that are met here are said. */
export const becauseOf = (rule: Rule, law: Pick<RouteLaw, 'named' | 'problems' | 'remarks'>): Both => {
  let ofLaw = made.get(law)
  if (ofLaw === undefined) made.set(law, (ofLaw = new WeakMap()))
  let said = ofLaw.get(rule)
  if (said === undefined) ofLaw.set(rule, (said = sentences(rule, law)))
  return said
}

const sentences = (
  { because: { en, fr }, when }: Rule,
  law: Pick<RouteLaw, 'named' | 'problems' | 'remarks'>,
): Both => {
  const problems = [...new Set(namedProblems(when))]
  if (problems.length === 0) return { en, fr }
  const named = Object.assign({}, ...problems.map((each) => law.named[each] ?? {})) as Named
  const ofRoute = problems.filter((each) => law.problems.includes(each) || law.remarks.includes(each))
  // Where the route has none of them, it is one that speaks of a finding.
  const met = ofRoute.length > 0 ? ofRoute : problems.filter((each) => categoryProblems.includes(each))
  const end = metHere(problems, met)
  return {
    en: withEnd(filled(en, 'en', named), end.en),
    fr: withEnd(filled(fr, 'fr', named), end.fr),
  }
}

/** What only shows when a rule meets the categories, the defaults and the other rules. */
import type { PolicyFault } from '../errors.ts'
import type { Both } from '../lang.ts'
import type { Category } from '../model/category.ts'
import { categories } from '../model/category.ts'
import type { Treatment } from '../model/decision.ts'
import type { CategoryEntry, Rule } from './bundle.ts'
import { compileRule } from './compile.ts'
import type { Warning } from './names.ts'
import { decide } from './term.ts'
import { coarsest, haveOrder, ladders, printTreatment } from './treatment.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

export interface Placed {
  readonly rule: Rule
  readonly file: ParsedFile
  readonly at: KeyPath
}

/** Categories that a rule may act on, as far as its `category` keys say. */
export const mayActOn = (rule: Rule): readonly Category[] => {
  const known = reached.get(rule)
  if (known !== undefined) return known
  const { term } = compileRule(rule)
  const made = categories.filter(
    (category) =>
      decide(term, (atom) => (atom.key === 'category' ? atom.test({ category } as never) : undefined)) !==
      false,
  )
  reached.set(rule, made)
  return made
}

const reached = new WeakMap<Rule, readonly Category[]>()

const checkGeneralise = ({ rule, file, at }: Placed, treatment: Treatment, faults: PolicyFault[]) => {
  const wrong = mayActOn(rule).filter((category) => {
    const ladder = ladders[category]
    return (
      ladder === undefined ||
      (treatment.parameter !== undefined &&
        treatment.parameter !== coarsest &&
        !ladder.steps.includes(treatment.parameter))
    )
  })
  if (wrong.length === 0) return
  const [first] = wrong as [Category]
  const steps = ladders[first]?.steps
  faults.push(
    file.fault(
      [...at, 'decide'],
      wrong.length === categories.length || wrong.length > 8
        ? {
            en: 'this rule may meet categories that cannot be generalised so',
            fr: "cette règle peut s'appliquer à des catégories qui ne se généralisent pas ainsi",
          }
        : {
            en: `${wrong.join(', ')} cannot be generalised so`,
            fr: `${wrong.join(', ')} ne peut pas être généralisé ainsi`,
          },
      steps === undefined
        ? {
            en: `name the categories in when: ${Object.keys(ladders).join(', ')}`,
            fr: `nommez les catégories dans when : ${Object.keys(ladders).join(', ')}`,
          }
        : {
            en: `the steps of ${first} are ${steps.join(', ')}`,
            fr: `les degrés de ${first} sont ${steps.join(', ')}`,
          },
    ),
  )
}

/** Facts of which a route has one only: two rules that name different ones never meet. */
const single = ['client', 'client_country', 'provider', 'purpose', 'class', 'method'] as const

const neverMeet = (a: Rule, b: Rule): boolean =>
  single.some((key) => {
    const [one, two] = [a.when[key], b.when[key]]
    return one !== undefined && two !== undefined && !one.some((each) => two.includes(each))
  })

const isPseudonym = (decided: Rule['decide']): decided is Treatment =>
  typeof decided === 'object' && decided.name === 'pseudonymise'

/** Promise 5: of two methods without order none is the stricter, so they may not meet on one finding. */
const checkMethods = (
  placed: readonly Placed[],
  entries: ReadonlyMap<Category, CategoryEntry>,
  faults: PolicyFault[],
) => {
  const naming = placed.filter(({ rule }) => isPseudonym(rule.decide) && rule.decide.parameter !== undefined)
  const reach = new Map(naming.map(({ rule }) => [rule, new Set(mayActOn(rule))]))
  naming.forEach(({ rule, file, at }, n) => {
    const its = reach.get(rule) ?? new Set<Category>()
    const mine = rule.decide as Treatment
    for (const { rule: other } of naming.slice(0, n)) {
      const shared = [...its].some((category) => reach.get(other)?.has(category))
      if (shared && !haveOrder(mine, other.decide as Treatment) && !neverMeet(rule, other))
        faults.push(
          file.fault(
            [...at, 'decide'],
            {
              en: `${printTreatment(mine)} and ${printTreatment(other.decide as Treatment)} have no order`,
              fr: `${printTreatment(mine)} et ${printTreatment(other.decide as Treatment)} : aucun n'est plus strict que l'autre`,
            },
            {
              en: `rule ${other.id} (${other.source.file}, line ${other.source.line}) may meet the same finding: use one method`,
              fr: `la règle ${other.id} (${other.source.file}, ligne ${other.source.line}) peut viser le même élément : employez une seule méthode`,
            },
          ),
        )
    }
    for (const category of its) {
      const entry = entries.get(category)
      const against = [entry?.third, entry?.everywhere].find((each) => each && !haveOrder(mine, each))
      if (against)
        faults.push(
          file.fault(
            [...at, 'decide'],
            {
              en: `${printTreatment(mine)} and the default of ${category} (${printTreatment(against)}) have no order`,
              fr: `${printTreatment(mine)} et le défaut de ${category} (${printTreatment(against)}) : aucun n'est plus strict que l'autre`,
            },
            { en: 'use one method', fr: 'employez une seule méthode' },
          ),
        )
    }
  })
}

/** What is said of a rule at its place. */
export const ofRule = ({ id, source }: Rule, { en, fr }: Both): Warning => ({
  source,
  message: { en: `rule ${id}: ${en}`, fr: `règle ${id} : ${fr}` },
})

/** Adds to the faults; what stops nothing becomes a warning. */
export const checkRules = (
  placed: readonly Placed[],
  entries: ReadonlyMap<Category, CategoryEntry>,
  faults: PolicyFault[],
  warnings: Warning[],
): void => {
  for (const each of placed) {
    const { rule } = each
    if (typeof rule.decide !== 'object') continue
    if (rule.decide.name === 'generalise') checkGeneralise(each, rule.decide, faults)
    const { parameter } = rule.decide
    if (rule.decide.name === 'pseudonymise' && parameter !== undefined && parameter !== 'token')
      warnings.push(
        ofRule(rule, {
          en: 'this version makes tokens only; a transfer that it meets is refused (CANNOT_TREAT)',
          fr: "cette version ne fait que des jetons (token) ; un transfert auquel elle s'applique est refusé (CANNOT_TREAT)",
        }),
      )
    if (rule.decide.name === 'allow')
      warnings.push(
        ofRule(rule, {
          en: 'allow is the weakest treatment and changes nothing; need_to_know lowers a default',
          fr: 'allow est le traitement le plus faible et ne change rien ; need_to_know abaisse un défaut',
        }),
      )
  }
  if (!placed.some(({ rule }) => rule.decide === 'grant') && placed.length > 0)
    warnings.push({
      source: placed[0]!.rule.source,
      message: {
        en: 'no rule grants anything: every transfer is refused (NO_GRANT)',
        fr: "aucune règle n'autorise rien : tout transfert est refusé (NO_GRANT)",
      },
    })
  checkMethods(placed, entries, faults)
}

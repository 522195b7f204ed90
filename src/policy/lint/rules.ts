/** Rules that do nothing, or say another thing than they do. */
import type { Bundle, Rule, When } from '../bundle.ts'
import { compileRule } from '../compile.ts'
import type { Warning } from '../names.ts'
import type { Work } from '../path-classes.ts'
import { matchesPath, type PathPattern, pathPattern } from '../path-pattern.ts'
import { mayActOn, ofRule } from '../rule-check.ts'
import { atoms } from '../term.ts'
import { printTreatment, sameTreatment, settle, stricter } from '../treatment.ts'
import { keysIn } from '../when-keys.ts'
import { saysOtherwise } from './reasons.ts'
import { implies, satisfiable } from './satisfiable.ts'

const past = (rule: Rule, today: string): string | undefined => {
  const until = rule.when.date?.until
  return until !== undefined && until < today ? until : undefined
}

/** A rule of a sector pack speaks only where that pack is switched on. */
const whenOf = ({ when, pack }: Rule): When => (pack === undefined ? when : { all: [{ pack: [pack] }, when] })

interface Facts {
  readonly rule: Rule
  readonly keys: ReadonlySet<string>
  readonly weak: boolean
  /** Looks at a finding or its category. */
  readonly ofFinding: boolean
  /** Has `any`, `all` or `not`. */
  readonly formula: boolean
  readonly paths: readonly PathPattern[]
  /** A path that meets it, if it names paths. */
  readonly sample: readonly string[] | undefined
}

const factsOf = (rule: Rule): Facts => {
  const { term, weak } = compileRule(rule)
  const { any, all, not, path } = rule.when
  const paths = (path ?? []).map(pathPattern)
  return {
    rule,
    formula: any !== undefined || all !== undefined || not !== undefined,
    paths,
    // A name that nobody writes for each step that may have any.
    sample: paths[0]?.flatMap((step) => (step === '**' ? [] : step === '*' ? ['\u0000'] : [step])),
    weak,
    keys: new Set(keysIn(rule.when).map(([key]) => key)),
    ofFinding: atoms(term).some(({ about }) => about === 'finding' || about === 'category'),
  }
}

/** At least as strict on every category that the lesser may meet; of two blocks, with the same code. */
const coversWhat = (greater: Rule, lesser: Rule): boolean => {
  const [a, b] = [greater.decide, lesser.decide]
  if (a === 'grant' || b === 'grant') return a === b
  if (typeof a !== 'object' || typeof b !== 'object') return false
  // The code of a refusal is what the sender reads: a block with one of its own says something.
  if (a.name === 'block' && b.name === 'block')
    return lesser.code === undefined || lesser.code === greater.code
  return mayActOn(lesser).every((category) => {
    const [more, less] = [settle(a, category), settle(b, category)]
    return sameTreatment(stricter(more, less, category), more)
  })
}

/** Facts of which a route has one, whatever its other facts are. */
const apart = ['client', 'client_country', 'provider', 'purpose', 'method'] as const

/** Sees at once that what meets the lesser need not meet the greater; most pairs of many rules are told so. */
const plainlyNot = (greater: Facts, lesser: Facts): boolean => {
  if (lesser.weak && !greater.weak) return true
  // Where nothing is found, a rule about findings does not speak.
  if (greater.ofFinding && !lesser.ofFinding) return true
  const { any: _, all: __, not: ___, ...plain } = greater.rule.when
  if (!Object.keys(plain).every((key) => lesser.keys.has(key))) return true
  if (lesser.formula) return false
  const { when } = lesser.rule
  return (
    apart.some((key) => when[key]?.some((each) => plain[key]?.includes(each) === false) === true) ||
    (plain.path !== undefined &&
      lesser.sample !== undefined &&
      !greater.paths.some((one) => matchesPath(one, lesser.sample ?? [])))
  )
}

const coversWhen = (greater: Facts, lesser: Facts, bundle: Bundle, work: Work): boolean => {
  work.left -= costOfPair
  return !plainlyNot(greater, lesser) && implies(whenOf(lesser.rule), whenOf(greater.rule), bundle.law, work)
}

/** The first rule that makes another one needless; of two that say the same, the later is needless. */
const shadowOf = (at: number, all: readonly Facts[], bundle: Bundle, work: Work): Rule | undefined => {
  const one = all[at] as Facts
  const { rule } = one
  if (rule.decide === 'note') return undefined
  return all.find((other, n) => {
    if (n === at || !coversWhen(other, one, bundle, work) || !coversWhat(other.rule, rule)) return false
    const mutual = coversWhat(rule, other.rule) && coversWhen(one, other, bundle, work)
    return !mutual || n < at
  })?.rule
}

/** In the units of satisfiable.ts. */
const costOfPair = 20
/** Two or three seconds of whatever a policy may hold. */
export const usualWork = 30_000_000

/**
 * @param today so that rules whose days are over are named
 * @param work that looking at every rule and holding it against every other may take; where it is spent, that is said at the rule
 */
export const ruleWarnings = (
  bundle: Bundle,
  today: string,
  work: Work = { left: usualWork },
): readonly Warning[] => {
  const facts = bundle.rules.map(factsOf)
  const dead = new Set(facts.filter(({ rule }) => !satisfiable(rule.when, bundle.law, work)))
  const living = facts.filter((one) => !dead.has(one))
  let stopped = false
  return facts.flatMap((one): Warning[] => {
    const { rule } = one
    if (dead.has(one))
      return [
        ofRule(rule, {
          en: 'it can never fire: its conditions exclude each other',
          fr: "elle ne peut jamais s'appliquer : ses conditions s'excluent",
        }),
      ]
    const out: Warning[] = []
    const ended = past(rule, today)
    if (ended !== undefined)
      out.push(
        ofRule(rule, {
          en: `it can fire no more: its last day was ${ended}`,
          fr: `elle ne peut plus s'appliquer : son dernier jour était le ${ended}`,
        }),
      )
    const at = living.indexOf(one)
    const shadow = stopped ? undefined : shadowOf(at, living, bundle, work)
    if (work.left < 0 && !stopped) {
      stopped = true
      const left = living.length - at
      out.push(
        ofRule(rule, {
          en: `it and all after it (${left} of ${living.length} rules) were not looked at to the end, which would take too long: if one of them never fires or changes nothing, that is not said`,
          fr: `ni elle ni celles qui la suivent (${left} règles sur ${living.length}) n'ont été examinées jusqu'au bout, ce qui serait trop long : si l'une d'elles ne s'applique jamais ou ne change rien, cela n'est pas dit`,
        }),
      )
    } else if (shadow !== undefined)
      out.push(
        ofRule(rule, {
          en: `it changes no decision: rule ${shadow.id} (${shadow.source.file}:${shadow.source.line}) ${
            rule.decide === 'grant' ? 'opens all that it opens' : 'is as strict wherever it fires'
          }`,
          fr: `elle ne change aucune décision : la règle ${shadow.id} (${shadow.source.file}:${shadow.source.line}) ${
            rule.decide === 'grant'
              ? "ouvre tout ce qu'elle ouvre"
              : "est aussi stricte partout où elle s'applique"
          }`,
        }),
      )
    if (rule.because.en.trim() === rule.because.fr.trim())
      out.push(
        ofRule(rule, {
          en: 'because.fr is the sentence of because.en: a French reader needs one, too',
          fr: 'because.fr est la phrase de because.en : un lecteur français a besoin de la sienne',
        }),
      )
    const said = saysOtherwise(rule)
    if (said !== undefined && !(typeof rule.decide === 'object' && said.says === rule.decide.name)) {
      const does = typeof rule.decide === 'object' ? printTreatment(rule.decide) : rule.decide
      out.push(
        ofRule(rule, {
          en: `it decides ${does}, but because.${said.lang} speaks of ${said.says}`,
          fr: `elle décide ${does}, mais because.${said.lang} parle de ${said.says}`,
        }),
      )
    }
    return out
  })
}

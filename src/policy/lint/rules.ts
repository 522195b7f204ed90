/** Rules that do nothing, or say another thing than they do. */
import type { Bundle, Rule, When } from '../bundle.ts'
import { compileRule } from '../compile.ts'
import type { Warning } from '../names.ts'
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
}

const factsOf = (rule: Rule): Facts => {
  const { term, weak } = compileRule(rule)
  return {
    rule,
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

const coversWhen = (greater: Facts, lesser: Facts, bundle: Bundle): boolean => {
  if (lesser.weak && !greater.weak) return false
  // Where nothing is found, a rule about findings does not speak.
  if (greater.ofFinding && !lesser.ofFinding) return false
  const { any: _, all: __, not: ___, ...plain } = greater.rule.when
  if (!Object.keys(plain).every((key) => lesser.keys.has(key))) return false
  return implies(whenOf(lesser.rule), whenOf(greater.rule), bundle.law)
}

/** The first rule that makes another one needless; of two that say the same, the later is needless. */
const shadowOf = (one: Facts, all: readonly Facts[], bundle: Bundle): Rule | undefined => {
  const { rule } = one
  if (rule.decide === 'note') return undefined
  return all.find((other) => {
    if (other === one || !coversWhat(other.rule, rule) || !coversWhen(other, one, bundle)) return false
    const mutual = coversWhat(rule, other.rule) && coversWhen(one, other, bundle)
    return !mutual || all.indexOf(other) < all.indexOf(one)
  })?.rule
}

/** @param today so that rules whose days are over are named */
export const ruleWarnings = (bundle: Bundle, today: string): readonly Warning[] => {
  const facts = bundle.rules.map(factsOf)
  const dead = new Set(facts.filter(({ rule }) => !satisfiable(rule.when, bundle.law)))
  const living = facts.filter((one) => !dead.has(one))
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
    const shadow = shadowOf(one, living, bundle)
    if (shadow !== undefined)
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

/** A decision in one sentence that a DPO understands, and its details. Never a value: categories, counts, places. */
import type { Category } from '../model/category.ts'
import { treatmentOrder } from '../model/category.ts'
import type { Decision, Spoken } from '../model/decision.ts'
import type { Ground } from '../model/ground.ts'
import type { Both, Lang } from '../lang.ts'
import { articleIn } from './article.ts'
import { becomes, decisionWord } from './treatment-words.ts'

export interface Explanation {
  readonly sentence: string
  readonly details: string[]
}

/** What carries a leg, in words. */
export const grounds: Readonly<Record<Ground, Both>> = {
  not_a_transfer: { en: 'free movement in the EEA', fr: "la libre circulation dans l'EEE" },
  adequacy: { en: 'an adequacy decision', fr: "une décision d'adéquation" },
  legal_instrument: {
    en: 'a legal instrument between public bodies',
    fr: 'un instrument juridique entre autorités publiques',
  },
  bcr_c: { en: 'binding corporate rules', fr: "des règles d'entreprise contraignantes" },
  bcr_p: {
    en: 'binding corporate rules for processors',
    fr: "des règles d'entreprise contraignantes (sous-traitant)",
  },
  scc_ec: { en: 'standard contractual clauses', fr: 'des clauses contractuelles types' },
  scc_sa: {
    en: 'standard clauses of a supervisory authority',
    fr: "des clauses types de protection des données d'une autorité de contrôle",
  },
  code: { en: 'an approved code of conduct', fr: 'un code de conduite approuvé' },
  certification: { en: 'a certification', fr: 'un mécanisme de certification approuvé' },
  adhoc: { en: 'authorised clauses', fr: 'des clauses contractuelles ad hoc autorisées' },
  admin: { en: 'an authorised administrative arrangement', fr: 'un arrangement administratif autorisé' },
  derogation: { en: 'a derogation', fr: 'une dérogation' },
  none: { en: 'no ground', fr: 'aucun fondement' },
}

const places: Readonly<Record<Lang, Intl.DisplayNames>> = {
  en: new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }),
  fr: new Intl.DisplayNames('fr', { type: 'region', fallback: 'code' }),
}

/** The name of a country; its code if none is known. */
export const country = (code: string, lang: Lang): string => {
  try {
    return places[lang].of(code) ?? code
  } catch {
    return code
  }
}

const once = <Value>(list: readonly Value[]): Value[] => [...new Set(list)]

/** Between the parts of a list. */
const apart: Both = { en: '; ', fr: ' ; ' }

/** `a, b and c` */
const joined = (list: readonly string[], lang: Lang): string => {
  const [last, ...rest] = [...list].reverse()
  return rest.length === 0
    ? (last ?? '')
    : `${rest.reverse().join(', ')} ${lang === 'en' ? 'and' : 'et'} ${last}`
}

const nameOf = (decision: Decision, category: Category, lang: Lang): string =>
  decision.words?.categories[category]?.[lang] ?? category

const towards = (decision: Decision, lang: Lang): string => {
  const { provider, countries } = decision.route
  const name = decision.words?.provider || provider
  const where = once(countries).map((code) => country(code, lang))
  return where.length === 0 ? name : `${name} (${joined(where, lang)})`
}

const basis = ({ route }: Decision, lang: Lang): string => {
  const each = route.ground.map((ground, leg) => {
    const ref = route.ground_ref[leg]
    return ref ? `${grounds[ground][lang]} (${ref})` : grounds[ground][lang]
  })
  if (each.length === 0) return grounds.none[lang]
  return joined(once(each), lang)
}

/** What was done, strictest first: `gender removed; names and IBANs replaced by pseudonyms`. */
const done = (decision: Decision, lang: Lang): string[] =>
  treatmentOrder.toReversed().flatMap((name) => {
    if (name === 'allow' || name === 'block') return []
    const kinds = (Object.keys(decision.counts) as Category[])
      .filter((category) => (decision.counts[category]?.[name] ?? 0) > 0)
      .map((category) => nameOf(decision, category, lang))
    return kinds.length === 0
      ? []
      : [`${joined(kinds.toSorted(), lang)}${lang === 'fr' ? ' : ' : ': '}${becomes[name][lang]}`]
  })

const cited = (spoken: Spoken, lang: Lang): string => {
  const rule = lang === 'en' ? 'rule' : 'règle'
  return `${rule} ${spoken.rule}, ${spoken.file}:${spoken.line}, ${articleIn(spoken.article, lang)}`
}

const unstopped = (sentence: string): string => sentence.replace(/\.$/, '')

const refusal = (decision: Decision, lang: Lang): string => {
  const blocks = decision.spoken.filter((each) => each.decide === 'block')
  const [first] = blocks
  const more = blocks.length - 1
  const kinds = first?.categories.map((each) => nameOf(decision, each, lang)) ?? []
  const about = kinds.length === 0 ? '' : ` [${joined(kinds, lang)}]`
  const why = first === undefined ? '' : `${unstopped(first[lang])}${about} (${cited(first, lang)})`
  const others =
    more <= 0
      ? ''
      : lang === 'en'
        ? `; ${more} more ${more === 1 ? 'rule says' : 'rules say'} no`
        : ` ; ${more} ${more === 1 ? 'autre règle refuse' : 'autres règles refusent'} aussi`
  return lang === 'en'
    ? `Refused, nothing may go to ${towards(decision, lang)}: ${why}${others}.`
    : `Refusé, rien ne part vers ${towards(decision, lang)} : ${why}${others}.`
}

const sentenceOf = (decision: Decision, lang: Lang): string => {
  if (decision.verdict === 'refuse') return refusal(decision, lang)
  const to = towards(decision, lang)
  const on = basis(decision, lang)
  const { purpose } = decision.route
  if (decision.verdict === 'allow')
    return lang === 'en'
      ? `May go as it came to ${to} for ${purpose}, on ${on}.`
      : `Peut partir tel quel vers ${to} pour ${purpose}, sur le fondement suivant : ${on}.`
  const what = done(decision, lang).join(apart[lang])
  return lang === 'en'
    ? `May go to ${to} for ${purpose}, on ${on}, treated (${what}).`
    : `Peut partir vers ${to} pour ${purpose}, sur le fondement suivant : ${on}, après traitement (${what}).`
}

const mostPlaces = 8

const detail = (
  decision: Decision,
  spoken: Spoken,
  lang: Lang,
  fieldOf: ReadonlyMap<number, number>,
  printed: (field: number) => string,
): string => {
  const kinds = spoken.categories.map((each) => nameOf(decision, each, lang))
  const fields = spoken.findings.slice(0, 200).flatMap((finding) => fieldOf.get(finding) ?? [])
  const at = once(once(fields).map(printed))
  const shown = at.slice(0, mostPlaces).join(', ') + (at.length > mostPlaces ? ', …' : '')
  const found = [kinds.length > 0 ? joined(kinds, lang) : '', shown]
    .filter((text) => text !== '')
    .join(apart[lang])
  return `${lang === 'en' ? spoken.decide : decisionWord(spoken.decide, lang)} · ${spoken[lang]}${found === '' ? '' : ` [${found}]`} (${cited(spoken, lang)})`
}

/**
 * `printed` gives the path of a field as payload/path.ts prints it. The details follow the order of the decision:
 * what refused or treated, the grants, then notes.
 */
export const explain = (decision: Decision, lang: Lang, printed: (field: number) => string): Explanation => {
  const fieldOf = new Map(
    decision.treatments.flatMap(({ finding, field }) => (field === undefined ? [] : [[finding, field]])),
  )
  const details = [...decision.spoken, ...decision.notes].map((each) =>
    detail(decision, each, lang, fieldOf, printed),
  )
  if (decision.weak > 0)
    details.push(
      lang === 'en'
        ? `${decision.weak} weak ${decision.weak === 1 ? 'sign was' : 'signs were'} counted and not acted on (act_from, ${decision.route.class}).`
        : `${decision.weak} indice${decision.weak === 1 ? ' faible compté, resté' : 's faibles comptés, restés'} sans effet (act_from, ${decision.route.class}).`,
    )
  return { sentence: sentenceOf(decision, lang), details }
}

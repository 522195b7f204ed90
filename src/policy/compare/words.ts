/** What `policy diff` found, as lines that a lawyer reads, in English and French. Never a value: ids, categories, rules. */
import { categories } from '../../model/category.ts'
import type { Both, Lang } from '../../lang.ts'
import { voidSentence } from '../lifted.ts'
import type { Change, Combination, Diff } from './diff.ts'
import type { AxisName } from './findings.ts'
import { elsewhere } from './findings.ts'
import { decisionWord } from '../treatment-words.ts'
import type { OverrideChange } from './overrides.ts'
import { anotherMethod, noCase, type RouteId } from './routes.ts'

const titles: Readonly<Record<Change['direction'], Both>> = {
  looser: { en: 'LOOSER', fr: 'PLUS PERMISSIF' },
  unordered: {
    en: 'OTHERWISE, neither looser nor stricter',
    fr: 'AUTREMENT, ni plus permissif ni plus strict',
  },
  stricter: { en: 'stricter', fr: 'plus strict' },
}

/** A group whose members all stand in the list is written by its name. */
export const grouped = (list: readonly string[]): readonly string[] => {
  const out: string[] = []
  for (const each of list) {
    const [group = each] = each.split('.', 1)
    const members = categories.filter((category) => category.startsWith(`${group}.`))
    const whole = members.length > 0 && members.every((member) => list.includes(member))
    const word = whole ? group : each
    if (!out.includes(word)) out.push(word)
  }
  return list.length === categories.length ? ['*'] : out
}

/** Between the parts of a list. */
const apart = (lang: Lang): string => (lang === 'fr' ? ' ; ' : '; ')

const mostRoutes = 12

/** `moreau → tana-paie · payroll, support`; routes of the same pair are one. */
const routeWords = (routes: readonly RouteId[], lang: Lang): string => {
  const pairs = new Map<string, string[]>()
  for (const { client, provider, purpose } of routes) {
    const pair = `${client} → ${provider}`
    pairs.set(pair, [...(pairs.get(pair) ?? []), purpose])
  }
  const words = [...pairs].map(([pair, purposes]) => `${pair} · ${purposes.join(', ')}`)
  const more = words.length - mostRoutes
  const rest =
    more <= 0
      ? []
      : [
          lang === 'en'
            ? `and ${more} more ${more === 1 ? 'pair' : 'pairs'}`
            : `et ${more} ${more === 1 ? 'autre paire' : 'autres paires'}`,
        ]
  return [...words.slice(0, mostRoutes), ...rest].join(apart(lang))
}

const dayWords = ({ from, until }: Pick<Change, 'from' | 'until'>, lang: Lang): string => {
  const [since, to] = lang === 'en' ? ['from', 'until'] : ['à partir du', "jusqu'au"]
  return [from === undefined ? '' : `${since} ${from}`, until === undefined ? '' : `${to} ${until}`]
    .filter((text) => text !== '')
    .join(' ')
}

/** Bands that touch are one: `0.3..0.5`, `0.5..` → from 0.3. */
const bandWords = (bands: readonly string[], lang: Lang): string => {
  const runs: [string, string][] = []
  for (const band of bands) {
    const [low = '', high = ''] = band.split('..')
    const last = runs.at(-1)
    if (last?.[1] === low) last[1] = high
    else runs.push([low, high])
  }
  const [word, from, below] =
    lang === 'en' ? ['confidence', 'from', 'below'] : ['indice de confiance', 'à partir de', 'inférieur à']
  const texts = runs.map(([low, high]) =>
    [low === '0' ? '' : `${from} ${low}`, high === '' ? '' : `${below} ${high}`]
      .filter((t) => t !== '')
      .join(' '),
  )
  return `${word} ${texts.join(lang === 'en' ? ' or ' : ' ou ')}`
}

const listed = (what: Both, other: Both, others: string) => (values: readonly string[], lang: Lang) =>
  values
    .map((value) => (value === others ? other[lang] : `${what[lang]} ${value}`))
    .join(lang === 'en' ? ' or ' : ' ou ')

const chosen = (words: Readonly<Record<string, Both>>) => (values: readonly string[], lang: Lang) =>
  values.map((value) => words[value]?.[lang] ?? value).join(lang === 'en' ? ' or ' : ' ou ')

const conditions: Readonly<
  Record<AxisName | 'method' | 'media' | 'case', (values: readonly string[], lang: Lang) => string>
> = {
  method: listed(
    { en: 'method', fr: 'méthode' },
    { en: 'any other method', fr: 'toute autre méthode' },
    anotherMethod,
  ),
  media: listed(
    { en: 'media type', fr: 'type de contenu' },
    { en: 'any other media type', fr: 'tout autre type de contenu' },
    '…',
  ),
  case: listed(
    { en: 'with Douane-Case', fr: 'avec Douane-Case' },
    { en: 'without the case of a derogation', fr: "sans le dossier d'une dérogation" },
    noCase,
  ),
  confidence: bandWords,
  path: listed({ en: 'at', fr: 'à' }, { en: 'elsewhere', fr: 'ailleurs' }, elsewhere),
  recogniser: listed(
    { en: 'found by', fr: 'trouvé par' },
    { en: 'found by any other', fr: 'trouvé par un autre' },
    '…',
  ),
  kind: chosen({
    nir: { en: 'French NIR', fr: 'NIR français' },
    other: { en: 'others than the French NIR', fr: 'autres que le NIR français' },
  }),
  record: chosen({
    child: { en: "in a child's record", fr: "dans la fiche d'un enfant" },
    adult: { en: "not in a child's record", fr: "hors de la fiche d'un enfant" },
  }),
  beside: chosen({
    none: { en: 'no opened special category beside it', fr: 'sans donnée sensible ouverte à côté' },
    opened: { en: 'beside an opened special category', fr: "à côté d'une donnée sensible ouverte" },
    'opened-before': {
      en: 'beside a special category that was open',
      fr: "à côté d'une donnée sensible qui était ouverte",
    },
    'opened-after': {
      en: 'beside a special category that is opened',
      fr: "à côté d'une donnée sensible qui s'ouvre",
    },
  }),
}

const whereWords = (where: Change['where'], lang: Lang): string[] =>
  Object.entries(where).map(([axis, values]) => conditions[axis as AxisName](values, lang))

const categoryWords = (list: readonly string[], lang: Lang): string =>
  grouped(list)
    .map((each) => (each === '*' ? (lang === 'en' ? 'every category' : 'toute catégorie') : each))
    .join(', ')

const ruleWords = (rules: readonly string[], lang: Lang): string =>
  rules.length === 0
    ? ''
    : ` (${rules.map((rule) => (rule === 'default' && lang === 'fr' ? 'défaut' : rule)).join(', ')})`

const colon = (lang: Lang): string => (lang === 'fr' ? ' : ' : ': ')

const changeLines = (change: Change, lang: Lang): string[] => {
  const { routes, categories: kinds, where, before, after, rules, becomes } = change
  const what = kinds === undefined ? '' : ` · ${categoryWords(kinds, lang)}`
  const when = [...whereWords(where, lang), dayWords(change, lang)]
    .filter((text) => text !== '')
    .join(apart(lang))
  const line = `${routeWords(routes, lang)}${what}${colon(lang)}${decisionWord(before, lang)} → ${decisionWord(after, lang)}`
  return [
    `  ${line}${when === '' ? '' : `, ${when}`}${ruleWords(rules, lang)}`,
    ...(becomes ?? []).map(({ categories: list, where: of, treatment }) => {
      const only = whereWords(of, lang).join(apart(lang))
      return `    ${decisionWord(treatment, lang)}${colon(lang)}${categoryWords(list, lang)}${only === '' ? '' : `, ${only}`}`
    }),
  ]
}

const states: Readonly<Record<Combination['state'], Both>> = {
  same: { en: 'unchanged', fr: 'inchangée' },
  added: {
    en: 'added (a restriction that is added never loosens)',
    fr: 'ajoutée (une restriction ajoutée ne relâche rien)',
  },
  removed: { en: 'REMOVED, may loosen', fr: 'SUPPRIMÉE, peut relâcher' },
  changed: { en: 'CHANGED, may loosen', fr: 'MODIFIÉE, peut relâcher' },
  undermined: {
    en: 'unchanged, but it LOOKS AT OTHER FACTS than before, may loosen',
    fr: "inchangée, mais elle REGARDE D'AUTRES FAITS qu'avant, peut relâcher",
  },
  extended: {
    en: 'unchanged, and it may now speak where it did not (tightens)',
    fr: 'inchangée, et elle peut désormais parler là où elle ne parlait pas (resserre)',
  },
}

const outcomes: Readonly<Record<'counts' | 'returns', Both>> = {
  counts: { en: 'counts on', fr: 'compte encore' },
  returns: { en: 'COUNTS AGAIN, which loosens', fr: 'COMPTE DE NOUVEAU, ce qui relâche' },
}

/** What becomes of one override, without the indentation of `diffLines`. */
export const overrideWords = (one: OverrideChange, lang: Lang): string => {
  const { id, rule, client, provider, purpose, until, then, fault } = one
  const route = `${rule} · ${client} → ${provider}${purpose === '' ? '' : ` · ${purpose}`}`
  if (then === 'counts' || then === 'returns')
    return `${route}, ${lang === 'en' ? 'until' : "jusqu'au"} ${until} (${id})${colon(lang)}${outcomes[then][lang]}`
  const falls = { en: 'FALLS AWAY', fr: 'TOMBE' }
  return `${route} (${id})${colon(lang)}${then === 'falls' ? `${falls[lang]}. ` : ''}${voidSentence(one, fault ?? 'gone')[lang]}`
}

const ending = ({ changes, loosens, leave, combinations, overrides, opens }: Diff, lang: Lang): string => {
  const looser =
    [...changes, ...leave].some(({ direction }) => direction !== 'stricter') ||
    overrides.some(({ then }) => then === 'returns')
  if (looser)
    return lang === 'en'
      ? 'This change LOOSENS: more may leave than before.'
      : 'Ce changement RELÂCHE : davantage peut sortir qu’avant.'
  if (loosens && opens.length > 0)
    return lang === 'en'
      ? 'This change MAY LOOSEN, though no decision shows it: see what changed besides.'
      : 'Ce changement PEUT RELÂCHER, sans qu’une décision le montre : voir ce qui est modifié en outre.'
  if (loosens)
    return lang === 'en'
      ? 'This change MAY LOOSEN: a rule that looks at several findings was removed or changed, or looks at other facts now.'
      : 'Ce changement PEUT RELÂCHER : une règle qui regarde plusieurs éléments a été supprimée ou modifiée, ou regarde désormais d’autres faits.'
  const tighter = changes.length > 0 || leave.length > 0 || overrides.some(({ then }) => then === 'falls')
  if (tighter || combinations.some(({ state }) => state !== 'same'))
    return lang === 'en' ? 'This change only tightens.' : 'Ce changement ne fait que resserrer.'
  return lang === 'en' ? 'No decision changes.' : 'Aucune décision ne change.'
}

/** Lines for a person: looser first, then stricter, then what was not compared. */
export const diffLines = (diff: Diff, lang: Lang): readonly string[] => {
  const lines: string[] = []
  for (const direction of ['looser', 'unordered', 'stricter'] as const) {
    const its = diff.changes.filter((change) => change.direction === direction)
    if (its.length > 0)
      lines.push(titles[direction][lang], ...its.flatMap((change) => changeLines(change, lang)))
  }
  if (diff.combinations.length > 0)
    lines.push(
      lang === 'en'
        ? 'not compared: rules that look at several findings (combination: true)'
        : 'non comparées : règles qui regardent plusieurs éléments (combination: true)',
      ...diff.combinations.map(
        ({ rule, state, file, line, routes = [] }) =>
          `  ${rule} (${file}:${line})${colon(lang)}${states[state][lang]}${routes.length === 0 ? '' : ` (${routeWords(routes, lang)})`}`,
      ),
    )
  if (diff.leave.length > 0)
    lines.push(
      lang === 'en'
        ? 'left to people: rules that may be lifted, the measure of derogations'
        : "laissé à l'appréciation des personnes : règles qui peuvent être levées, plafonds des dérogations",
      ...diff.leave.map(
        ({ what, before, after, direction }) =>
          `  ${what}${colon(lang)}${before} → ${after} (${titles[direction][lang]})`,
      ),
    )
  if (diff.overrides.length > 0)
    lines.push(
      lang === 'en' ? 'overrides that run now' : 'levées de règles en cours',
      ...diff.overrides.map((one) => `  ${overrideWords(one, lang)}`),
    )
  if (diff.unseen.length > 0)
    lines.push(
      lang === 'en'
        ? 'changed besides, shown by no decision'
        : 'modifié en outre, sans décision qui le montre',
      ...diff.unseen.map(
        (each) =>
          `  ${each}${diff.opens.includes(each) ? { en: ': may loosen', fr: ' : peut relâcher' }[lang] : ''}`,
      ),
    )
  lines.push(
    diff.routes === 1
      ? { en: '1 route compared.', fr: '1 route comparée.' }[lang]
      : { en: `${diff.routes} routes compared.`, fr: `${diff.routes} routes comparées.` }[lang],
    ending(diff, lang),
  )
  return lines
}

/** Findings on a route → a decision. Pure and total: the strictest of what was said, whatever the order. */
import type { Code } from '../errors.ts'
import { codes, firstCode } from '../errors.ts'
import type { Category, TreatmentName } from '../model/category.ts'
import { treatmentOrder } from '../model/category.ts'
import type { Decision, FindingTreatment, Spoken, Treatment } from '../model/decision.ts'
import type { Document } from '../model/document.ts'
import { steps } from '../model/document.ts'
import type { Classification, Finding } from '../model/finding.ts'
import type { CategoryEntry, Rule } from './bundle.ts'
import type { Default } from './defaults.ts'
import { findingDefault } from './defaults.ts'
import { defaultId, defaultSentence } from './default-sentence.ts'
import type { FindingSeen, PayloadSeen } from './facts.ts'
import { isSpecial, thirdArt9 } from './facts.ts'
import { payloadFacts } from './payload-facts.ts'
import type { Open, Route } from './route.ts'
import { blockCodes, decideText } from './route.ts'
import { decide } from './term.ts'
import { sameTreatment, settle, stricter } from './treatment.ts'

export { openRoute } from './route.ts'
export type { Route, RouteAsk } from './route.ts'

/** A category that categories.yaml does not hold cannot pass the check at load; if it came, it would not leave. */
const unheardOf: Default = { treatment: { name: 'block' }, why: 'default' }
const usualActFrom = 0.5

interface Heard {
  readonly findings: Set<number>
  readonly categories: Set<Category>
}
const hear = <Key>(said: Map<Key, Heard>, key: Key): Heard => {
  let heard = said.get(key)
  if (heard === undefined) said.set(key, (heard = { findings: new Set(), categories: new Set() }))
  return heard
}

const strongest = (a: string): number => treatmentOrder.indexOf(a.split(':', 1)[0] as TreatmentName)
const codeRank = (code: Code | undefined): number => (code === undefined ? codes.length : codes.indexOf(code))

/** Strictest first; of two blocks the one whose code the table of refusals names first. */
const strictestFirst = (spoken: readonly Spoken[]): Spoken[] =>
  spoken
    .map((each) => ({ each, strength: strongest(each.decide), code: codeRank(each.code) }))
    .toSorted((a, b) => b.strength - a.strength || a.code - b.code || byRule(a.each, b.each))
    .map(({ each }) => each)

const byRule = (a: Spoken, b: Spoken): number => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)

const spokenBy = (rule: Rule, route: Route, heard: Heard, met: Iterable<Category>): Spoken => ({
  rule: rule.id,
  decide: decideText(rule),
  ...(typeof rule.decide === 'object' && rule.decide.name === 'block'
    ? { code: firstCode(blockCodes(rule, route.seen, met)) ?? 'POLICY_BLOCK' }
    : {}),
  en: rule.because.en,
  fr: rule.because.fr,
  article: rule.because.article,
  file: rule.source.file,
  line: rule.source.line,
  categories: [...heard.categories].toSorted(),
  findings: [...heard.findings].toSorted((a, b) => a - b),
})

/** What the defaults make of each finding; undefined: weaker than its category's `act_from`. */
const defaultsOf = (route: Route, found: Classification): (Default | undefined)[] => {
  const acts = found.findings.map(
    ({ category, confidence }) => confidence >= (route.entry(category)?.act_from ?? usualActFrom),
  )
  const specialOpened =
    route.seen.law.class === 'third' &&
    found.findings.some(
      ({ category }, at) =>
        acts[at] && isSpecial(category) && thirdArt9({ route: route.seen, category }) === 'present',
    )
  return found.findings.map((finding, at) => {
    if (!acts[at]) return undefined
    const base = route.defaultOf(finding.category, specialOpened) ?? unheardOf
    return findingDefault(base, finding, found.records[finding.record]?.child ?? false, route.seen)
  })
}

interface Said {
  readonly treatment: Treatment
  readonly by: string
}

/** A boolean goes as it came or not at all (design §4). */
const onBoolean = (treatment: Treatment): Treatment =>
  treatment.name === 'allow' || treatment.name === 'block' ? treatment : { name: 'remove' }

const strictest = (said: readonly Said[], category: Category): Treatment =>
  said.map((each) => each.treatment).reduce((a, b) => stricter(a, b, category))

export interface Assessed {
  readonly decision: Decision
  /**
   * What a value of this category would become if it stood in this document too: for what comes out of a token that was
   * made for another provider. Strict where it cannot know: a rule that may fire fires.
   */
  treatmentOf(category: Category): Treatment
}

/**
 * One decision for one document on one route. Rules see the payload as received, so their order is nothing: each
 * finding gets the strictest of its default and of every restriction that fires; one block refuses the whole.
 */
export const assess = (route: Route, document: Document, found: Classification): Assessed => {
  const { bundle, seen } = route
  const defaults = defaultsOf(route, found)
  const payload: PayloadSeen = payloadFacts({
    document,
    found,
    defaults,
    categories: bundle.categories,
    vaultHolds: route.vaultHolds,
  })
  const ofPayload = (atom: { about: string; test: (seen: never) => boolean }) =>
    atom.about === 'payload' ? atom.test(payload as never) : undefined

  // rules about the transfer as a whole: they speak of every finding that acts, and where there is none
  const global: Open[] = [...route.always]
  const firedByPayload = new Set<Rule>()
  for (const open of route.byPayload)
    if (decide(open.term, ofPayload) === true) {
      global.push(open)
      firedByPayload.add(open.rule)
    }

  const rules = new Map<Rule, Heard>()
  const byDefault = new Map<string, Heard & { entry: CategoryEntry | undefined; default: Default }>()
  for (const { rule } of global) hear(rules, rule)
  const globalTreatments = global.flatMap(({ rule, weak }) =>
    typeof rule.decide === 'object' ? [{ treatment: rule.decide, by: rule.id, weak }] : [],
  )

  const treatments: FindingTreatment[] = []
  const counts: Partial<Record<Category, Partial<Record<TreatmentName, number>>>> = {}
  const present = new Set<Category>()
  const pathOf = new Map<number, readonly (string | number)[]>()
  let weak = 0
  let treated = false

  found.findings.forEach((finding: Finding, at) => {
    const { category } = finding
    const base = defaults[at]
    const said: Said[] = []
    if (base !== undefined) {
      said.push({ treatment: base.treatment, by: defaultId(base, category) })
    }
    for (const { treatment, by, weak: looksLower } of globalTreatments)
      if (base !== undefined || looksLower) said.push({ treatment: settle(treatment, category), by })

    const ofFinding = (atom: { about: string; test: (seen: never) => boolean }) => {
      if (atom.about !== 'finding') return atom.test(payload as never)
      let path = pathOf.get(finding.field)
      if (path === undefined)
        pathOf.set(finding.field, (path = steps(document.fields[finding.field]?.path ?? null)))
      const one: FindingSeen = { route: seen, finding, steps: path }
      return atom.test(one as never)
    }
    for (const { rule, term, weak: looksLower } of route.ofCategory(category)) {
      if ((base === undefined && !looksLower) || firedByPayload.has(rule)) continue
      if (decide(term, ofFinding) !== true) continue
      const heard = hear(rules, rule)
      heard.findings.add(at)
      heard.categories.add(category)
      if (typeof rule.decide === 'object')
        said.push({ treatment: settle(rule.decide, category), by: rule.id })
    }
    if (said.length === 0) {
      weak++
      return
    }
    if (base !== undefined) {
      const key = `${category} ${base.why} ${base.treatment.name}`
      let heard = byDefault.get(key)
      if (heard === undefined) {
        heard = {
          findings: new Set(),
          categories: new Set([category]),
          entry: route.entry(category),
          default: base,
        }
        byDefault.set(key, heard)
      }
      heard.findings.add(at)
    }
    present.add(category)
    const asked = strictest(said, category)
    const askers = said.filter((each) => sameTreatment(each.treatment, asked))
    const treatment = document.fields[finding.field]?.kind === 'boolean' ? onBoolean(asked) : asked
    treatments.push({
      finding: at,
      field: finding.field,
      treatment,
      rules: [...new Set((askers.length > 0 ? askers : said).map((each) => each.by))].toSorted(),
    })
    const count = (counts[category] ??= {})
    count[treatment.name] = (count[treatment.name] ?? 0) + 1
    if (treatment.name !== 'allow') treated = true
  })

  const spoken: Spoken[] = [...route.standing]
  const notes: Spoken[] = [...route.notes]
  for (const [rule, heard] of rules) {
    const met = heard.categories.size > 0 ? heard.categories : present
    ;(rule.decide === 'note' ? notes : spoken).push(spokenBy(rule, route, heard, met))
  }
  for (const { entry, default: base, findings, categories } of byDefault.values()) {
    const [category] = categories
    if (category === undefined) continue
    spoken.push(defaultSentence({ route, category, entry, base, findings: [...findings] }))
  }
  const blocks = spoken.filter((each) => each.decide === 'block')
  const code = firstCode(blocks.flatMap((each) => (each.code === undefined ? [] : [each.code])))
  const words: Partial<Record<Category, { en: string; fr: string }>> = {}
  for (const category of present) {
    const entry = route.entry(category)
    if (entry) words[category] = { en: entry.en, fr: entry.fr }
  }
  const decision: Decision = {
    verdict: blocks.length > 0 ? 'refuse' : treated ? 'treat' : 'allow',
    ...(code === undefined ? {} : { code }),
    route: route.facts,
    treatments,
    spoken: [...strictestFirst(spoken), ...route.grants.toSorted(byRule)],
    notes: notes.toSorted(byRule),
    counts,
    words: {
      client: seen.client?.name ?? '',
      provider: seen.provider?.name ?? '',
      categories: words,
    },
    weak,
    bundle: bundle.digest,
  }
  const treatmentOf = (category: Category): Treatment => {
    const base = route.defaultOf(category, true) ?? unheardOf
    const said: Said[] = [{ treatment: base.treatment, by: '' }]
    for (const { treatment } of globalTreatments)
      said.push({ treatment: settle(treatment, category), by: '' })
    for (const { rule, term } of route.ofCategory(category))
      if (typeof rule.decide === 'object' && decide(term, ofPayload) !== false)
        said.push({ treatment: settle(rule.decide, category), by: '' })
    return strictest(said, category)
  }
  return { decision, treatmentOf }
}

/** The decision of `assess`. */
export const evaluate = (route: Route, document: Document, found: Classification): Decision =>
  assess(route, document, found).decision

/** Findings on a route → a decision. Pure and total: the strictest of what was said, whatever the order. */
import type { Code } from '../errors.ts'
import { codes, firstCode } from '../errors.ts'
import type { Category, TreatmentName } from '../model/category.ts'
import { treatmentOrder } from '../model/category.ts'
import type { Decision, FindingTreatment, Spoken, Treatment } from '../model/decision.ts'
import type { Document } from '../model/document.ts'
import { steps } from '../model/document.ts'
import type { Classification, Finding } from '../model/finding.ts'
import { atOnce } from '../model/pieces.ts'
import type { CivilDate } from '../model/register.ts'
import { becauseOf } from './because.ts'
import type { Rule } from './bundle.ts'
import { type SaidByDefault, saidByDefault, withFindings } from './default-sentence.ts'
import type { PayloadSeen } from './facts.ts'
import { isSpecial, thirdArt9 } from './facts.ts'
import { actFrom, findingTable, type Ruling, type Setting, unheardOf } from './finding-table.ts'
import { payloadFacts } from './payload-facts.ts'
import type { Route } from './route.ts'
import { blockCodes } from './block-codes.ts'
import { decideText } from './route.ts'
import { decide } from './term.ts'
import { settle, stricter } from './treatment.ts'

export { openRoute } from './route.ts'
export type { Route, RouteAsk } from './route.ts'

/** Findings between two turns of the event loop. */
const piece = 8_192

const strengths = new Map<string, number>()

/** How strict what was decided is; `decide` is one of a few texts of the policy. */
const strongest = (decided: string): number => {
  let strength = strengths.get(decided)
  if (strength === undefined) {
    strength = treatmentOrder.indexOf(decided.split(':', 1)[0] as TreatmentName)
    if (strengths.size < 1_000) strengths.set(decided, strength)
  }
  return strength
}
const ranks: ReadonlyMap<Code, number> = new Map(codes.map((code, at) => [code, at]))
const codeRank = (code: Code | undefined): number =>
  code === undefined ? codes.length : (ranks.get(code) ?? codes.length)

/** Strictest first; of two blocks the one whose code the table of refusals names first. */
const strictestFirst = (spoken: readonly Spoken[]): Spoken[] =>
  spoken
    .map((each) => ({ each, strength: strongest(each.decide), code: codeRank(each.code) }))
    .toSorted((a, b) => b.strength - a.strength || a.code - b.code || byRule(a.each, b.each))
    .map(({ each }) => each)

const byRule = (a: Spoken, b: Spoken): number => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)

interface Heard {
  readonly findings: number[]
  readonly categories: Set<Category>
}

type SaidByRule = Omit<Spoken, 'code' | 'categories' | 'findings'>
const kept = new WeakMap<Route, Map<Rule, SaidByRule>>()

/** What a rule says on a route, whatever it says it of. */
const saidBy = (rule: Rule, route: Route): SaidByRule => {
  let ofRoute = kept.get(route)
  if (ofRoute === undefined) kept.set(route, (ofRoute = new Map()))
  let said = ofRoute.get(rule)
  if (said === undefined) {
    const { en, fr } = becauseOf(rule, route.seen.law)
    const { file, line } = rule.source
    said = { rule: rule.id, decide: decideText(rule), en, fr, article: rule.because.article, file, line }
    ofRoute.set(rule, said)
  }
  return said
}

const ascending = (a: number, b: number): number => a - b

const spokenBy = (rule: Rule, route: Route, heard: Heard, met: Iterable<Category>): Spoken => {
  const { rule: id, decide: how, en, fr, article, file, line } = saidBy(rule, route)
  const code =
    typeof rule.decide === 'object' && rule.decide.name === 'block'
      ? (firstCode(blockCodes(rule, route.seen, met)) ?? 'POLICY_BLOCK')
      : undefined
  const categories = [...heard.categories].sort()
  const findings = heard.findings.sort(ascending)
  const said = { rule: id, decide: how, en, fr, article, file, line, categories, findings }
  return code === undefined ? said : { ...said, code }
}

/** Rule 26 opened a special category that acts in this payload: the names beside it are no longer needed to know. */
const opensSpecial = (route: Route, { findings }: Classification): boolean =>
  route.seen.law.class === 'third' &&
  findings.some(
    ({ category, confidence }) =>
      isSpecial(category) &&
      confidence >= actFrom(route, category) &&
      thirdArt9({ route: route.seen, category }) === 'present',
  )
let noon = { on: '' as CivilDate, at: new Date(0) }

/** Transfers of one day follow each other. */
const noonOf = (on: CivilDate): Date => {
  if (noon.on !== on) {
    const at = new Date(`${on}T12:00:00Z`)
    noon = { on, at: Number.isFinite(at.getTime()) ? at : new Date(0) }
  }
  return noon.at
}

/** A boolean goes as it came or not at all (design §4). */
const onBoolean = (treatment: Treatment): Treatment =>
  treatment.name === 'allow' || treatment.name === 'block' ? treatment : { name: 'remove' }

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
export const assess = (route: Route, document: Document, found: Classification): Assessed =>
  atOnce(assessing(route, document, found))

/** `assess` in pieces: a large payload has findings by the hundred thousand. */
export function* assessing(
  route: Route,
  document: Document,
  found: Classification,
): Generator<void, Assessed> {
  const { bundle, seen } = route
  const table = findingTable(route)
  const { findings } = found
  const specialOpened = opensSpecial(route, found)
  const settings = [false, true].map((child): Setting => ({ child, specialOpened })) as [Setting, Setting]
  const settingOf = ({ record }: Finding) => settings[found.records[record]?.child === true ? 1 : 0]
  const payload: PayloadSeen = payloadFacts({
    document,
    found,
    defaults: findings.map((finding) => table.baseOf(finding, settingOf(finding))),
    categories: bundle.categories,
    vaultHolds: route.vaultHolds,
    now: noonOf(seen.on),
  })
  const whole = table.wholeOf(payload)

  // Findings of one class have one ruling: what it says is said once, of all of them.
  const rulings = new Map<Ruling, number[]>()
  const treatments: FindingTreatment[] = []
  const counts: Partial<Record<Category, Partial<Record<TreatmentName, number>>>> = {}
  let weak = 0
  let treated = false
  for (const [at, finding] of findings.entries()) {
    if (at % piece === piece - 1) yield
    const field = document.fields[finding.field]
    const ruling = table.rulingOf(finding, settingOf(finding), whole, payload, () =>
      steps(field?.path ?? null),
    )
    const alike = rulings.get(ruling)
    if (alike === undefined) rulings.set(ruling, [at])
    else alike.push(at)
    const { category, by } = ruling
    if (ruling.treatment === undefined) {
      weak++
      continue
    }
    const treatment = field?.kind === 'boolean' ? onBoolean(ruling.treatment) : ruling.treatment
    treatments.push({ finding: at, field: finding.field, treatment, rules: by })
    const count = (counts[category] ??= {})
    count[treatment.name] = (count[treatment.name] ?? 0) + 1
    if (treatment.name !== 'allow') treated = true
  }

  const rules = new Map<Rule, Heard>()
  for (const rule of whole.rules) rules.set(rule, { findings: [], categories: new Set() })
  const byDefault = new Map<SaidByDefault, number[]>()
  for (const [ruling, at] of rulings) {
    const { category, base, rules: own } = ruling
    for (const rule of own) {
      let heard = rules.get(rule)
      if (heard === undefined) rules.set(rule, (heard = { findings: [], categories: new Set() }))
      for (const one of at) heard.findings.push(one)
      heard.categories.add(category)
    }
    if (base === undefined) continue
    const said = saidByDefault({ route, category, entry: route.entry(category), base })
    const heard = byDefault.get(said)
    if (heard === undefined) byDefault.set(said, [...at])
    else for (const one of at) heard.push(one)
  }

  const present = Object.keys(counts) as Category[]
  const spoken: Spoken[] = [...route.standing]
  const notes: Spoken[] = [...route.notes]
  for (const [rule, heard] of rules) {
    const met = heard.categories.size > 0 ? heard.categories : present
    ;(rule.decide === 'note' ? notes : spoken).push(spokenBy(rule, route, heard, met))
  }
  for (const [said, at] of byDefault) spoken.push(withFindings(said, at.sort(ascending)))
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
    ...(bundle.orders === undefined ? {} : { orders: bundle.orders.next }),
  }
  const ofPayload = (atom: { about: string; test: (seen: never) => boolean }) =>
    atom.about === 'payload' ? atom.test(payload as never) : undefined
  const treatmentOf = (category: Category): Treatment =>
    [
      (route.defaultOf(category, true) ?? unheardOf).treatment,
      ...whole.treatments.map(({ treatment }) => treatment),
      ...route
        .ofCategory(category)
        .flatMap(({ rule, term }) =>
          typeof rule.decide === 'object' && decide(term, ofPayload) !== false ? [rule.decide] : [],
        ),
    ]
      .map((treatment) => settle(treatment, category))
      .reduce((a, b) => stricter(a, b, category))
  return { decision, treatmentOf }
}

/** The decision of `assess`. */
export const evaluate = (route: Route, document: Document, found: Classification): Decision =>
  assess(route, document, found).decision

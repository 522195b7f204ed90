/**
 * An override is of one rule as its approver read it: of what it decides, when, and on what ground. A later bundle may have
 * another rule under the same id; that one was never lifted by anybody.
 */
import { createHash } from 'node:crypto'
import type { Rule } from './bundle.ts'
import type { Lift } from './orders.ts'
import type { Both } from '../lang.ts'

/** Keys in order, whatever order they were written in. */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** What a rule decides and when; its sentence, its place and its id change no decision. */
export const substance = ({ decide, when, pack }: Rule): string =>
  JSON.stringify([decide, when, pack], inOrder)

const digests = new WeakMap<Rule, string>()

/** SHA-256, lower-case hex, of what a rule decides, when, with which code and under which article; not of its words. */
export const ruleDigest = (rule: Rule): string => {
  let digest = digests.get(rule)
  if (digest === undefined) {
    const text = JSON.stringify([substance(rule), rule.code ?? '', rule.because.article])
    digest = createHash('sha256').update(text, 'utf8').digest('hex')
    digests.set(rule, digest)
  }
  return digest
}

/** Why an override counts for nothing under a bundle. */
export type LiftFault = 'gone' | 'changed' | 'fixed'

/** @param rule that the bundle has under the id; @returns undefined: the override counts */
export const liftFault = ({ says }: Pick<Lift, 'says'>, rule: Rule | undefined): LiftFault | undefined =>
  rule === undefined
    ? 'gone'
    : typeof rule.decide !== 'object' || !rule.overridable
      ? 'fixed'
      : ruleDigest(rule) === says
        ? undefined
        : 'changed'

const why: Readonly<Record<LiftFault, Both>> = {
  gone: { en: 'there is no such rule any more', fr: "cette règle n'existe plus" },
  changed: {
    en: 'the rule says something else now than when it was lifted, so it acts',
    fr: "la règle dit désormais autre chose que lorsqu'elle a été levée : elle agit",
  },
  fixed: {
    en: 'the rule may not be lifted any more, so it acts',
    fr: 'cette règle ne peut plus être levée : elle agit',
  },
}

/** What a DPO reads of an override that counts no more. */
export const voidSentence = (
  { rule, by, until }: Pick<Lift, 'rule' | 'by' | 'until'>,
  fault: LiftFault,
): Both => ({
  en: `The override of rule ${rule} by ${by} (until ${until}) counts no more: ${why[fault].en}.`,
  fr: `La levée de la règle ${rule} par ${by} (jusqu'au ${until}) ne compte plus : ${why[fault].fr}.`,
})

/** The overrides among these that count for nothing under such rules. */
export const voidLifts = (
  lifts: Iterable<Lift>,
  rules: readonly Rule[],
): readonly { readonly lift: Lift; readonly fault: LiftFault }[] => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  return [...lifts].flatMap((lift) => {
    const fault = liftFault(lift, byId.get(lift.rule))
    return fault === undefined ? [] : [{ lift, fault }]
  })
}

/** Categories that nobody decided on: no treatment in third countries, or one by default alone where a contract lists them. */
import { categories, isBelow, type Category } from '../../model/category.ts'
import type { Bundle } from '../bundle.ts'
import type { Warning } from '../names.ts'
import { mayActOn } from '../rule-check.ts'
import { printTreatment, strength } from '../treatment.ts'
import { keysIn } from '../when-keys.ts'
import type { KeyPath } from '../yaml.ts'
import type { ContractSeen } from './contracts.ts'
import { satisfiable, usualWork } from './satisfiable.ts'

/** No personal data by themselves. */
const contextTypes: readonly Category[] = ['date', 'org']

/** A rule that waits for something to be wrong, or for what else is in the payload, is no treatment of a category. */
const exceptional = new Set(['problem', 'tia', 'found', 'k', 'uc2_ok'])

/** A category that leaves for a third country as it came, and no rule that might keep it. */
export const untreated = (bundle: Bundle): readonly Warning[] => {
  const work = { left: usualWork }
  const kept = new Set(
    bundle.rules.flatMap((rule) =>
      typeof rule.decide === 'object' &&
      strength(rule.decide.name) > strength('allow') &&
      !keysIn(rule.when).some(([key]) => exceptional.has(key)) &&
      satisfiable({ all: [rule.when, { class: ['third'] }] }, bundle.law, work)
        ? mayActOn(rule)
        : [],
    ),
  )
  return [...bundle.categories.values()].flatMap((entry) =>
    entry.third.name === 'allow' && !contextTypes.includes(entry.category) && !kept.has(entry.category)
      ? [
          {
            source: entry.source,
            message: {
              en: `${entry.category}: third countries get it as it came, and no rule says otherwise`,
              fr: `${entry.category} : part tel quel vers les pays tiers, et aucune règle ne dit autre chose`,
            },
          },
        ]
      : [],
  )
}

/**
 * `gap: fin.income → tana-paie is decided by the default`: a contract for a third country lists the category, and neither a rule nor
 * need_to_know speaks of it.
 */
export const gaps = (contracts: readonly ContractSeen[]): readonly Warning[] =>
  contracts.flatMap(({ doc, provider, contract, n, routes }) => {
    const third = routes.filter(({ seen }) => seen.law.class === 'third')
    if (third.length === 0) return []
    const decided = (category: Category): boolean =>
      third.every(
        (route) =>
          route.entry(category)?.everywhere !== undefined ||
          route.ofCategory(category).some(({ rule }) => typeof rule.decide === 'object') ||
          route.always.some(({ rule }) => typeof rule.decide === 'object' && rule.decide.name !== 'block') ||
          route.defaultOf(category, false)?.why !== 'default',
      )
    return (contract.dpa?.categories ?? []).flatMap((listed, m): Warning[] => {
      const open = categories.filter((category) => isBelow(category, listed) && !decided(category))
      if (open.length === 0) return []
      const at: KeyPath = ['contracts', n, 'dpa', 'categories', m]
      const treatments = new Set(
        open.map((category) => {
          const entry = third[0]?.entry(category)
          return entry === undefined
            ? 'block'
            : printTreatment(third[0]?.defaultOf(category, false)?.treatment ?? entry.third)
        }),
      )
      const what =
        open.length === categories.filter((each) => isBelow(each, listed)).length ? listed : open.join(', ')
      return [
        {
          source: doc.at(at),
          message: {
            en: `gap: ${what} → ${provider.id} is decided by the default (${[...treatments].join('; ')})`,
            fr: `lacune : ${what} → ${provider.id} ne relève que du défaut (${[...treatments].join(' ; ')})`,
          },
        },
      ]
    })
  })

/** Which of two treatments is the stricter: promise 5 as a table. */
import type { Category, TreatmentName } from '../model/category.ts'
import { treatmentOrder } from '../model/category.ts'
import type { Treatment } from '../model/decision.ts'

export interface Ladder {
  /** Finest to coarsest. */
  readonly steps: readonly string[]
  /** The step that stands where none is named. */
  readonly usual: string
}

/** Stands for the last step of whatever category it meets. */
export const coarsest = 'coarsest'

const figures: Ladder = { steps: ['2', '1'], usual: '1' }
const places: Ladder = { steps: ['region', 'country'], usual: 'country' }

/** What can be generalised and how far (design §7). */
export const ladders: Readonly<Partial<Record<Category, Ladder>>> = {
  'birth.date': { steps: ['month', 'year', 'decade'], usual: 'year' },
  age: { steps: ['5', '10'], usual: '5' },
  'contact.postcode': { steps: ['3', '2', '1'], usual: '2' },
  'contact.city': places,
  'birth.place': places,
  'location.place': places,
  'location.gps': { steps: ['2', '1', '0'], usual: '1' },
  'fin.income': figures,
  'fin.credit': figures,
  'hr.salary': figures,
}

/** hmac > token > encrypt > surrogate, fpe, date-shift; the last three have no order among them. */
const methodRank: Readonly<Record<string, number>> = {
  hmac: 3,
  token: 2,
  encrypt: 1,
  surrogate: 0,
  fpe: 0,
  'date-shift': 0,
}
export const pseudonymMethods: readonly string[] = Object.keys(methodRank)

const methodOf = (treatment: Treatment): string => treatment.parameter ?? 'token'
const rankOf = (treatment: Treatment): number => methodRank[methodOf(treatment)] ?? 2

/** False for two pseudonym methods that have no order: an error of `policy check`. */
export const haveOrder = (a: Treatment, b: Treatment): boolean =>
  a.name !== 'pseudonymise' ||
  b.name !== 'pseudonymise' ||
  methodOf(a) === methodOf(b) ||
  rankOf(a) !== rankOf(b)

export const strength = (name: TreatmentName): number => treatmentOrder.indexOf(name)

/** A generalisation names its step; what cannot be generalised is removed (nothing coarser would stand). */
export const settle = (treatment: Treatment, category: Category): Treatment => {
  if (treatment.name !== 'generalise') return treatment
  const ladder = ladders[category]
  if (ladder === undefined) return { name: 'remove' }
  if (treatment.parameter === undefined) return { name: 'generalise', parameter: ladder.usual }
  if (treatment.parameter === coarsest)
    return { name: 'generalise', parameter: ladder.steps.at(-1) as string }
  return ladder.steps.includes(treatment.parameter) ? treatment : { name: 'remove' }
}

/** The stricter of two settled treatments of one finding. Total: methods without order meet in `token`. */
export const stricter = (a: Treatment, b: Treatment, category: Category): Treatment => {
  const difference = strength(a.name) - strength(b.name)
  if (difference !== 0) return difference > 0 ? a : b
  if (a.name === 'generalise') {
    const steps = ladders[category]?.steps ?? []
    return steps.indexOf(a.parameter ?? '') >= steps.indexOf(b.parameter ?? '') ? a : b
  }
  if (a.name === 'pseudonymise') {
    if (!haveOrder(a, b)) return { name: 'pseudonymise', parameter: 'token' }
    return rankOf(a) >= rankOf(b) ? a : b
  }
  return a
}

export const sameTreatment = (a: Treatment, b: Treatment): boolean =>
  a.name === b.name && (a.name === 'pseudonymise' ? methodOf(a) === methodOf(b) : a.parameter === b.parameter)

/** `pseudonymise`, `generalise: year`. */
export const printTreatment = (treatment: Treatment): string =>
  treatment.parameter === undefined ? treatment.name : `${treatment.name}: ${treatment.parameter}`

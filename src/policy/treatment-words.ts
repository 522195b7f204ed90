/**
 * What becomes of findings, in words. In French by nouns: they agree with every category, of either gender and any number, and
 * with every rule that decides them.
 */
import type { TreatmentName } from '../model/category.ts'
import type { Both, Lang } from '../lang.ts'

/** In lists and tables: `names: pseudonymised (2)`. */
export const treatmentNames: Readonly<Record<TreatmentName, Both>> = {
  allow: { en: 'in clear', fr: 'en clair' },
  generalise: { en: 'made coarser', fr: 'généralisation' },
  pseudonymise: { en: 'pseudonymised', fr: 'pseudonymisation' },
  mask: { en: 'masked', fr: 'masquage' },
  remove: { en: 'removed', fr: 'retrait' },
  block: { en: 'blocked', fr: 'refus' },
}

/** In sentences: `names: replaced by pseudonyms`. */
export const becomes: Readonly<Record<TreatmentName, Both>> = {
  ...treatmentNames,
  allow: { en: 'sent as they came', fr: 'envoi en clair' },
  pseudonymise: { en: 'replaced by pseudonyms', fr: 'remplacement par des pseudonymes' },
  block: { en: 'may not leave', fr: 'refus' },
}

/** What is decided besides, of a rule or a route. */
const otherwise: Readonly<Record<string, string>> = {
  grant: 'autorisation',
  note: 'note',
  override: 'dérogation',
  refused: 'refus',
  open: 'ouverture',
}

/** A decision as a policy file writes it, `generalise: year`; in French by our word and its parameter, `généralisation (year)`. */
export const decisionWord = (written: string, lang: Lang): string => {
  const [name = '', parameter] = written.split(': ')
  const known: Readonly<Record<string, Both>> = treatmentNames
  const word = lang === 'en' ? name : (known[name]?.fr ?? otherwise[name] ?? name)
  return parameter === undefined ? word : `${word} (${parameter})`
}

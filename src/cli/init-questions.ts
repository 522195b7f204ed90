/** The ten questions of `douane init`, in both languages, and what each answer must be. */
import { isCivilDate } from '../law/date.ts'
import type { LawData } from '../law/data.ts'
import { isCountry } from '../law/territory.ts'
import { baseUrlFault } from '../policy/address.ts'
import { isCategory } from '../policy/names.ts'
import type { Both } from '../lang.ts'

export interface Answers {
  readonly company: string
  readonly country: string
  readonly provider: string
  readonly provider_country: string
  readonly base_url: string
  readonly purpose: string
  readonly data_subjects: string
  readonly categories: string
  /** Reference and day; '' none yet. */
  readonly contract: string
  /** Day; '' none. */
  readonly clauses: string
}

export interface Question {
  readonly key: keyof Answers
  readonly ask: Both
  /** What is wrong with an answer; undefined: nothing. */
  readonly wrong: (text: string, law: LawData) => Both | undefined
}

/** `a, b c` */
export const listed = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '')

/** Letters that no decomposition takes apart. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
}

/** Small letters, digits and hyphens, as the register wants ids; accents go: `societe`. */
export const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[ßæœøłđı]/g, (letter) => letters[letter] ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')

export const contractForm = /^([A-Za-z0-9][A-Za-z0-9._/:#-]{0,79})\s+(\d{4}-\d{2}-\d{2})$/

const name = (text: string): Both | undefined =>
  text.length > 200 || idOf(text).length < 2 || /[\p{Cc}\p{Cf}]/u.test(text)
    ? {
        en: 'a name has at least two Latin letters or digits: the id is made of them',
        fr: 'un nom comporte au moins deux lettres latines ou chiffres : l’identifiant en est tiré',
      }
    : undefined

const country = (text: string, law: LawData): Both | undefined =>
  /^[A-Z]{2}$/.test(text) && isCountry(law, text)
    ? undefined
    : { en: 'write the two letters of ISO 3166-1, such as FR', fr: 'deux lettres ISO 3166-1, par exemple FR' }

const day: Both = { en: 'a day is written YYYY-MM-DD', fr: "un jour s'écrit AAAA-MM-JJ" }

export const questions: readonly Question[] = [
  {
    key: 'company',
    ask: { en: 'Your company', fr: 'Votre entreprise' },
    wrong: name,
  },
  {
    key: 'country',
    ask: { en: 'Its country (two letters, FR)', fr: 'Son pays (deux lettres, FR)' },
    wrong: country,
  },
  {
    key: 'provider',
    ask: { en: 'The provider to which data shall go', fr: 'Le prestataire qui recevra les données' },
    wrong: name,
  },
  {
    key: 'provider_country',
    ask: {
      en: 'The country where it works (the farthest, if several)',
      fr: 'Le pays où il travaille (le plus lointain, si plusieurs)',
    },
    wrong: country,
  },
  {
    key: 'base_url',
    ask: { en: 'Address of its API (https://…)', fr: 'Adresse de son API (https://…)' },
    wrong: (text) => {
      const fault = baseUrlFault(text)
      if (fault === undefined) return undefined
      const said = [fault.message, fault.hint].filter((part) => part !== undefined).join('; ')
      return { en: said, fr: `adresse refusée : ${said}` }
    },
  },
  {
    key: 'purpose',
    ask: {
      en: 'What it is for, in one word (payroll, support …)',
      fr: 'La finalité, en un mot (payroll, support…)',
    },
    wrong: (text) =>
      /^[a-z0-9][a-z0-9_-]{0,39}$/.test(text)
        ? undefined
        : { en: 'small letters, digits, - and _', fr: 'lettres minuscules, chiffres, - et _' },
  },
  {
    key: 'data_subjects',
    ask: {
      en: 'Whose data (employees, customers …)',
      fr: 'Les personnes concernées (employees, customers…)',
    },
    wrong: (text) =>
      listed(text).length > 0 && listed(text).every((one) => /^[a-z][a-z0-9_]{1,39}$/.test(one))
        ? undefined
        : {
            en: 'words in small letters, with commas',
            fr: 'des mots en minuscules, séparés par des virgules',
          },
  },
  {
    key: 'categories',
    ask: {
      en: 'Which data the contract names (name, contact, id.employee, fin, hr.salary …)',
      fr: 'Les données que le contrat nomme (name, contact, id.employee, fin, hr.salary…)',
    },
    wrong: (text) => {
      const unknown = listed(text).filter((one) => !isCategory(one))
      if (listed(text).length === 0) return { en: 'name at least one', fr: 'nommez-en au moins une' }
      return unknown.length === 0
        ? undefined
        : {
            en: `no such category: ${unknown.join(', ')}; policies/categories.yaml lists them`,
            fr: `catégorie inconnue : ${unknown.join(', ')} ; policies/categories.yaml les énumère`,
          }
    },
  },
  {
    key: 'contract',
    ask: {
      en: 'Processor contract with all points of Art. 28(3): reference and day (C-12 2025-03-01; empty: none yet)',
      fr: "Contrat de sous-traitance avec tous les points de l'art. 28(3) : référence et date (C-12 2025-03-01 ; vide : aucun)",
    },
    wrong: (text) =>
      text === '' || isCivilDate(contractForm.exec(text)?.[2] ?? '')
        ? undefined
        : {
            en: 'a reference, a space, a day (YYYY-MM-DD)',
            fr: 'une référence, une espace, un jour (AAAA-MM-JJ)',
          },
  },
  {
    key: 'clauses',
    ask: {
      en: 'Standard contractual clauses with annexes I to III filled in: signed on (empty: none, or not needed)',
      fr: 'Clauses contractuelles types, annexes I à III remplies : signées le (vide : aucune, ou inutiles)',
    },
    wrong: (text) => (text === '' || isCivilDate(text) ? undefined : day),
  },
]

/** What reports call things, in both languages. */
import type { Category } from '../model/category.ts'
import type { Ground } from '../model/ground.ts'
import type { OutcomeEnd } from '../model/record.ts'
import type { Both, Lang } from '../lang.ts'
import type { CategoryEntry } from '../policy/bundle.ts'
import { country, grounds } from '../policy/explain.ts'
import type { Form } from './transfer-register.ts'

export const formNames: Readonly<Record<Form, Both>> = {
  clear: { en: 'in clear', fr: 'en clair' },
  coarser: { en: 'made coarser', fr: 'généralisées' },
  pseudonym: { en: 'as pseudonyms', fr: 'sous pseudonyme' },
  withheld: { en: 'withheld', fr: 'retenues' },
}

export const endNames: Readonly<Record<OutcomeEnd | 'open', Both>> = {
  delivered: { en: 'delivered', fr: 'remis' },
  provider_error: {
    en: 'delivered, the provider answered with an error',
    fr: 'remis, le prestataire a répondu par une erreur',
  },
  not_sent: { en: 'not sent', fr: 'non envoyé' },
  aborted: { en: 'broken off', fr: 'interrompu' },
  unknown: { en: 'may have been sent', fr: 'peut-être envoyé' },
  open: { en: 'no outcome yet: may have been sent', fr: "pas encore d'issue : peut-être envoyé" },
}

export const verdictNames = {
  allow: { en: 'passed in clear', fr: 'passé en clair' },
  treat: { en: 'passed, treated', fr: 'passé, traité' },
  refuse: { en: 'refused', fr: 'refusé' },
} as const satisfies Record<string, Both>

export interface Words {
  readonly lang: Lang
  category(id: string): string
  country(code: string): string
  ground(id: string): string
  /** The one of the two that the reader reads. */
  say(both: Both): string
}

/** @param categories of the policy in force, which name them; others show by their key */
export const wordsOf = (
  lang: Lang,
  categories: ReadonlyMap<Category, Pick<CategoryEntry, 'en' | 'fr'>> = new Map(),
): Words => ({
  lang,
  category: (id) => categories.get(id as Category)?.[lang] ?? id,
  country: (code) => country(code, lang),
  ground: (id) => (Object.hasOwn(grounds, id) ? grounds[id as Ground][lang] : id),
  say: (both) => both[lang],
})

import type { Lists } from './gazetteer.ts'
import type { Origin } from './origin.ts'
import type { Random } from './random.ts'

/** Makes person names of many origins; half of them of the text's own language. */
export interface NameMaker {
  /** What the lists say of a folded word, by its hash. */
  readonly bits: ReadonlyMap<number, number>
  /** `M.`, `K`, `N…`, `J. P.` */
  initial(): string
  given(lang: string): string
  surname(lang: string): string
  full(lang: string): string
  place(): string
}

const home: Readonly<Record<string, readonly string[]>> = {
  fr: [
    'y-fr',
    'fr',
    'c-FR',
    'c-BE',
    'c-CH',
    'c-MA',
    'c-DZ',
    'c-TN',
    'c-SN',
    'c-CI',
    'x-maghreb',
    'x-west-africa',
    'x-malagasy',
    'x-central-africa',
    'x-short',
  ],
  en: [
    'y-en',
    'en',
    'c-GB',
    'c-US',
    'c-IE',
    'c-IN',
    'c-PH',
    'c-NG',
    'c-AU',
    'x-india',
    'x-philippines',
    'x-chinese',
    'x-short',
  ],
  de: ['y-de', 'de', 'c-DE', 'c-AT', 'c-CH', 'tr', 'c-TR', 'x-turkish', 'x-slavic'],
  es: ['y-es', 'es', 'c-ES', 'c-MX', 'c-AR', 'c-CL', 'c-CO'],
  it: ['y-it', 'it', 'c-IT'],
  pt: ['y-pt', 'pt', 'c-PT', 'c-BR'],
  nl: ['y-nl', 'nl', 'c-NL', 'c-BE'],
  pl: ['y-pl', 'pl', 'c-PL'],
  ro: ['y-ro', 'ro', 'c-RO', 'c-MD'],
}
const particles: Readonly<Record<string, readonly string[]>> = {
  fr: ['de', 'Le', 'de la', 'du', 'El', 'Ben'],
  en: ['Mc', "O'", 'van', 'de'],
  de: ['von', 'von der', 'zu'],
  es: ['de', 'de la', 'del'],
  it: ['De', 'Di', 'Della', 'Dal'],
  pt: ['da', 'de', 'dos', 'da'],
  nl: ['van', 'de', 'van der', 'van den', 'ter'],
  pl: [],
  ro: [],
}

export const makeNames = (lists: Lists, random: Random): NameMaker => {
  const withGiven: Origin[] = []
  const withSurnames: Origin[] = []
  for (const one of lists.origins.values()) {
    if (one.given.length >= 10) withGiven.push(one)
    if (one.surnames.length >= 5) withSurnames.push(one)
  }
  const of = (lang: string, part: 'given' | 'surnames', all: readonly Origin[]): string => {
    if (random.chance(0.55)) {
      const own = (home[lang] ?? [])
        .map((name) => lists.origins.get(name)?.[part] ?? [])
        .filter((list) => list.length > 4)
      if (own.length > 0) return random.pick(random.pick(own))
    }
    return random.pick(random.pick(all)[part])
  }
  const given = (lang: string): string => {
    const name = of(lang, 'given', withGiven)
    if (random.chance(0.06)) return `${name}-${of(lang, 'given', withGiven)}`
    return name
  }
  /** Surnames nobody has listed: two halves of two names. */
  const unknown = (lang: string): string => {
    const one = of(lang, 'surnames', withSurnames)
    const other = of(lang, 'surnames', withSurnames)
    return one.slice(0, Math.ceil(one.length / 2)) + other.slice(Math.floor(other.length / 2)).toLowerCase()
  }
  const surname = (lang: string): string => {
    const name = random.chance(0.2) ? unknown(lang) : of(lang, 'surnames', withSurnames)
    const before = particles[lang] ?? []
    if (before.length > 0 && random.chance(0.07)) {
      const particle = random.pick(before)
      return /['c]$/.test(particle) ? particle + name : `${particle} ${name}`
    }
    if (random.chance(0.05)) return `${name}-${of(lang, 'surnames', withSurnames)}`
    if ((lang === 'es' || lang === 'pt') && random.chance(0.5))
      return `${name} ${of(lang, 'surnames', withSurnames)}`
    return name
  }
  const full = (lang: string): string => {
    const first = given(lang)
    const last = surname(lang)
    const how = random.next()
    if (how < 0.74) return `${first} ${last}`
    if (how < 0.8) return `${first} ${given(lang)} ${last}`
    if (how < 0.86) return `${first} ${last.toUpperCase()}`
    if (how < 0.9) return `${last.toUpperCase()} ${first}`
    if (how < 0.93) return `${last} ${first}`
    if (how < 0.97) return `${first.charAt(0)}. ${last}`
    return `${first} ${last.charAt(0)}.`
  }
  const letter = () => String.fromCharCode(65 + random.below(26))
  const initial = () => {
    const how = random.next()
    if (how < 0.5) return `${letter()}.`
    if (how < 0.8) return letter()
    if (how < 0.9) return `${letter()}…`
    return `${letter()}. ${letter()}.`
  }
  return { bits: lists.bits, initial, given, surname, full, place: () => random.pick(lists.places) }
}

/** A name in another case: Polish endings, German genitive. */
export const inflected = (name: string, lang: string, random: Random): string => {
  if (lang === 'de' && random.chance(0.05) && /[a-z]$/.test(name)) return `${name}s`
  if (lang !== 'pl' || !random.chance(0.35)) return name
  const kind = random.below(4)
  return name
    .split(' ')
    .map((word) => {
      if (/ski$|cki$/.test(word)) return word.slice(0, -1) + ['iego', 'iemu', 'im', 'iego'][kind]!
      if (/ska$|cka$/.test(word)) return word.slice(0, -1) + ['iej', 'iej', 'ą', 'ą'][kind]!
      if (/a$/.test(word)) return word.slice(0, -1) + ['y', 'ie', 'ę', 'ą'][kind]!
      if (/[bcdfghjklłmnprstwz]$/.test(word)) return word + ['a', 'owi', 'em', 'a'][kind]!
      return word
    })
    .join(' ')
}

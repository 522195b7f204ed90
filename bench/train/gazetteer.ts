import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { fold, kinds, LOWER } from '../../src/detect/fold.ts'
import * as bits from '../../src/detect/names/tagger/features.ts'
import { hashOfFolded } from '../../src/detect/names/tagger/tokens.ts'
import {
  closings,
  englishWords,
  frenchWords,
  greetings,
  notNames,
  sharedWords,
  titles,
} from './usual-words.ts'
import type { Doc } from './corpus.ts'
import type { Origin } from './origin.ts'
import { ownOrigins } from './own-names.ts'
import { sceneWords } from './scene-words.ts'

export interface Lists {
  readonly origins: ReadonlyMap<string, Origin>
  readonly places: readonly string[]
  readonly bits: ReadonlyMap<number, number>
}

type Locale = Readonly<Record<string, unknown>>

const firms = `gmbh ag kg sarl sas sasu sa eurl inc ltd llc plc corp corporation company co bv nv spa srl sl ltda sp
  srl oy ab as group groupe gruppe grupo gruppo holding bank banque banco banca universite university universitat
  universidad universita ministere ministerium ministry hopital hospital krankenhaus klinik clinique clinica ospedale
  association fondation stiftung foundation institut institute verein partei parti party tribunal gericht court cour
  lycee college ecole school schule syndicat societe airlines press consulting solutions services systems`

const titleWords = `${titles} doktor docteur ing avv dott dottore dottoressa ingegnere onorevole pan pana panu panem pani panią
  domnul doamna dl dna don doña don dona dhr mevr mw mijnheer me maitre sir madam lord lady prof rev sen rep
  president präsident ministre minister senator richter bürgermeister maire avocat juge`

const greetingWords = `${greetings} ${closings} dzień dobry cześć szanowny szanowna bună ziua salut stimată stimate drogi draga
  goedemiddag goedemorgen beste geachte caro cara gentile egregio buongiorno salve prezado prezada caro bom dia boa tarde
  guten tag morgen moin servus sehr geehrte geehrter buenos dias buenas tardes querido querida groeten groet pozdrawiam
  serdecznie obrigado obrigada atenciosamente atentamente saluti grazie mulțumesc cu stimă`

export const readLists = (folder: string, docs: readonly Doc[], everything: boolean): Lists => {
  const origins = new Map<string, { given: string[]; surnames: string[] }>()
  const origin = (name: string) => {
    let one = origins.get(name)
    if (one === undefined) origins.set(name, (one = { given: [], surnames: [] }))
    return one
  }
  const places: string[] = []
  const dev = join(folder, 'dev', 'gazetteers')
  const zipped = (name: string) => gunzipSync(readFileSync(join(dev, name))).toString('utf8')
  const locales = JSON.parse(zipped('fakerjs-names-places.json.gz')) as Record<string, Locale>
  const strings = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && latin(one)) : []
  for (const [name, locale] of Object.entries(locales)) {
    const one = origin(name.slice(0, 2))
    one.given.push(...strings(locale['first']))
    one.surnames.push(...strings(locale['last']))
    places.push(...strings(locale['city']), ...strings(locale['state']))
  }
  for (const [file, part] of [
    ['sigpwned-common-forenames-by-country.csv', 'given'],
    ['sigpwned-common-surnames-by-country.csv', 'surnames'],
  ] as const) {
    for (const line of readFileSync(join(dev, file), 'utf8').split(/\r?\n/).slice(1)) {
      const cells = line.split(',')
      const localised = part === 'given' ? cells[10] : cells[4]
      const romanised = part === 'given' ? cells[11] : cells[5]
      for (const one of new Set([localised, romanised]))
        if (one !== undefined && one.length > 1 && latin(one)) origin(`c-${cells[0]!}`)[part].push(title(one))
    }
  }
  for (const [name, own] of ownOrigins()) {
    origin(name).given.push(...own.given)
    origin(name).surnames.push(...own.surnames)
  }
  const table = new Map<string, number>()
  const mark = (word: string, bit: number) => {
    const folded = fold(word)
    if (/^[a-z]{2,}$/.test(folded)) table.set(folded, (table.get(folded) ?? 0) | bit)
  }
  const parts = (name: string) => name.split(/[\s'’-]+/)
  const seen = new Map<string, Set<string>>()
  for (const [name, one] of origins) {
    for (const given of one.given)
      for (const part of parts(given)) {
        mark(part, bits.GIVEN_BIT)
        const folded = fold(part)
        let set = seen.get(folded)
        if (set === undefined) seen.set(folded, (set = new Set()))
        set.add(name)
      }
    for (const surname of one.surnames) for (const part of parts(surname)) mark(part, bits.SURNAME_BIT)
  }
  for (const [word, set] of seen) if (set.size >= 4) mark(word, bits.FREQUENT_BIT)
  // The German genitive: `Becks Absichten`, `Annas Vertrag`.
  for (const name of genitives)
    for (const [list, bit] of [
      [origins.get(name)?.given, bits.GIVEN_BIT],
      [origins.get(name)?.surnames, bits.SURNAME_BIT],
    ] as const)
      for (const one of list ?? [])
        if (/^\p{L}{3,}(?<![sxzß])$/u.test(one) && !table.has(fold(`${one}s`))) mark(`${one}s`, bit)
  const solvenium = (name: string, bit: number) => {
    if (!everything || !existsSync(join(dev, name))) return
    for (const line of zipped(name).split('\n'))
      for (const part of parts(line)) if (latin(part)) mark(part, bit)
  }
  solvenium('solvenium-wiktionary-Female_given_names.txt.gz', bits.GIVEN_BIT)
  solvenium('solvenium-wiktionary-Male_given_names.txt.gz', bits.GIVEN_BIT)
  solvenium('solvenium-wiktionary-Surnames.txt.gz', bits.SURNAME_BIT)
  for (const place of places)
    for (const part of place.split(/[\s'’-]+/)) if (part.length > 3) mark(part, bits.PLACE_BIT)
  for (const word of firms.split(/\s+/)) mark(word, bits.FIRM_BIT)
  for (const word of titleWords.split(/\s+/)) mark(word, bits.TITLE_BIT)
  for (const { roles } of Object.values(sceneWords))
    for (const word of roles.split(/[\s|'.]+/)) if (word.length > 3) mark(word, bits.ROLE_BIT)
  for (const word of `${greetingWords} ${englishWords} ${frenchWords} ${notNames} ${sharedWords}`.split(
    /\s+/,
  ))
    mark(word, bits.COMMON_BIT)
  const isName = (word: string) =>
    ((table.get(word) ?? 0) & (bits.GIVEN_BIT | bits.SURNAME_BIT | bits.PLACE_BIT)) !== 0
  for (const word of commonWords(docs, isName)) mark(word, bits.COMMON_BIT)
  return {
    origins,
    places,
    bits: new Map([...table].map(([word, value]) => [hashOfFolded(word), value])),
  }
}

/** Origins whose names take an -s. */
const genitives = ['y-de', 'de', 'c-DE', 'c-AT', 'c-CH']

const latin = (text: string): boolean => /^[\p{Script=Latin}' ’.-]+$/u.test(text)
const title = (text: string): string =>
  text === text.toUpperCase()
    ? text.toLowerCase().replace(/(^|[\s'-])\p{L}/gu, (one) => one.toUpperCase())
    : text

/**
 * Words that are no names: seen in lower case in most of their places, or written with a capital (German nouns, words that
 * begin sentences) and never in a span; `isName` tells words that a list of names has.
 */
const commonWords = (docs: readonly Doc[], isName: (folded: string) => boolean): string[] => {
  const counts = new Map<string, { low: number; all: number; person: number; inside: number }>()
  for (const { text, spans } of docs) {
    const sorted = [...spans].sort((a, b) => a.start - b.start)
    let next = 0
    for (const match of text.matchAll(/\p{L}+/gu)) {
      while (next < sorted.length && sorted[next]!.end <= match.index) next++
      const word = fold(match[0])
      let count = counts.get(word)
      if (count === undefined) counts.set(word, (count = { low: 0, all: 0, person: 0, inside: 0 }))
      count.all++
      if (kinds[match[0].charCodeAt(0)] === LOWER) count.low++
      const span = sorted[next]
      if (span === undefined || span.start > match.index) continue
      count.inside++
      if (span.type === 'PERSON') count.person++
    }
  }
  const usual = ({ low, all, person }: { low: number; all: number; person: number }) =>
    low >= 3 && low >= 0.6 * all && person * 20 <= all
  return [...counts]
    .filter(
      ([word, count]) =>
        word.length > 1 &&
        (usual(count) ||
          (count.all >= 5 && count.inside * 10 <= count.all && count.person === 0 && !isName(word))),
    )
    .map(([word]) => word)
    .sort()
}

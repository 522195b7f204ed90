import { fold } from '../../src/detect/fold.ts'
import { GIVEN_BIT, SURNAME_BIT } from '../../src/detect/names/tagger/features.ts'
import { hashOfFolded } from '../../src/detect/names/tagger/tokens.ts'
import type { Doc, Span } from './corpus.ts'
import { inflected, type NameMaker } from './names.ts'
import type { Random } from './random.ts'

/** One document in twenty in capitals, one in eight in lower case, and other names where `renamed` says so. */
export const augment = (doc: Doc, renamed: boolean, names: NameMaker, random: Random): Doc => {
  const one = renamed ? rename(doc, names, random) : doc
  const how = random.next()
  if (how < 0.12) return recase(one, (text) => text.toLowerCase())
  if (how < 0.17) return recase(one, (text) => text.toUpperCase())
  return one
}

/** Letters whose other case has another length stay, so that offsets hold. */
const recase = (doc: Doc, change: (text: string) => string): Doc => ({
  ...doc,
  text: [...doc.text].map((char) => (change(char).length === char.length ? change(char) : char)).join(''),
})

const rename = (doc: Doc, names: NameMaker, random: Random): Doc => {
  let text = ''
  let at = 0
  const spans: Span[] = []
  for (const span of [...doc.spans].sort((a, b) => a.start - b.start)) {
    if (span.start < at) continue
    text += doc.text.slice(at, span.start)
    const old = doc.text.slice(span.start, span.end)
    const value = span.type === 'PERSON' ? other(old, doc.lang, names, random) : old
    spans.push({ start: text.length, end: text.length + value.length, type: span.type })
    text += value
    at = span.end
  }
  return { ...doc, text: text + doc.text.slice(at), spans }
}

const other = (old: string, lang: string, names: NameMaker, random: Random): string => {
  if (!/\p{L}{3}/u.test(old) || /[.@\d]/.test(old)) return old
  const words = old.trim().split(/\s+/).length
  const fresh = words > 1 ? names.full(lang) : isGiven(old, names) ? names.given(lang) : names.surname(lang)
  const cased = inflected(fresh, lang, random)
  if (old === old.toUpperCase()) return cased.toUpperCase()
  return old === old.toLowerCase() ? cased.toLowerCase() : cased
}

/** A lone word is a surname unless the lists have it as a given name only. */
const isGiven = (word: string, names: NameMaker): boolean => {
  const bits = names.bits.get(hashOfFolded(fold(word.trim()))) ?? 0
  return (bits & (GIVEN_BIT | SURNAME_BIT)) === GIVEN_BIT
}

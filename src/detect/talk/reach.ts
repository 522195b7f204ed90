import { fold } from '../fold.ts'
import { type Site, put } from '../found.ts'
import { COMMON, FIRM, PLACE, listed } from '../names/listed.ts'
import { type Push, coveredBy } from '../covered.ts'
import type { Line } from './lines.ts'

/**
 * Where a customer lives and how he is reached, as people type it in a chat: `112 van dyke st`, `no 5 smith street
 * fish market`, `madurai nethaji street`, `sam63 mailcom`.
 */

/** Words for a street, its abbreviations, and for a house, folded. */
const streets: ReadonlySet<string> = new Set(
  `street st road rd avenue ave lane ln drive dr court ct boulevard blvd way place pl square sq terrace close crescent highway hwy
  circle cir loop trail colony nagar complex gate cross house apartment apt flat villa block sector floor mall plaza estate gardens
  rue avenue bd boulevard chemin impasse allee place quai lotissement strasse str weg platz allee gasse calle avenida avda plaza paseo via viale
  piazza corso rua travessa praca estrada straat laan plein weg ulica ul aleja osiedle strada bulevardul aleea soseaua`.split(
    /\s+/,
  ),
)
/** A line that begins with a house number, or `no 5`, and goes on with words. */
const housed =
  /^(?:(?:no|nr|n°|num|door no|flat no|house no|h no|p ?o box|box)[ .:]{1,2})?(\d{1,5}[a-z]?)[ ,/-]{1,2}(?=[^\d\n]*\p{L}{2})/iu
/** `hauptstrasse`, `streetny`: joined, or with the sign between lost. */
const glued =
  /^(?:street|avenue|boulevard|drive|road|lane)\p{Ll}|(?:strasse|straat|gasse|nagar|street|avenue|weg|laan)$/u
/** Words of which an address has none. */
const sentence =
  /\b(?:i|is|are|my|me|you|want|need|pizza|pizzas|with|and|for|of|the|gb|usd|dollars?|euros?|items?|pieces?|qty|quantity|people|persons?|tickets?|days?|hours?|minutes?|am|pm|model|it|please|ok|do|does|like|would|have|has|no|this|that|at|in|on|name)\b/

const mails =
  /(?<![\p{L}\d@.])(?:[a-z][\w.-]{0,30}[ ])?(?:\d{1,6}[ ])?[a-z]{3,30}(?:com|net|org)(?![\p{L}\d@.])/giu

/** Streets and quarters that no everyday word is: a line with one needs no number. */
const quarters =
  /\b(?:street|avenue|road|lane|nagar|colony|complex|mall|apartments|residency|towers|boulevard|chemin|impasse|strasse|gasse|calle|avenida|viale|piazza|travessa|straat|ulica|aleja|strada)\b/

/** With streets, towns and a telephone number a line is longer than an answer. */
const longest = 120

/** @param said the lines, folded */
export const reachIn = (site: Site, lines: readonly Line[], said: readonly string[], push: Push): void => {
  const { text, found } = site
  const names = new Map(
    found
      .filter(({ category, confidence }) => category === 'name' && confidence >= 0.5)
      .map((one) => [one.start, one.end]),
  )
  // An address that was found in part becomes whole, and a street that looks like a name is one.
  const others = coveredBy(
    found.filter(({ category }) => category !== 'contact.address' && category !== 'name'),
  )
  let mailed = false
  for (const [at, { start, body, end }] of lines.entries()) {
    if (body >= end || end - body > longest) continue
    mailed ||= /\be ?-?mail|\bboarding pass|\bcourriel|\bcorreo|\bposta\b/.test(said[at]!)
    if (mailed) findMails(text, body, end, push)
    // `no 87 …`: no courtesy but a house number.
    const head = body > start && /^no[ .]{1,2}\d/.test(text.slice(start, body + 1)) ? start : body
    let from = behindPhone(text, behindName(text, names, head, end), end)
    let length = isAddress(text.slice(from, end))
    if (length === 0) {
      from = behindWords(text, from, end)
      length = from < 0 ? 0 : isAddress(text.slice(from, end))
    }
    if (length === 0 || others.at(from, from + Math.min(length, 8))) continue
    put(site.found, {
      start: from,
      end: from + length,
      category: 'contact.address',
      confidence: 0.55,
      recogniser: 'talk',
      evidence: 'house number and words of an address, in a chat',
    })
  }
}

/** `ajith 812 chennai 600012`: who lives there comes first. */
const behindName = (text: string, names: ReadonlyMap<number, number>, body: number, end: number): number => {
  const behind = names.get(body)
  if (behind === undefined || behind >= end) return body
  const gap = /[ ,:]+(?:(?:and )?(?:my )?(?:new )?address[ :]+(?:is )?)?/y
  gap.lastIndex = behind
  return gap.test(text) ? gap.lastIndex : body
}

/** `9952686958 1357 ram street`: how to call him back comes first. */
const behindPhone = (text: string, from: number, end: number): number => {
  const gap = /(?<!\d)\d{9,12}[ ,]+(?:and )?(?=\S)/y
  gap.lastIndex = from
  return gap.test(text) && gap.lastIndex < end ? gap.lastIndex : from
}

/** `lavanya 143 melur road`: one or two words that no list has as a name; -1 if the line begins otherwise. */
const behindWords = (text: string, from: number, end: number): number => {
  const words = /(?:\p{L}{3,20} ){1,2}(?=\d{1,5} )/uy
  words.lastIndex = from
  return words.test(text) && words.lastIndex < end ? words.lastIndex : -1
}

/** How many characters of the line are an address; 0 if none. */
const isAddress = (written: string): number => {
  const length = withoutPhone(written)
  const match = housed.exec(written)
  const folded = fold(written.slice(0, length))
  // `1357 ram street in`: Indiana.
  const told = folded.slice(match?.[0].length ?? 0).replace(/ (?:in|or|me|ok|hi)$/, '')
  if (sentence.test(told) || /[?!:]/.test(written)) return 0
  const words = folded
    .slice(match?.[0].length ?? 0)
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
  if (words.length > 14) return 0
  const places = words.filter((word) => word.length > 2 && (listed(word) & (PLACE | COMMON | FIRM)) === PLACE)
  if (match === null) return quarters.test(folded) && words.length >= 2 && !/^\d/.test(written) ? length : 0
  const coded = /[ ]\d{5,9}\b/.test(folded)
  const placed =
    coded || match[0].startsWith('no ') || words.some((word) => streets.has(word) || glued.test(word))
  return (placed && words.length >= 2) ||
    places.length > 0 ||
    ((coded || length < written.length) && isOne(words))
    ? length
    : 0
}

/** `1428 chennai 600018`, `862 mumbai 4562189720`: a word between a house number and a code or a telephone number. */
const isOne = (words: readonly string[]): boolean =>
  words.length === 1 && words[0]!.length > 3 && (listed(words[0]!) & FIRM) === 0

/** Before a telephone number that ends the line. */
const withoutPhone = (written: string): number => {
  const phone =
    /[ ,]+(?:ph|phone|tel|contact|contact no|mob|mobile|no)?[ .:]*\+?\d{3}[\d -]{6,12}(?: ?x ?\d{1,6})?$/i.exec(
      written,
    )
  return phone?.index ?? written.length
}

const findMails = (text: string, from: number, to: number, push: Push): void => {
  for (const { 0: written, index } of text.slice(from, to).matchAll(mails)) {
    const word = /[a-z]+$/i.exec(written)![0]
    if (word.length < 7 || (listed(fold(word)) & COMMON) !== 0) continue
    push(
      from + index,
      from + index + written.length,
      'contact.email',
      0.6,
      'address without its signs, in a chat',
    )
  }
}

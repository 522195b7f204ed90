/**
 * What a text says once its spelling no longer hides it: no invisible signs, full-width and foreign digits as
 * ASCII, percent, entity and backslash escapes decoded, any white space and underscores as one space. Only what
 * the plain spelling changed is looked at a second time, so a text without such signs costs one look a sign.
 */

import { DIGIT, MARK, OTHER, kinds } from './fold.ts'
import { plane } from './plane.ts'
import { unitsOf } from './units.ts'

export interface Plain {
  readonly text: string
  /** What it is the plain spelling of. */
  readonly original: string
  /** Offsets in `text` of what is spelled otherwise or lost something before it, ascending; what stands between is as it was. */
  readonly changed: readonly number[]
  /** Where each of these begins in the original, and where it ends. */
  readonly begins: readonly number[]
  readonly ends: readonly number[]
  /** White space alone is spelled otherwise: the words are those of the original. */
  readonly white: boolean
}

/** The last changed place at or before this one, -1 if there is none. */
const lastChanged = ({ changed }: Plain, place: number): number => {
  let low = 0
  let high = changed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (changed[middle]! <= place) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where in the original the sign at this place of the plain text begins. */
export const fromOf = (plain: Plain, place: number): number => {
  const at = lastChanged(plain, place)
  if (at < 0) return place
  const after = place - plain.changed[at]!
  return after === 0 ? plain.begins[at]! : plain.ends[at]! + after - 1
}

/** Where it ends. */
export const toOf = (plain: Plain, place: number): number => {
  const at = lastChanged(plain, place)
  return at < 0 ? place + 1 : plain.ends[at]! + place - plain.changed[at]!
}

/** Kept, and something of which a recogniser could make an identifier: a digit or `@`. */
const TELLS = 1
const ODD = 2
const GONE = 3
const BLANK = 4
const ESCAPE = 5
/** First half of a mathematical letter or digit: the one pair that may stand for ASCII. */
const PAIR = 6

/** Drawn as nothing: soft hyphen, joiners, direction marks, variation selectors; so are control signs that are no white space. */
const invisible = /(?:\p{Cf}|\p{Variation_Selector}|[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0])+/gu

const makeTables = (): { roles: Uint8Array; stands: Uint16Array } => {
  const roles = new Uint8Array(0x10000)
  const stands = new Uint16Array(0x10000)
  const fill = (pattern: RegExp, role: number): void => {
    for (const { index, 0: run } of plane.matchAll(pattern)) roles.fill(role, index, index + run.length)
  }
  fill(/[\p{Nd}--[0-9]]+|[\u2010-\u2015\uff01-\uff5e]+/gv, ODD)
  for (const code of signs.keys()) roles[code] = ODD
  for (let code = 0xb2; code < 0x2794; code++)
    if (isRaised(code) && /^\p{Nd}$/u.test(String.fromCharCode(code).normalize('NFKC'))) roles[code] = ODD
  fill(/[\s_]+/g, BLANK)
  fill(invisible, GONE)
  fill(/[\p{Cc}--[\s\x85]]+/gv, GONE)
  for (let code = 0; code < roles.length; code++) if (roles[code] === ODD) stands[code] = standsFor(code)
  roles[0x25] = roles[0x26] = roles[0x5c] = ESCAPE
  roles.fill(TELLS, 0x30, 0x3a)
  roles[0x40] = TELLS
  roles[0xd835] = PAIR
  return { roles, stands }
}

/** At and minus signs; full stops of other scripts, which domain names allow (RFC 3490 §3.1); dots between groups of digits. */
const signs: ReadonlyMap<number, number> = new Map([
  [0xfe6b, 0x40],
  [0x2212, 0x2d],
  ...[0x3002, 0xff61, 0xb7, 0x2022, 0x2219, 0x22c5].map((dot) => [dot, 0x2e] as const),
])

/** Blocks of superscripts, subscripts and digits in circles. */
const isRaised = (code: number): boolean =>
  code === 0xb2 ||
  code === 0xb3 ||
  code === 0xb9 ||
  (code >= 0x2070 && code <= 0x209f) ||
  (code >= 0x2460 && code <= 0x24ff) ||
  (code >= 0x2776 && code <= 0x2793)

const standsFor = (code: number): number => {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0
  const sign = signs.get(code)
  if (sign !== undefined) return sign
  if (isRaised(code)) return String.fromCharCode(code).normalize('NFKC').charCodeAt(0)
  if (code >= 0x2010 && code <= 0x2015) return 0x2d
  // Unicode keeps the ten digits of a script in a row that begins at a multiple of ten from its zero.
  let zero = code
  while (zero > 0 && code - zero < 9 && /^\p{Nd}$/u.test(String.fromCharCode(zero - 1))) zero--
  return 0x30 + ((code - zero) % 10)
}

const { roles, stands } = makeTables()

const escapes: readonly RegExp[] = [
  /%([2-7][0-9a-f])/iy,
  /&#x0{0,4}([2-7][0-9a-f]);/iy,
  /\\u00([2-7][0-9a-f])/iy,
  /\\x([2-7][0-9a-f])/iy,
]
const decimal = /&#0{0,4}(\d{2,3});/y

/** The printable ASCII sign that an escape at `at` stands for, and its length; null if it is none. */
const unescape = (text: string, at: number): { code: number; length: number } | null => {
  for (const form of escapes) {
    form.lastIndex = at
    const match = form.exec(text)
    if (match !== null) return { code: Number.parseInt(match[1]!, 16), length: match[0].length }
  }
  decimal.lastIndex = at
  const match = decimal.exec(text)
  const code = match === null ? 0 : Number(match[1])
  return code < 0x20 || code > 0x7e ? null : { code, length: match![0].length }
}

/** The plain spelling, or null if it is the text itself or no identifier could be in it. Linear. */
export const plainOf = (text: string): Plain | null => {
  const roleOf = roles
  const { length } = text
  const units = unitsOf(text)
  const changed: number[] = []
  const begins: number[] = []
  const ends: number[] = []
  /** Whether it holds a sign of which a recogniser could make an identifier. */
  let speaks = false
  let white = true
  let written = 0
  let plain = ''
  /** Begin of the stretch that is taken over as it stands. */
  let start = 0
  /** End of what was read last, save what is drawn as nothing. */
  let last = 0
  let unit = 0
  for (let at = 0; at < length;) {
    if (at === last) {
      // Most signs are as they were, one behind the other.
      for (; at < length; at++) {
        const code = units[at]!
        const role = roleOf[code]!
        if (role > TELLS && (code !== 0x20 || unit === 0x20)) break
        if (role === TELLS) speaks = true
        unit = code
      }
      written += at - last
      last = at
      if (at === length) break
    }
    let code = units[at]!
    const role = roleOf[code]!
    let end = at + 1
    let same = role <= TELLS
    if (same || (code === 0x20 && unit !== 0x20)) {
      if (role === TELLS) speaks = true
      same = true
    } else if (role === GONE || (role === BLANK && unit === 0x20)) {
      if (role === GONE || code === 0x5f) white = false
      at = end
      continue
    } else if (role === BLANK) {
      if (code === 0x5f) white = false
      code = 0x20
    } else {
      speaks = true
      white = false
      if (role === ODD) code = stands[code]!
      else if (role === ESCAPE) {
        const found = unescape(text, at)
        same = found === null
        if (found !== null) {
          code = found.code
          end = at + found.length
        }
      } else {
        const low = units[end]!
        same = !(low >= 0xdfce && low <= 0xdfff)
        if (!same) {
          code = 0x30 + ((low - 0xdfce) % 10)
          end++
        }
      }
    }
    if (at !== last || !same) {
      changed.push(written)
      begins.push(at)
      ends.push(end)
      plain += text.slice(start, last)
      start = at
      if (!same) {
        plain += String.fromCharCode(code)
        start = end
      }
    }
    unit = code
    written++
    last = at = end
  }
  if (!speaks || changed.length === 0) return null
  return { text: plain + text.slice(start, last), original: text, changed, begins, ends, white }
}

/** What an identifier that hides at a changed place needs near it, and within how many signs: the longest IBAN has 24 letters in a row. */
const digit = { sign: /[0-9]/g, reach: 80 }
/** RFC 5321 allows 64 signs before it and 255 behind it; email.ts reads 254. */
const at = { sign: /@/g, reach: 256 }
/** Signs of e-mails that are spoken or lost their dot. */
const spoken = {
  sign: /[([{<]\s?[aáàâäå][td]|ar.b.s|arr.b|ch..cc|m.[lł]p|kl.mm|.p.nst|ar.nd|æt|aet|\b(?:dot|point|punto|ponto|punkt|kropka|punct|pkt)\b|(?:ma?il|yahoo|outlook|icloud|aol|gmx|live|orange|wanadoo|laposte|hotmial)(?:com|fr|de|es|it|net|in|couk)/gi,
  reach: 320,
}
/** BIC, IPv6 */
const solid = { sign: /[A-Z]{6}[A-Z0-9]{2}|:[0-9A-Fa-f:]/g, reach: 320 }
/** Country and check digits of an IBAN of up to 34 signs with separators. */
const account = { sign: /[A-Z]{2} ?\d\d/gi, reach: 110 }

/** Asked for ascending places: whether a sign stands within its reach. */
const makeNear = (text: string, { sign, reach }: { readonly sign: RegExp; readonly reach: number }) => {
  let known = -1
  return (place: number): boolean => {
    const from = Math.max(0, place - reach)
    if (known < from) {
      sign.lastIndex = from
      known = sign.exec(text)?.index ?? Infinity
    }
    return known <= place + reach
  }
}

/** Letters that may follow a digit within a national number (identifiers/form.ts), or within an IBAN. */
const lettersBehind = 9
const lettersOfAccount = 24

/** Letters between the last digit before a place and the place; Infinity if there is none near. */
const lettersSince = (text: string, place: number): number => {
  let letters = 0
  for (
    let back = place - 1;
    back >= 0 && place - back <= digit.reach && letters <= lettersOfAccount;
    back--
  ) {
    const kind = kinds[text.charCodeAt(back)]
    if (kind === DIGIT) return letters
    if (kind !== OTHER && kind !== MARK) letters++
  }
  return Infinity
}

/** What may stand before the first digit of an identifier: up to two short words of capitals, and letters (identifier.ts). */
const opening =
  /[^\dA-Za-z]{0,12}(?:[A-Z]{1,6}[^\dA-Za-z]{1,2}){0,2}(?:[A-Za-z]{0,8}|[A-Za-z]{2} )\d|[^A-Za-z\d]{0,3}[A-Z]{6}[A-Z0-9]{2}|[^\w:]{0,3}[0-9A-Fa-f]{0,4}:/y
/** A BIC or an IPv6 address that ends here. */
const solidEnd = /(?:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?|:[0-9A-Fa-f:.]*)$/
/** What one of them ends with. */
const isSolidSign = (code: number): boolean =>
  (code >= 0x30 && code <= 0x3a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x66) ||
  code === 0x2e

/**
 * Whether an identifier may reach over white space, or end or begin at it: then what stands before or behind it is part of one.
 */
const mayTouchBlank = (text: string, place: number, isAccount: Near): boolean => {
  opening.lastIndex = place
  if (opening.test(text)) return true
  const letters = lettersSince(text, place)
  return (
    letters <= lettersBehind ||
    (letters <= lettersOfAccount && isAccount(place)) ||
    (isSolidSign(text.charCodeAt(place - 1)) && solidEnd.test(text.slice(Math.max(0, place - 46), place)))
  )
}

/**
 * The stretches of the plain text, ascending and apart, in which what touches a changed place begins and what its
 * recogniser must have read before it stands: the words that speak of it are at most 60 signs away.
 * @param fixedOnly only identifiers with a digit or `@` are sought
 * @param said whether the text itself has words of a spoken e-mail
 */
export const stretchesOf = (plain: Plain, fixedOnly: boolean, said = true): number[] => {
  const { text, changed } = plain
  const [isDigit, isAt, isSpoken, isSolid, isAccount] = [digit, at, spoken, solid, account].map((one) =>
    makeNear(text, one),
  ) as [Near, Near, Near, Near, Near]
  const out: number[] = []
  const mayBeSpoken = !fixedOnly && (said || !plain.white)
  for (const place of changed) {
    const blank = text.charCodeAt(place) === 0x20 || text.charCodeAt(place - 1) === 0x20
    const white = blank && isWhite(plain, place)
    // White space is in no e-mail, however it is written: what it touches is found in the text itself.
    const reach =
      !white && isAt(place) ? mailReach : mayBeSpoken && isSpoken(place) ? spokenReach : numberReach
    if (
      reach === numberReach &&
      (blank ? !mayTouchBlank(text, place, isAccount) : !isDigit(place) && (fixedOnly || !isSolid(place)))
    )
      continue
    const from = Math.max(0, place - reach.before)
    const to = place + reach.behind
    if (out.length > 0 && from <= out.at(-1)!) out[out.length - 1] = Math.max(to, out.at(-1)!)
    else out.push(from, to)
  }
  return out
}

/**
 * How far from a changed place begins what must be read. A number of up to 50 signs goes over it, the words that speak of
 * it are at most 60 signs before, and the first of their phrase as many again; its first digit comes within 36 signs
 * (`opening`).
 */
const numberReach = { before: 176, behind: 48 }
const mailReach = { before: 384, behind: 258 }
const spokenReach = { before: 256, behind: 128 }

type Near = (place: number) => boolean

/** Whether what became the blank at this place, or before the sign at this place, was white space. */
const isWhite = (plain: Plain, place: number): boolean => {
  const { text, original } = plain
  const to = text.charCodeAt(place) === 0x20 ? toOf(plain, place) : fromOf(plain, place)
  for (let at = place === 0 ? 0 : toOf(plain, place - 1); at < to; at++)
    if (!isSpace(original.charCodeAt(at))) return false
  return true
}

const isSpace = (code: number): boolean => roles[code] === BLANK && code !== 0x5f

/** Whether the original spells this stretch of the plain text otherwise. */
export const isDisguised = (plain: Plain, text: string, start: number, end: number): boolean => {
  // Also what stands beside it: a checksum number is none if a letter or an underscore touches it.
  const before = Math.max(0, start - 1)
  const after = Math.min(plain.text.length, end + 1)
  return (
    toOf(plain, end - 1) - fromOf(plain, start) !== end - start ||
    text.slice(fromOf(plain, before), toOf(plain, after - 1)) !== plain.text.slice(before, after)
  )
}

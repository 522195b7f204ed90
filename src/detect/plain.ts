/**
 * What a text says once its spelling no longer hides it: no invisible signs, full-width and foreign digits as
 * ASCII, percent, entity and backslash escapes decoded, any white space and underscores as one space. Only what
 * the plain spelling changed is looked at a second time, so a text without such signs costs one look a sign.
 */

export interface Plain {
  readonly text: string
  /** Offset in the original of each code unit of `text`. */
  readonly from: Int32Array
  /** Where in the original what it stands for ends. */
  readonly to: Int32Array
}

const KEEP = 0
const ODD = 1
const GONE = 2
const BLANK = 3
const ESCAPE = 4

/** Drawn as nothing: soft hyphen, joiners, direction marks, variation selectors. */
const invisible = /^(?:\p{Cf}|\p{Variation_Selector}|[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0])$/u

const makeTables = (): { roles: Uint8Array; stands: Uint16Array } => {
  const roles = new Uint8Array(0x10000)
  const stands = new Uint16Array(0x10000)
  const digits = /^\p{Nd}$/u
  const blank = /^\s$/
  for (let code = 0; code < 0x10000; code++) {
    const char = String.fromCharCode(code)
    if (invisible.test(char)) roles[code] = GONE
    else if (blank.test(char) || code === 0x5f) roles[code] = BLANK
    else if (code > 0x7f && (digits.test(char) || (code >= 0x2010 && code <= 0x2015))) roles[code] = ODD
    else if ((code >= 0xff01 && code <= 0xff5e) || code === 0xfe6b || code === 0x2212) roles[code] = ODD
    if (roles[code] === ODD) stands[code] = standsFor(code)
  }
  roles[0x25] = roles[0x26] = roles[0x5c] = ESCAPE
  return { roles, stands }
}

const standsFor = (code: number): number => {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0
  if (code === 0xfe6b) return 0x40
  if (code === 0x2212 || (code >= 0x2010 && code <= 0x2015)) return 0x2d
  // Unicode keeps the ten digits of a script in a row that begins at a multiple of ten from its zero.
  let zero = code
  while (zero > 0 && code - zero < 9 && /^\p{Nd}$/u.test(String.fromCharCode(zero - 1))) zero--
  return 0x30 + ((code - zero) % 10)
}

const { roles, stands } = makeTables()

/** Anything of which a recogniser could make an identifier. */
const isSpeaking = (code: number): boolean => (code >= 0x30 && code <= 0x39) || code === 0x40

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

/** Whether the text holds a sign that plain spelling would change, and one that an identifier needs. */
const isHiding = (text: string): boolean => {
  let odd = false
  let speaks = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const role = roles[code]
    if (role === KEEP) speaks ||= isSpeaking(code)
    else if (code !== 0x20 || text.charCodeAt(at + 1) === 0x20) odd = true
    if (role === ODD || role === ESCAPE) speaks = true
    // Mathematical digits: the one pair that stands for ASCII.
    if (code === 0xd835) odd = speaks = true
    if (odd && speaks) return true
  }
  return false
}

/** The plain spelling, or null if it is the text itself or no identifier could be in it. Linear. */
export const plainOf = (text: string): Plain | null => {
  if (!isHiding(text)) return null
  const units = new Uint16Array(text.length)
  const from = new Int32Array(text.length)
  const to = new Int32Array(text.length)
  let length = 0
  const put = (code: number, start: number, end: number): void => {
    units[length] = code
    from[length] = start
    to[length++] = end
  }
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    const role = roles[code]
    let end = at + 1
    if (role === BLANK) {
      if (length === 0 || units[length - 1] !== 0x20) put(0x20, at, end)
    } else if (role === ODD) put(stands[code]!, at, end)
    else if (role === ESCAPE) {
      const found = unescape(text, at)
      if (found !== null) end = at + found.length
      put(found?.code ?? code, at, end)
    } else if (role !== GONE) {
      const low = code === 0xd835 ? text.charCodeAt(at + 1) : 0
      if (low >= 0xdfce && low <= 0xdfff) put(0x30 + ((low - 0xdfce) % 10), at, ++end)
      else put(code, at, end)
    }
    at = end
  }
  return { text: decode(units, length), from, to }
}

const piece = 8_192

const decode = (units: Uint16Array, length: number): string => {
  let text = ''
  for (let at = 0; at < length; at += piece)
    text += String.fromCharCode(...units.subarray(at, Math.min(length, at + piece)))
  return text
}

/** Whether the original spells this stretch of the plain text otherwise. */
export const isDisguised = (plain: Plain, text: string, start: number, end: number): boolean => {
  const first = plain.from[start]!
  // Also what stands beside it: a checksum number is none if a letter or an underscore touches it.
  const before = Math.max(0, start - 1)
  const after = Math.min(plain.text.length, end + 1)
  return (
    plain.to[end - 1]! - first !== end - start ||
    text.slice(plain.from[before], plain.to[after - 1]) !== plain.text.slice(before, after)
  )
}

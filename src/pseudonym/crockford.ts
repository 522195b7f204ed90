/**
 * Crockford base 32 (crockford.com/base32): 32 symbols without I, L, O and U. Reading is wider than writing:
 * case, O/0, I/l/1, full-width forms and the Cyrillic and Greek twins of capital letters are forgiven.
 */
export const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What a character is when a token is looked for; below 32 it is the symbol's value. */
export const WILD = 32
export const LETTER = 33
export const SEPARATOR = 34
export const BREAK = 35

const ascii = new Uint8Array(128).fill(BREAK)
for (const [value, symbol] of [...symbols].entries()) {
  ascii[symbol.charCodeAt(0)] = value
  ascii[symbol.toLowerCase().charCodeAt(0)] = value
}
for (const [typed, value] of Object.entries({ O: 0, o: 0, I: 1, i: 1, L: 1, l: 1, U: WILD, u: WILD }))
  ascii[typed.charCodeAt(0)] = value
/** What people, mail programs and mark-up put between groups; `<tag>` and `&entity;` are seen by find.ts. */
for (const between of ' \t\r\n\f\v-_*~`.:/|>=\\') ascii[between.charCodeAt(0)] = SEPARATOR

const twins: Readonly<Record<string, string>> = {
  А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', О: '0', Р: 'P', С: 'C', Т: 'T', Х: 'X', І: '1', Ѕ: 'S', Ј: 'J',
  а: 'A', е: 'E', о: '0', р: 'P', с: 'C', х: 'X', і: '1', ѕ: 'S', ј: 'J',
  Α: 'A', Β: 'B', Ε: 'E', Ζ: 'Z', Η: 'H', Ι: '1', Κ: 'K', Μ: 'M', Ν: 'N', Ο: '0', Ρ: 'P', Τ: 'T', Χ: 'X', Υ: 'Y',
} // prettier-ignore
const wide = new Map<number, number>()
for (const [twin, symbol] of Object.entries(twins)) wide.set(twin.charCodeAt(0), ascii[symbol.charCodeAt(0)]!)
for (let code = 0x30; code <= 0x7a; code++) if (ascii[code]! <= WILD) wide.set(code + 0xfee0, ascii[code]!)

/** Dashes of any kind, spaces of any kind, zero-width and direction marks, middle dot and bullet. */
const between = /^[\p{Pd}\p{Zs}\p{Zl}\p{Zp}\p{Cf}\u2212\u2043\u00b7\u2022]$/u
const letter = /^[\p{L}\p{N}\p{M}]$/u
const dash = /^[\p{Pd}\u00ad\u2212\u2043]$/u

const classOfWide = (code: number): number => {
  const known = wide.get(code)
  if (known !== undefined) return known
  const character = String.fromCharCode(code)
  const found = between.test(character) ? SEPARATOR : letter.test(character) ? LETTER : BREAK
  // The key space is one UTF-16 code unit, so this memory is bounded.
  wide.set(code, found)
  return found
}

/** Class of one UTF-16 code unit; a half of a surrogate pair is a BREAK. */
export const classOf = (code: number): number => (code < 128 ? ascii[code]! : classOfWide(code))

/** Is this one code unit a hyphen, dash, minus or soft hyphen? */
export const isDash = (code: number): boolean =>
  code === 0x2d || (code > 127 && dash.test(String.fromCharCode(code)))

/** Values to symbols. */
export const write = (values: ArrayLike<number>): string => {
  let out = ''
  for (let i = 0; i < values.length; i++) out += symbols[values[i]!]!
  return out
}

/** Symbols as written by `write` to values; undefined if one is not of the alphabet. */
export const readStrict = (text: string): number[] | undefined => {
  const out: number[] = []
  for (let i = 0; i < text.length; i++) {
    const value = symbols.indexOf(text[i]!)
    if (value < 0) return undefined
    out.push(value)
  }
  return out
}

/** How a kind word is compared: letters as symbols, so `N0M` is `NOM`; U stays U. */
export const fold = (text: string): string => {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const found = classOf(text.charCodeAt(i))
    out += found < WILD ? symbols[found]! : found === WILD ? 'U' : '?'
  }
  return out
}

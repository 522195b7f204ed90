/** Check digits that an own recogniser may name. What stands between (spaces, dots, hyphens) does not count. */

const digitsOf = (text: string): number[] => [...text].filter((sign) => /\d/.test(sign)).map(Number)
const signsOf = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** ISO/IEC 7812-1, annex B. */
const luhn = (text: string): boolean => {
  const digits = digitsOf(text).reverse()
  const sum = digits.reduce((all, one, at) => all + (at % 2 === 0 ? one : one * 2 - (one > 4 ? 9 : 0)), 0)
  return digits.length > 1 && sum % 10 === 0
}

/** ISO/IEC 7064, MOD 97-10: letters are 10 … 35, the number leaves 1. */
const mod97 = (text: string): boolean => {
  const signs = signsOf(text)
  let rest = 0
  for (const sign of signs) {
    const value = Number.parseInt(sign, 36)
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97
  }
  return signs.length > 2 && rest === 1
}

/** ISO/IEC 7064, MOD 11-2: the last sign is a digit or X. */
const mod11 = (text: string): boolean => {
  const signs = signsOf(text)
  if (!/^\d+[\dX]$/.test(signs)) return false
  let rest = 0
  for (const sign of signs.slice(0, -1)) rest = ((rest + Number(sign)) * 2) % 11
  return (rest + (signs.endsWith('X') ? 10 : Number(signs.at(-1)))) % 11 === 1
}

/** GS1 General Specifications §7.9: weights 3 and 1 from the right. */
const gs1 = (text: string): boolean => {
  const digits = digitsOf(text).reverse()
  return (
    digits.length > 1 && digits.reduce((sum, one, at) => sum + one * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0
  )
}

/** Verhoeff, Error Detecting Decimal Codes (1969): the dihedral group of order ten. */
const times = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b - 5) % 5)) : b < 5 ? 5 + ((a - 5 - b + 5) % 5) : (a - b + 5) % 5
const turned = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
const verhoeff = (text: string): boolean => {
  const digits = digitsOf(text).reverse()
  const permuted = (digit: number, turns: number): number => {
    let out = digit
    for (let at = 0; at < turns % 8; at++) out = turned[out]!
    return out
  }
  return digits.length > 1 && digits.reduce((sum, one, at) => times(sum, permuted(one, at)), 0) === 0
}

export const checksums = { luhn, mod97, mod11, gs1, verhoeff } as const

export type ChecksumName = keyof typeof checksums

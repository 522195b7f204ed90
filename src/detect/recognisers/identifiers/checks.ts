import { createRequire } from 'node:module'
import { luhn } from '../luhn.ts'

const load = createRequire(import.meta.url)
interface Validator {
  validate(value: string): { readonly isValid: boolean }
}

/**
 * Validators of stdnum are loaded when first asked: each is a file of its own, all of them would take a second. Where
 * a number costs them much to refuse, its published sum is looked at first: it is one of the things that they ask.
 */
const fromLibrary = (name: string): ((text: string) => boolean) => {
  let validator: Validator | undefined
  const mayHold = sums[name]
  return (text) => {
    if (mayHold !== undefined && !mayHold(text)) return false
    validator ??= load(`stdnum/lib/cjs/${name}.js`) as Validator
    // A number that fails is an Error there, whose stack would cost more than all the sums.
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    try {
      return validator.validate(text).isValid
    } finally {
      Error.stackTraceLimit = limit
    }
  }
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48

/** Letters count 10 … 35, as in ISO 7064 and ICAO Doc 9303. */
const valueOf = (text: string, at: number): number => {
  const code = text.charCodeAt(at)
  return code < 0x3a ? code - 48 : code - 55
}

/** Sum of the signs times the weights, which are repeated as often as needed. */
const weigh = (text: string, weights: readonly number[], length = text.length): number => {
  let sum = 0
  for (let at = 0; at < length; at++) sum += valueOf(text, at) * weights[at % weights.length]!
  return sum
}

const mod97 = (digits: string): number => {
  let rest = 0
  for (let at = 0; at < digits.length; at++) rest = (rest * 10 + digit(digits, at)) % 97
  return rest
}

/** Check digits of two places that are the rest by 97, where 0 is written 97. */
const rest97 = (digits: string): boolean =>
  (mod97(digits.slice(0, -2)) || 97) === Number(digits.slice(-2)) && !/^0+$/.test(digits)

const dihedral = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
]
const permuted = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
]
/** J. Verhoeff, Error detecting decimal codes (1969). */
const verhoeff = (digits: string): boolean => {
  let check = 0
  for (let at = 0; at < digits.length; at++) {
    const place = digits.length - 1 - at
    check = digit(dihedral[check]!, digit(permuted[at % 8]!, digit(digits, place)))
  }
  return check === 0
}

/** French letters in account numbers: A and J are 1, B, K and S are 2 … (Comité français d’organisation bancaire). */
const frenchDigits = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => String(digit('12345678912345678923456789', letter.charCodeAt(0) - 65)))

/** Bank, branch, account and key of a French account: the whole by 97 leaves nothing. */
export const frenchAccount = (text: string): boolean => mod97(frenchDigits(text)) === 0

const isMonthDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31

/** Rest by eleven of a Brazilian number, 10 and 11 as 0. */
const brazil = (sum: number): number => {
  const check = 11 - (sum % 11)
  return check > 9 ? 0 : check
}

/** What the validator of this name asks too, of a number without separators; letters and lengths are left to it. */
const sums: Readonly<Record<string, (text: string) => boolean>> = {
  'at/vnr': (text) => weigh(text, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6], 10) % 11 === digit(text, 3),
  'ca/sin': luhn,
  'fi/hetu': (text) => isMonthDay(Number(text.slice(2, 4)), Number(text.slice(0, 2))),
  'nl/bsn': (text) => {
    const whole = text.padStart(9, '0')
    return (weigh(whole, [9, 8, 7, 6, 5, 4, 3, 2], 8) - digit(whole, 8)) % 11 === 0
  },
}

const codiceFiscale = fromLibrary('it/codicefiscale')

/** Our own checks, each by its source in the row that names it; the text has no separators and is in capitals. */
export const own: Readonly<Record<string, (text: string) => boolean>> = {
  /** A form that says enough by itself. */
  form: () => true,
  luhn,
  /** Key of 97 minus the rest, as in France and the Maghreb. */
  mod97: (text) => mod97(text) === 0,
  /** ISO 7064 mod 97-10. */
  mod97one: (text) => mod97(text) === 1,
  aba: (text) =>
    weigh(text, [3, 7, 1]) % 10 === 0 && /^(?:0[1-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(text),
  atin: (text) => /^9\d\d93\d{4}$/.test(text),
  itin: (text) => /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-2]|9[4-9])\d{4}$/.test(text),
  beAccount: rest97,
  beCard: rest97,
  cnh: (text) => {
    if (/^(\d)\1+$/.test(text)) return false
    const first = weigh(text, [9, 8, 7, 6, 5, 4, 3, 2, 1], 9) % 11
    const second = weigh(text, [1, 2, 3, 4, 5, 6, 7, 8, 9], 9) % 11
    const lower = first > 9 ? 2 : 0
    const last = second > 9 ? 0 : second - lower < 0 ? second - lower + 11 : second - lower
    return digit(text, 9) === (first > 9 ? 0 : first) && digit(text, 10) === (last > 9 ? 0 : last)
  },
  /** The day of birth counts from 41 for women; digits may be letters where two people would have one number. */
  codiceFiscale: (text) => {
    const day =
      Number(text.slice(9, 11).replace(/[L-V]/g, (letter) => String('LMNPQRSTUV'.indexOf(letter)))) % 40
    return day >= 1 && day <= 31 && codiceFiscale(text)
  },
  cns: (text) => weigh(text, [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  deDocument: (text) =>
    text.length === 9 ? /\d/.test(text) : weigh(text, [7, 3, 1], 9) % 10 === digit(text, 9),
  deLicence: (text) => {
    const rest = weigh(text, [9, 8, 7, 6, 5, 4, 3, 2, 1], 9) % 11
    return text.charAt(9) === (rest === 10 ? 'X' : String(rest))
  },
  esAccount: (text) => {
    const check = (part: string, weights: readonly number[]): number => {
      const rest = 11 - (weigh(part, weights) % 11)
      return rest === 11 ? 0 : rest === 10 ? 1 : rest
    }
    return (
      check(text.slice(0, 8), [4, 8, 5, 10, 9, 7, 3, 6]) === digit(text, 8) &&
      check(text.slice(10), [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) === digit(text, 9)
    )
  },
  frAccount: frenchAccount,
  gbLicence: (text) => isMonthDay(Number(text.slice(6, 8)) % 50, Number(text.slice(8, 10))),
  huPerson: (text) => {
    const rest = weigh(text, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 10) % 11
    const other = weigh(text, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 10) % 11
    const check = digit(text, 10)
    return (
      (check === rest || check === other) && isMonthDay(Number(text.slice(3, 5)), Number(text.slice(5, 7)))
    )
  },
  huTax: (text) => weigh(text, [1, 2, 3, 4, 5, 6, 7, 8, 9], 9) % 11 === digit(text, 9),
  kvnr: (text) => {
    const letter = String(text.charCodeAt(0) - 64).padStart(2, '0')
    let sum = 0
    const plain = letter + text.slice(1, 9)
    for (let at = 0; at < plain.length; at++) {
      const product = digit(plain, at) * (at % 2 === 0 ? 1 : 2)
      sum += product > 9 ? product - 9 : product
    }
    return sum % 10 === digit(text, 9)
  },
  luMatricule: (text) =>
    isMonthDay(Number(text.slice(4, 6)), Number(text.slice(6, 8))) &&
    luhn(text.slice(0, 12)) &&
    verhoeff(text.slice(0, 11) + text.charAt(12)),
  nhs: (text) => {
    const check = 11 - (weigh(text, [10, 9, 8, 7, 6, 5, 4, 3, 2], 9) % 11)
    return check !== 10 && check % 11 === digit(text, 9) && !/^(\d)\1+$/.test(text)
  },
  niss: (text) => 9 - (weigh(text, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2], 10) % 10) === digit(text, 10),
  pis: (text) =>
    brazil(weigh(text, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2], 10)) === digit(text, 10) && !/^0+$/.test(text),
  /** The account as its IBAN has it: PL before it, mod 97. */
  plAccount: (text) => mod97(`${text.slice(2)}2521${text.slice(0, 2)}`) === 1,
  plCard: (text) => weigh(text, [7, 3, 1, 9, 7, 3, 1, 7, 3]) % 10 === 0,
  plPassport: (text) => weigh(text, [7, 3, 9, 1, 7, 3, 1, 7, 3]) % 10 === 0,
  taj: (text) => weigh(text, [3, 7], 8) % 10 === digit(text, 8),
  titulo: (text) => {
    const state = Number(text.slice(8, 10))
    if (state < 1 || state > 28) return false
    const rest = (sum: number): number => {
      const left = sum % 11
      return left === 10 ? 0 : left === 0 && state < 3 ? 1 : left
    }
    const first = rest(weigh(text, [2, 3, 4, 5, 6, 7, 8, 9], 8))
    const second = rest(weigh(text.slice(8), [7, 8], 2) + first * 9)
    return digit(text, 10) === first && digit(text, 11) === second
  },
}

/** The check that a row names. */
export const checkOf = (name: string): ((text: string) => boolean) => {
  if (!name.startsWith('own/')) return fromLibrary(name)
  const check = own[name.slice(4)]
  if (check === undefined) throw new Error(`no check ${name}`)
  return check
}

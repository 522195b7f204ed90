import type { Category } from '../model/category.ts'
import type { Field } from '../model/document.ts'
import { isSpecial } from './lexicon.ts'
import { isDate } from './recognisers/date.ts'
import { isIban } from './recognisers/iban.ts'
import { holds } from './recognisers/identifiers/holds.ts'

/** What people write where there is nothing to say. */
const nothingWords: ReadonlySet<string> = new Set([
  '',
  'ras',
  'r.a.s',
  'r.a.s.',
  'n/a',
  'na',
  'n.a.',
  'none',
  'null',
  'nil',
  '-',
  '--',
  '---',
  '.',
  '/',
  'neant',
  'néant',
  'sans',
  'sans objet',
  'aucun',
  'aucune',
  'rien',
  'inconnu',
  'inconnue',
  'unknown',
  'nc',
  'n.c.',
  'non',
  'no',
  'oui',
  'yes',
  'nothing',
  'undefined',
  'tbd',
  'x',
  'so',
  's/o',
  '?',
  'true',
  'false',
  'ok',
  'vide',
  'empty',
  'sin',
  'ninguno',
  'nenhum',
  'keine',
  'nessuno',
  'not provided',
  'non renseigné',
  'non renseigne',
  'nr',
])

export const saysNothing = (text: string): boolean => {
  if (text.length > 16) return false
  const first = text.charCodeAt(0)
  // Numbers say something.
  if (first >= 0x30 && first <= 0x39) return false
  return nothingWords.has(text) || nothingWords.has(text.trim().toLowerCase())
}

const empty: ReadonlySet<string> = new Set(['', '-', '--', 'n/a', 'null', 'nc', 'n.c.'])
const amount =
  /^[-+]?\s?(?:[€$£]|EUR|USD|GBP|CHF|MAD)?\s?\d[\d .,'\u00a0\u202f]{0,24}\s?(?:[€$£%]|k€|EUR|USD|GBP|CHF|MAD|euros?)?$/i
const lettersOnly = /^[\p{L}\p{M} .,'’-]{1,80}$/u
const hasLetter = /\p{L}/u
const hasDigit = /\d/

/** How well a value fits what its name says: 0 not at all; `tight` if nothing else can be in it. */
export interface Fit {
  readonly factor: number
  readonly tight: boolean
}
const no: Fit = { factor: 0, tight: false }
const fits: Fit = { factor: 1, tight: false }
const tight: Fit = { factor: 1, tight: true }
const loose: Fit = { factor: 0.9, tight: false }

/** `entry` is the lexicon's spelling of the name. */
type Check = (text: string, kind: Field['kind'], entry?: string) => Fit

/** What ends the name of a firm. */
const firm =
  /(?:^|\s)(?:SARL|SARLU|SAS|SASU|SA|EURL|SCI|SNC|SCOP|GmbH|AG|KG|Ltd|Limited|LLC|Inc|Corp|Lda|S\.?L\.?U?|S\.A\.?|PLC|BV|NV|SRL|S\.r\.l|SpA|Association|Mairie|Banque)\.?$/

const asName: Check = (text, kind) => {
  if (kind !== 'text' || !hasLetter.test(text) || text.length > 120) return no
  if (firm.test(text)) return { factor: 0.4, tight: true }
  if (lettersOnly.test(text)) return text.length <= 60 && text.split(' ').length <= 6 ? tight : loose
  if (text.includes('@')) return no
  const digits = text.replace(/\D/g, '').length
  return digits > 2 ? { factor: 0.5, tight: false } : loose
}
const asDate: Check = (text, kind) => {
  if (kind === 'boolean') return no
  if (isDate(text)) return tight
  if (/^(?:18|19|20)\d\d$/.test(text.trim())) return tight
  // A date that nobody can read is one all the same: `09500331`, `31/02/1985`.
  return text.length <= 40 && text.replace(/\D/g, '').length >= 4 ? { factor: 0.75, tight: false } : no
}
const asAmount: Check = (text, kind) => (kind === 'boolean' ? no : amount.test(text.trim()) ? tight : no)
const asNumber: Check = (text, kind) =>
  kind === 'boolean' || !hasDigit.test(text) || text.length > 60
    ? no
    : /^[\p{L}\d\-_./# ]+$/u.test(text)
      ? fits
      : loose
/** A number whose check digits are wrong is somebody's all the same, but perhaps not what its name says. */
const asIdentifier: Check = (text, kind, entry = '') => {
  const { factor } = asNumber(text, kind)
  return factor === 0 || holds(text.trim(), 'id', entry)
    ? { factor, tight: false }
    : { factor: 0.8 * factor, tight: false }
}
const asPlace: Check = (text, kind) =>
  kind !== 'text' || !hasLetter.test(text)
    ? no
    : lettersOnly.test(text)
      ? tight
      : text.length <= 80
        ? loose
        : no
const asText: Check = (_text, kind) => (kind === 'boolean' ? no : fits)
const asWord: Check = (text, kind) =>
  kind === 'boolean' || text.length > 40 ? no : lettersOnly.test(text) || /^\d{1,2}$/.test(text) ? tight : no
const asSecret: Check = (_text, kind) => (kind === 'boolean' ? no : fits)
const asAddress: Check = (text, kind) =>
  kind === 'boolean' || text.length > 300 ? no : kind === 'number' ? (text.length <= 5 ? fits : no) : fits

const checks: Readonly<Partial<Record<Category, Check>>> = {
  name: asName,
  'contact.email': (text, kind) =>
    kind !== 'text' || text.length < 4 ? no : text.includes('@') ? fits : { factor: 0.75, tight: false },
  'contact.phone': (text, kind) => {
    const digits = text.replace(/\D/g, '').length
    return kind === 'boolean' || digits < 5 || digits > 20 || text.length > 40
      ? no
      : /^[+()\d .\-/\u00a0\u202f\u2009]+$/.test(text) && digits >= 6
        ? tight
        : loose
  },
  'contact.address': asAddress,
  'contact.postcode': (text, kind) =>
    kind !== 'boolean' && /^[A-Za-z0-9][A-Za-z0-9 -]{1,9}$/.test(text) && hasDigit.test(text) ? tight : no,
  'contact.city': asPlace,
  'birth.date': asDate,
  'birth.place': (text, kind) =>
    kind === 'boolean'
      ? no
      : kind === 'number'
        ? fits
        : asPlace(text, kind).factor > 0
          ? asPlace(text, kind)
          : hasDigit.test(text) && text.length < 80
            ? loose
            : no,
  age: (text, kind) =>
    kind !== 'boolean' && /^\d{1,3}(?:[ .,].{0,8})?$/.test(text.trim()) && Number.parseInt(text, 10) <= 125
      ? tight
      : no,
  gender: asWord,
  marital: (text, kind) =>
    kind === 'text' && text.length <= 60
      ? lettersOnly.test(text)
        ? tight
        : loose
      : kind === 'number' && text.length <= 2
        ? tight
        : no,
  nationality: (text, kind) => (kind === 'text' && hasLetter.test(text) && text.length <= 60 ? tight : no),
  language: (text, kind) => (kind === 'text' && /^[\p{L}\-_ ()]{2,30}$/u.test(text) ? tight : no),
  'id.national': asIdentifier,
  'id.tax': asIdentifier,
  'id.passport': asNumber,
  'id.driving': asNumber,
  'id.health': asNumber,
  'id.customer': (text, kind) =>
    kind === 'boolean' || text.length > 80 ? no : hasDigit.test(text) ? fits : loose,
  'id.employee': (text, kind) =>
    kind === 'boolean' || text.length > 80 ? no : hasDigit.test(text) ? fits : loose,
  'id.case': asNumber,
  'online.ip': (text, kind) => (kind === 'text' && /[.:]/.test(text) && text.length <= 200 ? fits : no),
  'online.mac': (text, kind) =>
    kind === 'text' && /[0-9a-f]{2}/i.test(text) && text.length <= 40 ? fits : no,
  'online.device': asText,
  'online.username': (text, kind) => (kind === 'boolean' || text.length > 100 ? no : fits),
  'online.url': (text, kind) => (kind === 'text' && text.length > 2 ? fits : no),
  'auth.password': asSecret,
  'auth.secret': (text, kind) => (kind === 'boolean' || text.length < 4 ? no : fits),
  'auth.pin': (text, kind) =>
    kind !== 'boolean' && /^\d{3,10}$/.test(text.trim())
      ? fits
      : kind === 'text' && text.length <= 20
        ? loose
        : no,
  'location.gps': (text, kind) =>
    kind !== 'boolean' && hasDigit.test(text) && /^[-+\d.,;°'" NSEWO]+$/.test(text) ? tight : no,
  'location.place': asPlace,
  'fin.iban': (text, kind) =>
    kind !== 'text' || text.length > 60
      ? no
      : isIban(text)
        ? fits
        : hasDigit.test(text)
          ? { factor: 0.75, tight: false }
          : no,
  'fin.account': asNumber,
  'fin.bic': (text, kind) => (kind === 'text' && /^[A-Za-z0-9 ]{8,14}$/.test(text.trim()) ? fits : no),
  'fin.card': (text, kind) => {
    const digits = text.replace(/\D/g, '').length
    return kind !== 'boolean' && digits >= 4 && digits <= 19 && text.length <= 40 ? fits : no
  },
  'fin.cvv': (text, kind) => (kind !== 'boolean' && /^\d{3,4}$/.test(text.trim()) ? tight : no),
  'fin.income': asAmount,
  'fin.credit': asAmount,
  'hr.salary': asAmount,
  'hr.performance': asText,
  'hr.discipline': (_text, _kind) => fits,
  'vehicle.plate': (text, kind) => (kind === 'text' && hasDigit.test(text) && text.length <= 20 ? fits : no),
}

/**
 * A `name` that is a number is no name, a birth date must look like a date, an amount must be a number; for
 * special categories any value counts, `false` and `0` too: that a person is not pregnant is health as well.
 */
export const fit = (category: Category, text: string, kind: Field['kind'], entry = ''): Fit => {
  if (isSpecial(category)) return kind === 'text' && empty.has(text.trim().toLowerCase()) ? no : fits
  if (kind === 'text' && saysNothing(text)) return no
  return checks[category]?.(text, kind, entry) ?? fits
}

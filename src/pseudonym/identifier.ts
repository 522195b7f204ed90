/** What tells one person from another inside a client, and the references that stand for it. */
import type { Category } from '../model/category.ts'
import { readDate } from '../coarse/dates.ts'
import type { Keys } from './keys.ts'
import { keyed } from './keys.ts'

/** Strongest first, design §8; then name + birth.date. */
export const identifying = [
  'id.national',
  'id.employee',
  'id.customer',
  'contact.email',
  'contact.phone',
] as const satisfies readonly Category[]

/** Letters without marks and case, single spaces. */
export const foldName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const compact = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toUpperCase()

/** Spellings of one identifier meet: spaces, dots, hyphens and case do not make another person. */
const normal = (category: Category, text: string): string => {
  if (category === 'contact.email') return text.normalize('NFKC').trim().toLowerCase()
  if (category === 'contact.phone') {
    const digits = text
      .normalize('NFKC')
      .replace(/\(0\)/g, '')
      .replace(/[^\d+]/g, '')
    return digits.replace(/^00/, '+')
  }
  if (category.startsWith('id.')) return compact(text)
  return text.normalize('NFC').trim()
}

/** 32 bytes: the reference of a person or value under the client's subject key. Also what a subject is looked up by. */
export const referenceOf = (keys: Keys, client: string, category: Category, text: string): Buffer =>
  keyed(keys.subject(client), category, normal(category, text))

/** Of a name and a birth date together; undefined if the date cannot be read to the month. */
export const nameAndBirth = (
  keys: Keys,
  client: string,
  names: Iterable<string>,
  birth: string,
  now: Date,
): Buffer | undefined => {
  const parts = [...new Set([...names].flatMap((name) => foldName(name).split(' ')))].filter(Boolean).sort()
  const read = readDate(birth, now)
  const digits = birth.replace(/\D/g, '')
  if (parts.length < 2 || read?.month === undefined || digits.length < 6) return undefined
  // The day: what is left of the digits once year and month are known, in either order.
  const day = [...digits].sort().join('')
  return keyed(keys.subject(client), 'name+birth.date', parts.join(' '), `${read.year}-${read.month}`, day)
}

/** Of what the client itself says in Douane-Subject. */
export const declaredReference = (keys: Keys, client: string, subject: string): Buffer =>
  keyed(keys.subject(client), 'douane-subject', subject)

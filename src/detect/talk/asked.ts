import { fold } from '../fold.ts'
import { contextKinds } from '../lexicon/context.ts'
import type { Category } from '../../model/category.ts'
import { COMMON, listed } from '../names/listed.ts'
import { precedes, wordAt } from '../words.ts'
import type { Line } from './lines.ts'

/** What a question asks for, and what its answer looks like: `Could you confirm your policy number?` — `sure, 88213 45`. */

/** Words that ask, folded: `Can I have your …`, `quel est votre …`, `podaj …`. */
const asking =
  /\?|\b(?:please|pls|provide|confirm|give|send|tell|need|what|whats|may i|can i|could|verify|enter|svp|stp|merci de|pouvez|pourriez|quel|quelle|donner|donnez|indiquer|indiquez|confirmer|communiquer|besoin|bitte|geben|nennen|brauche|benotige|mitteilen|wie lautet|por favor|cual|indique|digame|necesito|facilite|confirme|puede|quale|qual|mi dica|per favore|mi serve|confermi|puo|poderia|pode|preciso|diga|informe|wat is|kunt|mag ik|geef|graag|podac|podaj|prosze|jaki|jaka|poprosze|potrzebuje|spuneti|care este|rog|puteti|aveti)\b/

const number3 = /\d{3}/

/** A pass that lets somebody in, no password. */
const otherPass = /\b(?:boarding|bus|travel|train|season|day|ski|museum) pass/

interface Wanted {
  readonly category: Category
  readonly value: RegExp
}

const digits = (least: number, most: number): RegExp =>
  new RegExp(
    `(?!(?:19|20)\\d{2}(?!\\d))(?:[A-Za-z]{1,4}[-/]?)?\\d(?:[ ./-]?[\\dA-Z](?![\\p{Ll}])){${least - 1},${most - 1}}(?![\\p{L}\\d])`,
    'uy',
  )
const number = digits(4, 24)

/** By the kind of the word that the question holds (lexicon/context.ts). */
const wanted: Readonly<Record<string, Wanted>> = {
  phone: { category: 'contact.phone', value: /\+?\(?\d(?:[ ()./-]{0,3}\d){5,14}(?![\p{L}\d])/uy },
  national: { category: 'id.national', value: number },
  tax: { category: 'id.tax', value: number },
  passport: { category: 'id.passport', value: number },
  driving: { category: 'id.driving', value: number },
  health: { category: 'id.health', value: number },
  customer: { category: 'id.customer', value: number },
  employee: { category: 'id.employee', value: digits(2, 16) },
  case: { category: 'id.case', value: number },
  account: { category: 'fin.account', value: number },
  iban: { category: 'fin.account', value: number },
  card: { category: 'fin.card', value: digits(4, 19) },
  cvv: { category: 'fin.cvv', value: /\d{3,4}(?![\p{L}\d])/uy },
  pin: { category: 'auth.pin', value: /\d{4,8}(?![\p{L}\d])/uy },
  plate: {
    category: 'vehicle.plate',
    value: /(?=[\p{L} -]{0,8}\d)[\p{L}\d]{1,4}(?:[ -]?[\p{L}\d]{1,4}){1,3}(?![\p{L}\d])/uy,
  },
  postcode: {
    category: 'contact.postcode',
    value:
      /(?:\d{2}-\d{3}|\d{4}-\d{3}|\d{4} ?[A-Za-z]{2}|\d{4,6}|[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2})(?![\p{L}\d])/uy,
  },
  birth: {
    category: 'birth.date',
    value:
      /\d{1,4}(?:er|st|nd|rd|th|[ºª.])?(?:[ ./-]{1,2}|[ ]de[ ]|[ ]of[ ])(?:\d{1,2}|\p{L}{3,12})(?:[ ./,-]{1,2}|[ ]de[ ])\d{2,4}(?!\d)|\p{L}{3,10}[ ]\d{1,2}(?:st|nd|rd|th)?,?[ ]\d{4}|\d{8}(?!\d)/uy,
  },
  username: { category: 'online.username', value: /[\p{L}\d][\p{L}\p{N}_.-]{2,40}(?!\S)/uy },
  password: { category: 'auth.password', value: /\S{3,64}/y },
}
const kinds = contextKinds.map((kind): Wanted | undefined => wanted[kind])

/** What the line asks for: kinds by their numbers; none if it asks nothing. */
export const askedIn = (text: string, { start, end }: Line): number[] => {
  const line = text.slice(start, end)
  // A customer who gives his number in the same breath asks for something else; the cheapest question comes first.
  if (number3.test(line)) return []
  const said = fold(line)
  if (!asking.test(said) || otherPass.test(said) || number3.test(said)) return []
  const found: number[] = []
  for (const { index, 0: word } of line.matchAll(/[\p{L}\p{M}]+/gu)) {
    const from = start + index
    for (const { kind, before } of wordAt(text, from, from + word.length)?.contexts ?? []) {
      if (kinds[kind] !== undefined && !found.includes(kind) && precedes(text, from, before)) found.push(kind)
    }
  }
  // `your account number` speaks of a customer, too, and `card PIN` of a card: the last word is the one that counts.
  return found.reverse()
}

export interface Answer {
  readonly start: number
  readonly end: number
  readonly category: Category
}

/** The value that answers in this line, if one has the form of what was asked. */
export const answerIn = (text: string, line: Line, asked: readonly number[]): Answer | null => {
  if (line.body >= line.end) return null
  for (const kind of asked) {
    const { category, value } = kinds[kind]!
    const wordy = category === 'auth.password' || category === 'online.username'
    for (const start of startsOf(text, line, wordy)) {
      value.lastIndex = start
      const match = value.exec(text)
      if (match === null || value.lastIndex > line.end) continue
      const end = start + match[0].replace(/[.,;!?]+$/, '').length
      if (wordy && (end < line.end || isWord(match[0]))) continue
      return { start, end, category }
    }
  }
  return null
}

/** Where a value may begin: after at most four words; a password is all that the line holds. */
const startsOf = (text: string, { body, end }: Line, wordy: boolean): number[] => {
  if (wordy) {
    if (text.slice(body, end).split(/\s+/).length > 3) return []
    return [Math.max(body, text.lastIndexOf(' ', end - 1) + 1)]
  }
  const starts: number[] = []
  const word = /[^\s]+\s+/y
  for (let at = body; at < end && starts.length < 5;) {
    starts.push(at)
    word.lastIndex = at
    if (!word.test(text)) break
    at = word.lastIndex
  }
  return starts
}

/** `forgotten`, `none`: a word of the language. */
const isWord = (written: string): boolean =>
  /^\p{L}+\W*$/u.test(written) && (listed(fold(written.replace(/\W+$/u, ''))) & COMMON) !== 0

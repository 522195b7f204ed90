import { fold } from '../fold.ts'
import { type Site, context } from '../found.ts'
import { COMMON, FIRM, PLACE, listed } from '../names/listed.ts'
import type { Category } from '../../model/category.ts'
import { type Covered, type Push, coveredBy } from '../covered.ts'
import { previousWord, wordAt } from '../words.ts'
import type { Line } from './lines.ts'

/**
 * Numbers of a chat that no question explains, since only one side was kept: what a customer gives to show who he is
 * (last digits, card, PIN, number), where he lives and how to call him back.
 */

/** A number of four digits and more, in groups; nothing that goes on with a letter, a point or a unit. */
const numbers =
  /(?<![\p{L}\d.,/:-])\d(?:[ -]?\d){3,24}(?![\p{L}\d/:-]|[.,]\d)(?! ?(?:[€$£%]|(?:eur|usd|dollars?|pln|zl|lei|am|pm|gb|mb|cc|km|kg)\b))/giu
/** A long number as a spreadsheet writes it, its signs lost or not: `5.48E+15`, `548 e 15`. */
const scientific = /(?<![\p{L}\d])\d(?:[.,]?\d){0,14} ?[eE] ?\+?1[2-8](?![\p{L}\d])/u
/** Dates in digits: `180618`, `20062018`. */
const dated = /^(?:[0-3]\d[01]\d|[01]\d[0-3]\d)(?:\d{2}|(?:19|20)\d{2})$/

/** Who is asked for his card, his account or his insurance proves who he is by the last digits of a national number. */
const money = ['national', 'card', 'account', 'iban', 'health'] as const
/** The same, folded: `change my address`, `solde`, `Überweisung`. */
const moneyWords =
  /\b(?:bank|balance|bill|transfer|loan|address|insurance|policy|charge[ds]?|ssn|solde|virement|banque|assurance|sinistre|saldo|uberweisung|versicherung|rechnung|factura|transferencia|banco|seguro|bonifico|banca|assicurazione|fatura|transferencia|verzekering|overboeking|przelew|ubezpieczenie|transfer|asigurare)\b/

/** Talks in which somebody says where he lives, folded: `internet`, `livraison`, `dostawa`. */
const placeWords =
  /\b(?:internet|broadband|wifi|mbps|gb|cable|connection|fibre|fiber|install\w*|city|zip|deliver\w*|shipping|move|moving|livraison|livrer|ville|raccordement|demenag\w*|lieferung|liefern|anschluss|umzug|stadt|envio|entrega|ciudad|conexion|mudanza|consegna|citta|trasloco|cidade|ligacao|mudanca|levering|bezorg\w*|stad|aansluiting|verhuiz\w*|dostaw\w*|miasto|przeprowadzk\w*|livrare|oras|mutare)\b/

/** Words that no name has. */
const plainWords = (words: string): boolean =>
  fold(words)
    .split(/[^a-z]+/)
    .every((word) => word === '' || (listed(word) & COMMON) !== 0)

const hasListed = (words: string, bit: number): boolean =>
  fold(words)
    .split(/[^a-z]+/)
    .some((word) => word.length > 2 && (listed(word) & (PLACE | FIRM)) === bit)

/** Sentences are longer. */
const longest = 60

/** @param said the lines, folded */
export const proofIn = (
  site: Site,
  lines: readonly Line[],
  said: readonly string[],
  covered: Covered,
  push: Push,
): void => {
  const { text } = site
  const told = {
    ofMoney: money.some((kind) => spokenOf(site, kind)) || lines.some((line) => hasLong(text, line)),
    ofCard: spokenOf(site, 'card'),
    ofPlace: said.some((line) => placeWords.test(line)),
    proofs: 0,
  }
  const names = coveredBy(site.found.filter(({ category }) => category === 'name'))
  for (const [at, line] of lines.entries()) {
    const { body, end } = line
    told.ofMoney ||= moneyWords.test(said[at]!)
    if (body >= end || end - body > longest) continue
    const written = text.slice(body, end)
    const far = told.ofMoney ? scientific.exec(written) : null
    if (far !== null) {
      const start = body + far.index
      push(
        start,
        start + far[0].length,
        'fin.card',
        0.55,
        'long number as a spreadsheet writes it, in a chat',
      )
      told.proofs++
      continue
    }
    const above = lines[at - 1]
    let from = body
    for (const { 0: run, index } of written.matchAll(numbers)) {
      const start = body + index
      const value = firstOf(run)
      const stop = start + value.length
      const lead = text.slice(from, start)
      from = stop
      if (covered.at(start, stop)) {
        told.proofs++
        continue
      }
      if (isOrder(text, start)) continue
      // A name before it on its line, or alone on the line above.
      const named =
        names.at(body, start) || (lead === '' && above !== undefined && names.at(above.start, body))
      const category = categoryOf(value, told, {
        named,
        words: lead === '' && above !== undefined ? text.slice(above.start, above.end) : lead,
        last: stop === end || /^[.!]?\s*$/.test(text.slice(stop, end)),
        first: lead === '',
      })
      if (category === null) continue
      if (category !== 'contact.postcode' && category !== 'contact.phone') told.proofs++
      push(start, stop, category, 0.5, 'number that a customer gives in a chat')
    }
  }
}

const order = context.order
/** `order 9943194293`, `invoice no 88123` */
const isOrder = (text: string, start: number): boolean => {
  let at = start
  for (let back = 0; back < 2; back++) {
    const word = previousWord(text, at)
    if (word === null) return false
    if (
      wordAt(text, word.start, word.end)?.contexts.some(
        ({ kind, before }) => kind === order && before.length === 0,
      )
    )
      return true
    at = word.start
  }
  return false
}

/** A card or an account stands in this line: somebody speaks of money. */
const hasLong = (text: string, { body, end }: Line): boolean =>
  end - body <= longest &&
  (scientific.test(text.slice(body, end)) || /(?<!\d)\d{13,19}(?!\d)/.test(text.slice(body, end)))

const spokenOf = (site: Site, kind: (typeof money)[number]): boolean => site.near[context[kind]]! >= 0

/** `9988774411 112 …`: a telephone number and what comes after it. */
const firstOf = (run: string): string => /^\d{9,12}(?= )/.exec(run)?.[0] ?? run

interface Talk {
  ofMoney: boolean
  readonly ofPlace: boolean
  readonly ofCard: boolean
  /** How many numbers the customer has given. */
  proofs: number
}

interface Place {
  readonly named: boolean
  /** What stands before the number on its line, else the line above. */
  readonly words: string
  readonly first: boolean
  readonly last: boolean
}

const categoryOf = (
  value: string,
  { ofMoney, ofPlace, ofCard, proofs }: Talk,
  place: Place,
): Category | null => {
  const { named, words, first, last } = place
  const count = value.replace(/\D/g, '').length
  const single = count === value.length
  if (count >= 13 && count <= 19 && (single || /^\d{4}(?:[ -]\d{2,6}){2,3}$/.test(value))) return 'fin.card'
  if (count >= 9 && count <= 12) return (first || last) && (single || !ofMoney) ? 'contact.phone' : null
  // A code of six digits may have the form of a day.
  if (!single || (dated.test(value) && !(ofPlace && count === 6 && !first))) return null
  if (count === 4) {
    const round = /00$|^(?:19|20)/.test(value)
    if (/\b(?:ssn|social|national)\b/i.test(words) && !first) return 'id.national'
    if (named && !(round && proofs > 0))
      return ofMoney ? next(proofs, ofCard) : last && !round ? 'auth.pin' : null
    if (!ofMoney || round || !last || words.trim().split(/\s+/).length > 4) return null
    return first || proofs > 0 ? next(proofs, ofCard) : null
  }
  if (ofPlace && !ofMoney && count < 8 && (first || last)) return 'contact.postcode'
  if (!last) return null
  if (ofMoney) return count > 5 && count < 13 ? 'fin.account' : null
  if (named || count > 6 || hasListed(words, FIRM)) return 'id.customer'
  return hasListed(words, PLACE) || !plainWords(words) ? 'contact.postcode' : null
}

/** First the last digits of the national number, then those of the card or account. */
const next = (proofs: number, ofCard: boolean): Category =>
  proofs === 0 ? 'id.national' : ofCard ? 'fin.card' : 'fin.account'

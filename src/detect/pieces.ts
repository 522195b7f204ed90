import type { Category } from '../model/category.ts'
import type { Document, Field } from '../model/document.ts'
import { type Budget, spend } from './budget.ts'
import type { Found } from './found.ts'
import { isCard } from './recognisers/card.ts'
import { isIban } from './recognisers/iban.ts'

/**
 * Numbers that a payload splits over neighbours: `["4539", "1488", "0343", "6467"]`, `{"iban1": "FR76", "iban2": …}`.
 * Only runs of two to nine short leaves of one list or object count, and only if check digits hold.
 */
const most = 9
const piece = /^[A-Za-z]{0,2}[\dA-Za-z]{1,12}$/

/** Two short leaves are neighbours in one list or object, or the same field of neighbouring elements. */
const areNeighbours = (one: Field, other: Field): boolean => {
  const [a, b] = [one.path, other.path]
  if (a === null || b === null || one.part !== other.part) return false
  if (a.up === b.up) return true
  return (
    a.up !== null &&
    b.up !== null &&
    a.up.up === b.up.up &&
    a.step === b.step &&
    typeof a.up.step === 'number'
  )
}

const isPiece = ({ text, kind }: Field): boolean =>
  kind !== 'boolean' && text.length >= 2 && text.length <= 14 && /\d/.test(text) && piece.test(text)

/** Four and more digits a piece: other cuts are rarer than chance. */
const isCardOf = (pieces: readonly string[]): boolean =>
  pieces.every((one) => /^\d{4,8}$/.test(one)) && isCard(pieces.join(''))

const isIbanOf = (pieces: readonly string[]): boolean =>
  /^[A-Za-z]{2}\d{2}/.test(pieces[0]!) && isIban(pieces.join(''))

/** The first stretch of the run that is a number: where it begins, how many pieces it has, and what it is. */
const within = (pieces: readonly string[]): { from: number; to: number; category: Category } | null => {
  for (let from = 0; from + 1 < pieces.length; from++) {
    for (let to = pieces.length; to >= from + 2; to--) {
      const list = pieces.slice(from, to)
      const { length } = list.join('')
      if (length >= 13 && length <= 19 && isCardOf(list)) return { from, to, category: 'fin.card' }
      if (length >= 15 && length <= 34 && isIbanOf(list)) return { from, to, category: 'fin.iban' }
    }
  }
  return null
}

/** Puts what the pieces are into the findings of their fields. */
export const findPieces = (document: Document, found: (field: number) => Found[], budget: Budget): void => {
  let run: Field[] = []
  const end = (): void => {
    if (run.length >= 2 && run.length <= most) {
      spend(budget, 60 * run.length)
      const number = within(run.map(({ text }) => text))
      if (number !== null) {
        for (const { index, text } of run.slice(number.from, number.to))
          // Below what is learned: a piece alone is any number elsewhere.
          found(index).push({
            start: 0,
            end: text.length,
            category: number.category,
            confidence: 0.8,
            recogniser: 'pieces',
            evidence: 'check digits of a number that neighbours hold in pieces',
          })
      }
    }
    run = []
  }
  for (const field of document.fields) {
    if (field.place !== 'leaf' || field.part !== 'body') continue
    const fits = isPiece(field)
    if (run.length > 0 && (!fits || !areNeighbours(run.at(-1)!, field))) end()
    if (fits) run.push(field)
  }
  end()
}

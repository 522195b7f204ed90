import { Refused } from '../errors.ts'

/**
 * Work allowed for one document, counted and not timed, so that the same payload is refused or passed on
 * every machine. One unit is about one character looked at; an expensive check declares its price.
 */
export interface Budget {
  readonly allowed: number
  spent: number
}

/** Units for each character of the document, and what even the smallest document may spend. */
export const unitsPerCharacter = 100
export const unitsToStart = 200_000

export const makeBudget = (characters: number, perCharacter = unitsPerCharacter): Budget => ({
  allowed: unitsToStart + characters * perCharacter,
  spent: 0,
})

/** @throws Refused `CLASSIFY_BUDGET` */
export const spend = (budget: Budget, units: number): void => {
  budget.spent += units
  if (budget.spent > budget.allowed) throw new Refused('CLASSIFY_BUDGET')
}

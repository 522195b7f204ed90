import { DIGIT as digitKind, LOWER, OTHER, UPPER, kinds } from '../../fold.ts'
import { DIGIT, LETTER, makeAutomaton, separatorSign, type Way } from './automaton.ts'
import { separatorOf } from './stretch.ts'
import { alone, priors, readyRows } from './table.ts'

/** Below this a number that no word speaks of is not worth a check: chance would find one in any list. */
export const worth = 0.2
/** From here on a finding acts. */
export const acting = 0.5

/** Shorter ones (`GD100`) need a word, whatever their check says. */
export const leastAlone = 8

/** The surest that this form could be without a word. */
const surestOf = ({ row, alternative }: Way): number => {
  const { check, chance, row: of } = readyRows[row]!
  if (check === null || alternative.classes.length < leastAlone) return 0
  const prior = Math.max(
    of.telling ?? 0,
    alternative.classes.includes('d') && !/[ax]/.test(alternative.classes) ? 0 : priors.lettered,
    of.printed === undefined ? priors.bare : /[./-]/.test(of.printed) ? priors.marked : priors.spaced,
  )
  return alone(chance / 26 ** alternative.literals, prior)
}

/** A form of a row. */
export interface Form extends Way {
  /** It may count without a word. */
  readonly likely: boolean
  /** How sure it is without a word if its check holds, by how the stretch is written (`priors`), and if it is printed in groups that tell. */
  readonly sure: Readonly<Record<keyof typeof priors, number>>
  readonly telling: number | null
}

const sureOf = ({ row, alternative }: Way, prior: number): number =>
  alone(readyRows[row]!.chance / 26 ** alternative.literals, prior)

/** Every form of every row. */
const ways = readyRows.flatMap((ready, row) =>
  ready.alternatives.map((alternative): Form => {
    const way = { row, alternative }
    const { telling } = ready.row
    return {
      ...way,
      likely: surestOf(way) >= worth,
      sure: {
        bare: sureOf(way, priors.bare),
        spaced: sureOf(way, priors.spaced),
        marked: sureOf(way, priors.marked),
        lettered: sureOf(way, priors.lettered),
      },
      telling: telling === undefined ? null : sureOf(way, telling),
    }
  }),
)

/** All of them, without separators: after a word for it an identifier may be printed in any way. */
export const allForms = makeAutomaton(ways)

/** Where words spoke, but of no identifier. */
export const likelyForms = makeAutomaton(ways.filter(({ likely }) => likely))

/**
 * Without a word an identifier counts in one piece or as it is printed, and only if its form may be so sure; most
 * stretches are none of them after a few signs.
 */
const unnamed = (least: number) =>
  makeAutomaton(
    ways
      .filter((way) => surestOf(way) >= least)
      .flatMap((way) => [
        way,
        ...[...readyRows[way.row]!.shapes]
          .filter((print) => isPrintOf(way, print))
          .map((print) => ({ ...way, print })),
      ]),
  )

const isPrintOf = ({ alternative: { classes } }: Way, print: string): boolean => {
  const bare = print.replace(/[ ./-]/g, '')
  return (
    bare.length < print.length &&
    bare.length === classes.length &&
    [...bare].every((sign, at) => (classes[at] === 'x' ? /[da]/.test(sign) : classes[at] === sign))
  )
}

export const untoldForms = unnamed(worth)
export const untoldActing = unnamed(acting)

/** What each code unit is in a form; more than 0x2013 are no part of any. */
const signs = Int8Array.from({ length: 0x2014 }, (_, code) => {
  const kind = code < 0x7b ? kinds[code] : OTHER
  if (kind === digitKind) return DIGIT
  return kind === UPPER || kind === LOWER ? LETTER : separatorSign(separatorOf(code) || '?')
})

/** Digit, letter or separator as the automata number them; -1 for any other sign, and behind the end. */
export const signOf = (text: string, at: number): number => {
  const code = text.charCodeAt(at)
  return code < 0x2014 ? signs[code]! : -1
}

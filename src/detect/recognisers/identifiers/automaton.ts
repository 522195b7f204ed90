import type { Alternative } from './form.ts'

/** An alternative of the form of a row. */
export interface Way {
  readonly row: number
  readonly alternative: Alternative
}

const DIGIT = 0
const LETTER = 1

/**
 * All forms as one automaton over two signs, digit and letter: reading a text costs one step a sign, however many
 * forms there are. States are made when first reached; there are as many as the forms have prefixes, at most.
 */
export interface Automaton {
  readonly start: number
  /** The next state, 0 if no form goes on so. */
  step(state: number, letter: boolean): number
  /** The forms that end in this state. */
  ends(state: number): readonly Way[]
}

export const makeAutomaton = (ways: readonly Way[]): Automaton => {
  const fits = (cls: string, sign: number): boolean => cls === 'x' || (cls === 'd') === (sign === DIGIT)
  /** A state is the set of ways that are still open and how far they are read: all equally far. */
  const states: { open: readonly number[]; read: number; ends: readonly Way[] }[] = []
  const known = new Map<string, number>()
  /** At twice the state: where a digit leads, behind it a letter; -1 if nobody went there yet. */
  const next: number[] = []
  const add = (open: readonly number[], read: number): number => {
    if (open.length === 0) return 0
    const key = `${read}:${open.join()}`
    let state = known.get(key)
    if (state === undefined) {
      state = states.length
      known.set(key, state)
      states.push({
        open,
        read,
        ends: open.map((way) => ways[way]!).filter((way) => way.alternative.classes.length === read),
      })
      next.push(-1, -1)
    }
    return state
  }
  states.push({ open: [], read: 0, ends: [] })
  next.push(0, 0)
  const start = add(
    ways.map((_, index) => index),
    0,
  )
  return {
    start,
    step: (state, letter) => {
      const sign = letter ? LETTER : DIGIT
      const to = next[2 * state + sign]!
      if (to >= 0) return to
      const { open, read } = states[state]!
      const made = add(
        open.filter((way) => {
          const { classes } = ways[way]!.alternative
          return read < classes.length && fits(classes.charAt(read), sign)
        }),
        read + 1,
      )
      next[2 * state + sign] = made
      return made
    },
    ends: (state) => states[state]!.ends,
  }
}

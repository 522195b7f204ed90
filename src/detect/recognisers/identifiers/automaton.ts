import type { Alternative } from './form.ts'

/** An alternative of the form of a row. */
export interface Way {
  readonly row: number
  readonly alternative: Alternative
  /** How it is printed, `d`, `a` and separators; silent: the classes of the alternative, in one piece. */
  readonly print?: string
}

export const DIGIT = 0
export const LETTER = 1
export const SPACE = 2
/** In the order of their numbers. */
const signs = 'da -./'

/** The number of a separator as form.ts and row.ts write it: space, hyphen, full stop or slash; -1 if it is none. */
export const separatorSign = (sign: string): number => signs.indexOf(sign, 2)

/**
 * All forms as one automaton over digit, letter and separators: reading a text costs one step a sign, however many
 * forms there are. States are made when first reached; there are as many as the forms have prefixes, at most.
 */
export interface Automaton<Form extends Way> {
  readonly start: number
  /** The next state, 0 if no form goes on so. */
  step(state: number, sign: number): number
  /** The forms that end in this state, if `isEnd`. */
  ends(state: number): readonly Form[]
  isEnd(state: number): boolean
}

export const makeAutomaton = <Form extends Way>(ways: readonly Form[]): Automaton<Form> => {
  const fits = (cls: string, sign: number): boolean => (cls === 'x' ? sign <= LETTER : cls === signs[sign])
  const forms = ways.map(({ alternative, print }) => print ?? alternative.classes)
  /** A state is the set of ways that are still open and how far they are read: all equally far. */
  const states: { open: readonly number[]; read: number; ends: readonly Form[] }[] = []
  const known = new Map<string, number>()
  /** For each state where each sign leads; -1 if nobody went there yet. */
  const next: number[] = []
  /** Of each state, whether forms end there: most looks want no more. */
  const closed: boolean[] = [false]
  const width = signs.length
  const signless = Array.from(signs, () => -1)
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
        ends: open.filter((way) => forms[way]!.length === read).map((way) => ways[way]!),
      })
      next.push(...signless)
      closed.push(states[state]!.ends.length > 0)
    }
    return state
  }
  states.push({ open: [], read: 0, ends: [] })
  next.push(...signless.map(() => 0))
  const start = add(
    ways.map((_, index) => index),
    0,
  )
  return {
    start,
    step: (state, sign) => {
      const to = next[width * state + sign]!
      if (to >= 0) return to
      const { open, read } = states[state]!
      const made = add(
        open.filter((way) => read < forms[way]!.length && fits(forms[way]!.charAt(read), sign)),
        read + 1,
      )
      next[width * state + sign] = made
      return made
    },
    ends: (state) => states[state]!.ends,
    isEnd: (state) => closed[state]!,
  }
}

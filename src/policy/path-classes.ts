/** Many path patterns read at once: which of them a path meets, in one walk, however many they are. */
import { pathPattern } from './path-pattern.ts'

export interface PathClasses {
  /** Paths of one class meet the same patterns. Steps root first; time: the number of steps. */
  classOf(steps: readonly (string | number)[]): number
  /** One path of each class; undefined if there are more than `most`. */
  examples(most: number): readonly (readonly string[])[] | undefined
}

interface State {
  /** Positions in the patterns, `[pattern, position]` as one number. */
  readonly places: readonly number[]
  readonly next: Map<string, State>
  /** Class of a path that ends here. */
  readonly ends: number
}

const anyNumber = '**'
/** Any step that no pattern names. */
const other = '\u0000'
/** More is not kept but worked out each time. */
const mostStates = 20_000

/** @param texts patterns as in path-pattern.ts; the same one may stand there twice */
export const pathClasses = (texts: readonly string[]): PathClasses => {
  const patterns = [...new Set(texts)].toSorted().map(pathPattern)
  const width = Math.max(1, ...patterns.map((pattern) => pattern.length + 1))
  const named = new Set(patterns.flat().filter((step) => step !== '*' && step !== anyNumber))
  const states = new Map<string, State>()
  const classes = new Map<string, number>()
  let nextClass = 0

  /** `**` may stand for no step at all. */
  const closed = (places: Iterable<number>): number[] => {
    const all = new Set<number>()
    for (const place of places) {
      let at = place
      all.add(at)
      while (patterns[Math.floor(at / width)]?.[at % width] === anyNumber) all.add(++at)
    }
    return [...all].toSorted((a, b) => a - b)
  }
  const stateOf = (places: readonly number[]): State => {
    const key = places.join()
    const known = states.get(key)
    if (known !== undefined) return known
    const met = places.filter((at) => at % width === patterns[Math.floor(at / width)]?.length)
    const ended = met.join()
    let ends = classes.get(ended)
    if (ends === undefined) {
      // Two numbers for one class cost time, never an answer.
      if (classes.size >= mostStates) classes.clear()
      classes.set(ended, (ends = nextClass++))
    }
    const made = { places, next: new Map<string, State>(), ends }
    if (states.size < mostStates) states.set(key, made)
    return made
  }
  const after = (state: State, step: string): State => {
    const word = named.has(step) ? step : other
    const known = state.next.get(word)
    if (known !== undefined) return known
    const places = state.places.flatMap((at) => {
      const wanted = patterns[Math.floor(at / width)]?.[at % width]
      if (wanted === anyNumber) return [at]
      return wanted === '*' || (wanted !== undefined && wanted === word) ? [at + 1] : []
    })
    const made = stateOf(closed(places))
    if (states.size < mostStates) state.next.set(word, made)
    return made
  }
  const start = stateOf(closed(patterns.map((_, n) => n * width)))

  return {
    classOf(steps) {
      let state = start
      for (const step of steps) state = after(state, String(step))
      return state.ends
    },
    examples(most) {
      const found = new Map<number, readonly string[]>()
      const seen = new Set<string>([start.places.join()])
      const queue: { readonly state: State; readonly steps: readonly string[] }[] = [
        { state: start, steps: [] },
      ]
      // A name that no pattern uses, for the steps in between.
      let spare = 'x'
      while (named.has(spare)) spare += 'x'
      for (let n = 0; n < queue.length; n++) {
        const { state, steps } = queue[n] as (typeof queue)[number]
        // A finding stands in a leaf or in a name: its path is never empty, save that of a text as a whole.
        if (!found.has(state.ends)) found.set(state.ends, steps)
        if (found.size > most || queue.length > mostStates) return undefined
        for (const step of [...named, spare]) {
          const next = after(state, step)
          const key = next.places.join()
          if (seen.has(key)) continue
          seen.add(key)
          queue.push({ state: next, steps: [...steps, step] })
        }
      }
      return [...found.values()]
    },
  }
}

/** A pattern as a deterministic automaton (subset construction): one step a character, never back. */
import type { Both } from '../../lang.ts'
import { type Piece, PatternFault, type Range } from './syntax.ts'

/** Steps of states × kinds of characters; a row for each state. */
export interface Automaton {
  /** Next state by state × kinds + kind; 0 is the dead one, 1 the first. */
  readonly next: Uint16Array
  readonly kinds: number
  readonly accepts: readonly boolean[]
  kindOf(code: number): number
}

const mostStates = 2_000
const mostNodes = 4_000

const tooComplex: Both = { en: 'the pattern is too complex', fr: 'le motif est trop complexe' }

/** Thompson's construction: nodes with at most one class and any number of free steps. */
interface Node {
  ranges?: readonly Range[]
  to?: number
  readonly free: number[]
}

const nodesOf = (piece: Piece): Node[] => {
  const nodes: Node[] = []
  const node = (): number => {
    if (nodes.length >= mostNodes)
      throw new PatternFault(tooComplex, 0, {
        en: 'fewer or smaller repetitions',
        fr: 'des répétitions moins nombreuses, ou plus petites',
      })
    return nodes.push({ free: [] }) - 1
  }
  /** @returns where it ends */
  const build = (part: Piece, from: number): number => {
    switch (part.is) {
      case 'class': {
        const to = node()
        nodes[from]!.ranges = part.ranges
        nodes[from]!.to = to
        const after = node()
        nodes[to]!.free.push(after)
        return after
      }
      case 'all':
        return part.parts.reduce((at, each) => build(each, at), from)
      case 'any': {
        const end = node()
        for (const each of part.parts) {
          const begin = node()
          nodes[from]!.free.push(begin)
          nodes[build(each, begin)]!.free.push(end)
        }
        return end
      }
      case 'repeat': {
        let at = from
        const end = node()
        for (let times = 0; times < part.most; times++) {
          if (times >= part.least) nodes[at]!.free.push(end)
          const begin = node()
          nodes[at]!.free.push(begin)
          at = build(part.part, begin)
        }
        nodes[at]!.free.push(end)
        return end
      }
    }
  }
  const begin = node()
  const end = build(piece, begin)
  // The last node is what accepts.
  const last = node()
  nodes[end]!.free.push(last)
  return nodes
}

/** Code units that no class of the pattern tells apart are one kind. */
const kindsOf = (nodes: readonly Node[]): { readonly starts: readonly number[] } => {
  const starts = new Set([0])
  for (const { ranges = [] } of nodes)
    for (const [from, to] of ranges) {
      starts.add(from)
      if (to < 0xffff) starts.add(to + 1)
    }
  return { starts: [...starts].sort((a, b) => a - b) }
}

/** @throws PatternFault for a pattern that needs too many states */
export const compile = (piece: Piece): Automaton => {
  const nodes = nodesOf(piece)
  const { starts } = kindsOf(nodes)
  const search = (code: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= code) low = middle
      else high = middle - 1
    }
    return low
  }
  const ascii = Uint16Array.from({ length: 128 }, (_, code) => search(code))
  const closure = (seeds: Iterable<number>): number[] => {
    const seen = new Set(seeds)
    for (const at of seen) for (const to of nodes[at]!.free) seen.add(to)
    // Only what takes a character, or accepts, tells states apart.
    return [...seen]
      .filter((at) => nodes[at]!.ranges !== undefined || at === nodes.length - 1)
      .sort((a, b) => a - b)
  }
  const numbers = new Map<string, number>([['', 0]])
  const sets: number[][] = [[]]
  const stateOf = (set: number[]): number => {
    const name = set.join()
    let state = numbers.get(name)
    if (state === undefined) {
      if (sets.length >= mostStates)
        throw new PatternFault(tooComplex, 0, {
          en: 'fewer alternatives, or smaller repetitions',
          fr: "moins d'alternatives, ou des répétitions plus petites",
        })
      state = sets.push(set) - 1
      numbers.set(name, state)
    }
    return state
  }
  stateOf(closure([0]))
  const rows: number[][] = []
  for (let state = 0; state < sets.length; state++)
    rows.push(
      starts.map((code) =>
        stateOf(
          closure(
            sets[state]!.flatMap((at) => {
              const { ranges, to } = nodes[at]!
              return ranges?.some(([from, until]) => from <= code && code <= until) === true ? [to!] : []
            }),
          ),
        ),
      ),
    )
  return {
    next: Uint16Array.from(rows.flat()),
    kinds: starts.length,
    accepts: sets.map((set) => set.includes(nodes.length - 1)),
    kindOf: (code) => (code < 128 ? ascii[code]! : search(code)),
  }
}

/** End of the longest match that begins at `from` and of which `isEnd` approves, or -1; `steps` is told what it cost. */
export const longest = (
  { next, kinds, accepts, kindOf }: Automaton,
  text: string,
  from: number,
  isEnd: (end: number) => boolean,
  steps: (count: number) => void,
): number => {
  let state = 1
  let end = -1
  let at = from
  while (at < text.length) {
    state = next[state * kinds + kindOf(text.charCodeAt(at))]!
    if (state === 0) break
    at++
    if (accepts[state] === true && isEnd(at)) end = at
  }
  steps(at - from + 1)
  return end
}

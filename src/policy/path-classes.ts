/**
 * Many path patterns read at once: which of them a path meets, in one walk. The patterns are one automaton whose state is a row
 * of bits, a bit for each place before a step of a pattern and one behind the last; nothing is kept of the states that a walk
 * goes through, so what paths come costs no memory (Baeza-Yates and Gonnet 1992, a new approach to text searching).
 */
import { pathPattern } from './path-pattern.ts'

export interface PathClasses {
  /** Paths of one class meet the same patterns. Steps root first; work: steps × places of all patterns, 32 at a time. */
  classOf(steps: readonly (string | number)[]): number
  /** One path of each class; undefined if there are more than `most`, or if finding them takes more than `work`. */
  examples(most: number, work?: Work): readonly (readonly string[])[] | undefined
}

/** Counted work, the same on every machine; below nothing is left. */
export interface Work {
  left: number
}

/** Words of 32 places looked at: about a tenth of a second. */
const usualWork = 20_000_000
/** A state that is kept costs so much more than one that is passed through. */
const costOfState = 8
/** Characters of the names of classes that are kept; two numbers for one class cost time, never an answer. */
const mostNames = 1_000_000

const anyNumber = '**'
const anyOne = '*'
type Bits = Uint32Array

const has = (bits: Bits, place: number): boolean =>
  ((bits[place >>> 5] as number) & (1 << (place & 31))) !== 0
const add = (bits: Bits, place: number): void => {
  bits[place >>> 5] = (bits[place >>> 5] as number) | (1 << (place & 31))
}

/** `**.**` says no more than `**`; without it a place that stands still never leads to another such place. */
const shortened = (pattern: readonly string[]): readonly string[] =>
  pattern.filter((step, n) => step !== anyNumber || pattern[n - 1] !== anyNumber)

/** @param texts patterns as in path-pattern.ts; the same one may stand there twice */
export const pathClasses = (texts: readonly string[]): PathClasses => {
  const patterns = [...new Set(texts)].toSorted().map((text) => shortened(pathPattern(text)))
  const places = patterns.reduce((sum, { length }) => sum + length + 1, 0)
  const width = Math.max(1, Math.ceil(places / 32))
  const bits = (): Bits => new Uint32Array(width)
  // Where a walk begins and ends, where any step leads on, and where any step may stay.
  const [start, ends, one, stays] = [bits(), bits(), bits(), bits()]
  const named = new Map<string, number[]>()
  /** The name that stands at a place, if one does. */
  const nameAt: (string | undefined)[] = []
  let place = 0
  for (const pattern of patterns) {
    add(start, place)
    for (const step of pattern) {
      if (step === anyNumber) add(stays, place)
      else if (step === anyOne) add(one, place)
      else {
        nameAt[place] = step
        const known = named.get(step)
        if (known === undefined) named.set(step, [place])
        else known.push(place)
      }
      place++
    }
    add(ends, place++)
  }

  /** `**` may stand for no step at all: whoever stands before it stands behind it, too. */
  const closed = (state: Bits): Bits => {
    let over = 0
    for (let n = 0; n < width; n++) {
      const here = state[n] as number
      const on = here & (stays[n] as number)
      state[n] = here | (on << 1) | over
      over = on >>> 31
    }
    return state
  }
  closed(start)
  const after = (from: Bits, step: string, into: Bits): Bits => {
    let over = 0
    for (let n = 0; n < width; n++) {
      const here = from[n] as number
      const on = here & (one[n] as number)
      into[n] = (here & (stays[n] as number)) | (on << 1) | over
      over = on >>> 31
    }
    for (const at of named.get(step) ?? []) if (has(from, at)) add(into, at + 1)
    return closed(into)
  }

  const classes = new Map<string, number>()
  let names = 0
  let nextClass = 0
  const classAt = (state: Bits): number => {
    let name = ''
    for (let n = 0; n < width; n++) {
      const met = ((state[n] as number) & (ends[n] as number)) >>> 0
      if (met !== 0) name += `${n}:${met} `
    }
    let known = classes.get(name)
    if (known === undefined) {
      if ((names += name.length + 1) > mostNames) {
        classes.clear()
        names = name.length + 1
      }
      classes.set(name, (known = nextClass++))
    }
    return known
  }

  /** The walk goes from one to the other and back. */
  const [here, there] = [bits(), bits()]
  return {
    classOf(steps) {
      let state = start
      for (const step of steps) state = after(state, String(step), state === here ? there : here)
      return classAt(state)
    },
    examples(most, work = { left: usualWork }) {
      const found = new Map<number, readonly string[]>()
      const seen = new Set<string>([start.join()])
      const queue: { readonly state: Bits; readonly steps: readonly string[] }[] = [
        { state: start, steps: [] },
      ]
      // A name that no pattern uses, for the steps in between.
      let spare = 'x'
      while (named.has(spare)) spare += 'x'
      /** Steps that lead somewhere of their own; every other one leads where the spare name does. */
      const stepsFrom = (state: Bits): Set<string> => {
        const out = new Set([spare])
        for (let at = 0; at < places; at++) {
          if ((at & 31) === 0 && state[at >>> 5] === 0) at += 31
          else if (has(state, at)) {
            const name = nameAt[at]
            if (name !== undefined) out.add(name)
          }
        }
        return out
      }
      for (let n = 0; n < queue.length; n++) {
        const { state, steps } = queue[n] as (typeof queue)[number]
        // A finding stands in a leaf or in a name: its path is never empty, save that of a text as a whole.
        const its = classAt(state)
        if (!found.has(its)) found.set(its, steps)
        if (found.size > most) return undefined
        for (const step of stepsFrom(state)) {
          work.left -= costOfState * width
          if (work.left < 0) return undefined
          const next = after(state, step, bits())
          const key = next.join()
          if (seen.has(key)) continue
          seen.add(key)
          queue.push({ state: next, steps: [...steps, step] })
        }
      }
      return [...found.values()]
    },
  }
}

/** What waits to be written, in order and bounded, and what is on its way: each until its deadline. */
import type { Code } from '../errors.ts'
import { choose } from './entry.ts'
import type { Entry } from './entry.ts'

/** Outcomes kept in memory while the database is away; beyond, the sweeper closes their intents. */
const maxStaying = 65_536

/** Its caller is told, once. */
export const refuse = (entry: Entry, code: Code): void => {
  if (entry.refused) return
  entry.refused = true
  entry.reject(code)
}

export class Waiting {
  readonly #most: number
  #queue: Entry[] = []
  /** On their way to the database. */
  flying: readonly Entry[] = []

  /** @param most beside outcomes, which stay */
  constructor(most: number) {
    this.#most = most
  }

  /** Without what is on its way. */
  get length(): number {
    return this.#queue.length
  }

  get withFlying(): number {
    return this.#queue.length + this.flying.length
  }

  /** Opens a tree, and goes alone. */
  get opener(): Entry | undefined {
    return this.#queue.find(({ edge }) => edge !== undefined)
  }

  /** @returns false if there is no room */
  add(entry: Entry): boolean {
    if (this.withFlying >= (entry.stays ? maxStaying : this.#most)) return false
    this.#queue.push(entry)
    return true
  }

  /** The next batch: that one by itself, or up to so many. */
  take(most: number, opener: Entry | undefined): Entry[] {
    const { batch, rest } =
      opener === undefined
        ? choose(this.#queue, most)
        : { batch: [opener], rest: this.#queue.filter((entry) => entry !== opener) }
    this.#queue = rest
    return batch
  }

  /** Back to the front, without those whose callers were refused and that need not stay. */
  again(entries: readonly Entry[]): void {
    this.#queue = [...entries.filter((entry) => !entry.refused || entry.stays), ...this.#queue]
  }

  /** They are written, or are in the queue already. */
  without(entries: readonly Entry[]): void {
    this.#queue = this.#queue.filter((entry) => !entries.includes(entry))
  }

  /** Those that do not wait here. */
  missing(entries: Iterable<Entry>): readonly Entry[] {
    const left = new Set(entries)
    for (const entry of this.#queue) left.delete(entry)
    return [...left]
  }

  /** Outcomes stay. */
  refuseAll(code: Code): void {
    for (const entry of this.#queue) refuse(entry, code)
    this.#queue = this.#queue.filter((entry) => entry.stays)
  }

  /** Nothing of it will be written any more. */
  end(code: Code): void {
    for (const entry of [...this.#queue, ...this.flying]) refuse(entry, code)
    this.#queue = []
  }

  /** Refuses those whose deadline is over; they wait in the order of it. */
  expire(now: number): void {
    let over = false
    for (const entry of [...this.flying, ...this.#queue]) {
      if (entry.deadline > now) break
      refuse(entry, 'LOG_UNAVAILABLE')
      over = true
    }
    if (over) this.#queue = this.#queue.filter((entry) => entry.stays || !entry.refused)
  }
}

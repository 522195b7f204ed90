/** What was pruned: leaves without bytes, and the records by which they may be so. */
import type { LogRecord, PruneBody } from '../model/record.ts'
import { afterUpkeep, noUpkeep, prunable } from './upkeep.ts'
import type { Upkeep } from './upkeep.ts'
import { clockSlack } from './verify-boots.ts'
import type { Fault } from './verify-report.ts'

export class Pruned {
  readonly #fault: Fault
  #upkeep: Upkeep = noUpkeep
  /** Stretches of leaves without bytes, in order. */
  readonly #gone: { from: number; to: number }[] = []
  readonly #prunes: (PruneBody & { readonly index: number })[] = []
  /** Records that are never pruned. */
  readonly #stays: { readonly index: number; readonly t: string }[] = []

  constructor(fault: Fault) {
    this.#fault = fault
  }

  /** A leaf without bytes. */
  gone(index: number): void {
    const last = this.#gone.at(-1)
    if (last?.to === index) last.to += 1
    else this.#gone.push({ from: index, to: index + 1 })
  }

  /** Retention, legal holds and what was pruned; of what stays, nothing in the stretch may be younger than it says. */
  keep(record: LogRecord, index: number): void {
    const after = afterUpkeep(this.#upkeep, record, index)
    if (typeof after === 'string') this.#fault(index, after)
    else this.#upkeep = after
    if (record.k !== 'prune') {
      if (!prunable.has(record.k)) this.#stays.push({ index, t: record.t })
      return
    }
    this.#prunes.push({ ...record, index })
    const young = this.#stays.find(
      (one) =>
        one.index >= record.from &&
        one.index < record.to &&
        Date.parse(one.t) - Date.parse(record.before) > clockSlack,
    )
    if (young !== undefined) this.#fault(index, 'pruned-young', { index: young.index })
  }

  #goneWithin(from: number, to: number): number {
    return this.#gone.reduce(
      (sum, one) => sum + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)),
      0,
    )
  }

  isGone(index: number): boolean {
    let [low, high] = [0, this.#gone.length]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.#gone[middle]!.to <= index) low = middle + 1
      else high = middle
    }
    return (this.#gone[low]?.from ?? Infinity) <= index
  }

  /** @returns how many have no bytes, and below which place that is right */
  done(): { readonly count: number; readonly below: number } {
    const { pruned: below } = this.#upkeep
    for (const { from, to } of this.#gone) if (to > below) this.#fault(Math.max(from, below), 'gone')
    for (const { index, from, to, count } of this.#prunes)
      if (this.#goneWithin(from, to) > count) this.#fault(index, 'gone-too-many')
    return { count: this.#gone.reduce((sum, { from, to }) => sum + to - from, 0), below }
  }
}

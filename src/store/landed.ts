/**
 * Callers are told where their records stand: those of one batch once the next is on its way, so that what they bring
 * then is made while the database works.
 */
import type { Appended } from './append.ts'
import type { Entry } from './entry.ts'

export const deliver = (entries: readonly Entry[], { base, clashes, spent }: Appended): void => {
  entries.forEach((entry, i) => {
    if (entry.refused) entry.late(base + i)
    else entry.resolve({ index: base + i, clash: clashes.has(i), spent: spent.has(i) })
  })
}

/** The batch that is durable, and of which nobody was told. */
export class Landed {
  #batch: { readonly entries: readonly Entry[]; readonly done: Appended } | null = null

  get any(): boolean {
    return this.#batch !== null
  }

  hold(entries: readonly Entry[], done: Appended): void {
    this.#batch = { entries, done }
  }

  tell(): void {
    const batch = this.#batch
    this.#batch = null
    if (batch !== null) deliver(batch.entries, batch.done)
  }
}

/** Transfers in the log: one intent and one end of each attempt, one refusal of each transfer. */
import type { LogRecord } from '../model/record.ts'
import { Attempts, TransferTable } from './verify-attempts.ts'
import type { Fault } from './verify-report.ts'

export class Transfers {
  readonly #fault: Fault
  /** Index of the intent, or −1 − index once it has its outcome. */
  readonly #attempts = new Attempts()
  readonly #refused = new TransferTable()

  readonly #isGone: (index: number) => boolean

  /** @param isGone whether the leaf in a place has no bytes */
  constructor(fault: Fault, isGone: (index: number) => boolean) {
    this.#fault = fault
    this.#isGone = isGone
  }

  add(record: LogRecord, index: number): void {
    if (record.k === 'intent') {
      const { tid, attempt } = record
      if (this.#attempts.get(tid, attempt) !== undefined) this.#fault(index, 'second-intent')
      else this.#attempts.set(tid, attempt, index)
    }
    if (record.k === 'refusal') {
      if (this.#refused.get(record.tid) !== undefined) this.#fault(index, 'second-refusal')
      this.#refused.set(record.tid, index)
    }
    if (record.k === 'outcome') {
      const { tid, attempt } = record
      const intent = this.#attempts.get(tid, attempt)
      if (intent === undefined && record.intent < index && this.#isGone(record.intent))
        this.#attempts.set(tid, attempt, -1 - record.intent)
      else if (intent === undefined) this.#fault(index, 'end-of-none')
      else if (intent < 0) this.#fault(index, 'second-end')
      else if (intent !== record.intent) this.#fault(index, 'end-of-other')
      else this.#attempts.set(tid, attempt, -1 - intent)
    }
  }

  /** Places of the intents that have no end. */
  open(): readonly number[] {
    const open: number[] = []
    for (const index of this.#attempts.values()) if (index >= 0) open.push(index)
    return open.sort((a, b) => a - b)
  }
}

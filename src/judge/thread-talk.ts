/** What threads.ts and thread-side.ts say to each other. */
import type { Transferable } from 'node:worker_threads'
import type { Code, RefusedDetail } from '../errors.ts'

/** What a thread says: once `ready`, then one answer a piece. */
export type Said =
  | { readonly ready: true }
  | { readonly done: unknown }
  | { readonly refused: { readonly code: Code; readonly detail: RefusedDetail } }
  | { readonly failed: string }

/** What a thread is handed. */
export interface Handed {
  readonly name: string
  readonly given: unknown
}

/** An answer whose buffers are handed over, not copied. */
export class Over<Value> {
  readonly value: Value
  readonly buffers: readonly Transferable[]
  constructor(value: Value, buffers: readonly Transferable[]) {
    this.value = value
    this.buffers = buffers
  }
}

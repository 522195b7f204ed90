/** Nobody could check what is not signed: after so long without a signature the gate closes until there is one. */
import type { Step } from '../audit/integrate.ts'
import { Misconfigured } from '../errors.ts'
import type { Stream } from '../model/record.ts'

/** In milliseconds. */
export const unsignedMs = 30_000

export interface Unsigned {
  stepped(stream: Stream, step: Pick<Step, 'did' | 'size'>): void
  failed(stream: Stream, error: unknown): void
  /** Why the log may not grow any more, or null. */
  because(): string | null
}

/** @param now milliseconds that never go back */
export const openUnsigned = (now: () => number = () => performance.now()): Unsigned => {
  /** Since when a stream cannot be signed, while it cannot. */
  const since = new Map<Stream, number>()
  const sizes = new Map<Stream, number>()
  return {
    stepped(stream, { did, size }) {
      const before = sizes.get(stream) ?? -1
      sizes.set(stream, size)
      // Where another integrator was faster the tree has grown. One that never does is held back, by whatever means.
      if (did !== 'lost' || size > before) since.delete(stream)
      else if (!since.has(stream)) since.set(stream, now())
    },
    failed(stream, error) {
      // a damaged anchor passes no judgement on the database, however young the damage
      const from = error instanceof Misconfigured ? Number.NEGATIVE_INFINITY : now()
      since.set(stream, Math.min(since.get(stream) ?? from, from))
    },
    because() {
      const [stream] = [...since].find(([, from]) => now() - from > unsignedMs) ?? []
      return stream === undefined ? null : `the ${stream} log cannot be signed`
    },
  }
}

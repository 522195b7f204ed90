/** A batch under its seal: a record that no verifier would accept is left out alone, and the others fly. */
import { ClockWentBack } from '../audit/chain.ts'
import type { BootChain } from '../audit/chain.ts'
import type { SealedBatch } from '../audit/log.ts'
import type { Code } from '../errors.ts'
import type { Entry } from './entry.ts'

export interface Sealing {
  /** null: none of them can be sealed. */
  readonly sealed: SealedBatch | null
  readonly entries: readonly Entry[]
  /** What was left out, and what its caller is told. */
  readonly leftOut: readonly { readonly entry: Entry; readonly code: Code }[]
  /** Something was left out because the clock of this machine went back. */
  readonly late: boolean
}

export const sealWhatHolds = (chain: BootChain, entries: readonly Entry[]): Sealing => {
  let late = false
  let code: Code = 'INTERNAL'
  const place = (some: readonly Entry[]): SealedBatch | null => {
    try {
      return chain.place(some.map(({ prepared }) => prepared))
    } catch (error) {
      const wentBack = error instanceof ClockWentBack
      late ||= wentBack
      code = wentBack ? 'LOG_UNAVAILABLE' : 'INTERNAL'
      return null
    }
  }
  const whole = place(entries)
  if (whole !== null) return { sealed: whole, entries, leftOut: [], late }
  const leftOut: { entry: Entry; code: Code }[] = []
  const good = entries.filter((entry) => {
    const holds = place([entry]) !== null
    if (!holds) leftOut.push({ entry, code })
    return holds
  })
  return { sealed: good.length === 0 ? null : place(good), entries: good, leftOut, late }
}

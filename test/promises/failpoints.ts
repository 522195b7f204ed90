/** Failpoints by name, around pg's client in this very process. */
import { strikeStatements } from '../../bench/torture/failpoints.ts'
import type { Fault } from '../../bench/torture/failpoints.ts'

export { faults, points } from '../../bench/torture/failpoints.ts'
export type { Fault, Point } from '../../bench/torture/failpoints.ts'

interface Armed {
  readonly form: RegExp
  readonly fault: Fault
  left: number
}

/** Takes the place of pg's query until `end`. */
export const openFailpoints = () => {
  let armed: Armed[] = []
  let hits = 0

  const end = strikeStatements((text) => {
    const found = armed.find(({ form, left }) => left > 0 && form.test(text))
    if (found === undefined) return undefined
    found.left -= 1
    hits += 1
    return found.fault
  })

  return {
    /** The next `times` statements of that form. */
    arm(form: RegExp, fault: Fault, times = 1): void {
      armed.push({ form, fault, left: times })
    },
    disarm(): void {
      armed = []
    },
    hits: () => hits,
    end,
  }
}

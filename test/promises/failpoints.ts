/** Failpoints by name, around pg's client in this very process. */
import { strikeStatements } from '../../bench/torture/failpoints.ts'
import type { Fault } from '../../bench/torture/failpoints.ts'
import { type Form, openForm } from '../../bench/torture/points.ts'

export { faults } from '../../bench/torture/failpoints.ts'
export { edgePoints, points, prunePoints, sweepPoints } from '../../bench/torture/points.ts'
export type { Fault } from '../../bench/torture/failpoints.ts'
export type { Form } from '../../bench/torture/points.ts'

interface Armed {
  readonly isIt: (text: string) => boolean
  readonly fault: Fault
  left: number
}

/** Takes the place of pg's query until `end`. */
export const openFailpoints = () => {
  let armed: Armed[] = []
  let hits = 0

  const end = strikeStatements((text) => {
    // each looks at each statement: some wait for one that comes before theirs
    const found = armed.filter(({ isIt }) => isIt(text)).find(({ left }) => left > 0)
    if (found === undefined) return undefined
    found.left -= 1
    hits += 1
    return found.fault
  })

  return {
    /** The next `times` statements of that form. */
    arm(form: Form, fault: Fault, times = 1): void {
      armed.push({ isIt: openForm(form), fault, left: times })
    },
    disarm(): void {
      armed = []
    },
    hits: () => hits,
    end,
  }
}

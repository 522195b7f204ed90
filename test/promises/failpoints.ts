/** Failpoints by name, around pg's client in this very process. */
import { Client } from 'pg'
import { carryOut, textOf } from '../../bench/torture/failpoints.ts'
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
  const original = Client.prototype.query as (...args: unknown[]) => unknown
  let armed: Armed[] = []
  let hits = 0

  Client.prototype.query = function query(this: Client, ...args: unknown[]) {
    const text = textOf(args[0])
    const found = armed.find(({ form, left }) => left > 0 && form.test(text))
    if (found === undefined) return Reflect.apply(original, this, args)
    found.left -= 1
    hits += 1
    const play = (given: readonly unknown[]): Promise<unknown> =>
      carryOut(this, found.fault, () => Promise.resolve(Reflect.apply(original, this, given)))
    const last = args.at(-1)
    if (typeof last !== 'function') return play(args)
    const done = last as (error: unknown, result?: unknown) => void
    play(args.slice(0, -1)).then(
      (result) => process.nextTick(done, null, result),
      (error: unknown) => process.nextTick(done, error),
    )
    return undefined
  } as typeof Client.prototype.query

  return {
    /** The next `times` statements of that form. */
    arm(form: RegExp, fault: Fault, times = 1): void {
      armed.push({ form, fault, left: times })
    },
    disarm(): void {
      armed = []
    },
    hits: () => hits,
    end(): void {
      Client.prototype.query = original as typeof Client.prototype.query
    },
  }
}

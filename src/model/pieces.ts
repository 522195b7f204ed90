/**
 * Long work in pieces. A step of the line that may take longer than others should wait is a generator: at each
 * `yield` whoever waits on the event loop has a turn.
 */
import { setImmediate as turn } from 'node:timers/promises'

/** The work in one go. */
export const atOnce = <Result>(work: Generator<void, Result>): Result => {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** The work with a turn for others at each `yield`; @throws what the work throws */
export const inPieces = async <Result>(work: Generator<void, Result>): Promise<Result> => {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    await turn()
  }
}

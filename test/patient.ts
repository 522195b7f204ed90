import type { Deadlines } from '../src/store/deadlines.ts'

/** Of gateways whose deadlines are not what a test is about: a machine may stand still for a while, and nobody is refused. */
export const patient: Deadlines = {
  connect: 60_000,
  answer: 60_000,
  commit: 60_000,
  confirm: 60_000,
  signed: 60_000,
  aside: 60_000,
}

/**
 * Work on what a caller sent (a text, a payload, a policies folder) is done aside, in a thread that can be
 * ended: one hostile file may cost seconds, and transfers on this event loop must not wait for them.
 */
import type { Code } from '../errors.ts'
import { type Threads, openThreads } from '../judge/threads.ts'
import type { Jobs } from './aside-thread.ts'

export type Aside = Threads<Jobs>

/** What work that takes too long, or too much memory, is refused with. */
const tooMuch: Readonly<Record<keyof Jobs, Code>> = {
  classify: 'CLASSIFY_BUDGET',
  try: 'CLASSIFY_BUDGET',
  check: 'PAYLOAD_TOO_COMPLEX',
}

/** @param limits milliseconds of one piece of work; pieces that may wait */
export const openAside = ({ ms = 5_000, queue = 16 } = {}): Aside =>
  openThreads<Jobs>({
    script: new URL('./aside-thread.ts', import.meta.url),
    threads: 1,
    ms,
    memoryMb: 512,
    queue,
    lost: (name) => tooMuch[name],
  })

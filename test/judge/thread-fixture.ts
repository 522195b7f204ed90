/** A thread that can be told to misbehave. */
import { Refused } from '../../src/errors.ts'
import { serveJobs } from '../../src/judge/thread-side.ts'
import { Over } from '../../src/judge/thread-talk.ts'

const kept: unknown[] = []

const jobs = {
  echo: (given: string) => given,
  over: (length: number) => {
    const bytes = new Uint8Array(length)
    return new Over(bytes, [bytes.buffer])
  },
  exit: (code: number) => process.exit(code),
  forever: (_given: null) => {
    for (;;) kept.length = 0
  },
  hoard: (_given: null) => {
    // not faster than who looks at its heap may look
    for (const rest = new Int32Array(new SharedArrayBuffer(4)); ; Atomics.wait(rest, 0, 0, 5))
      kept.push(Array.from({ length: 20_000 }, (_, at) => `${at}`))
  },
  refuse: (_given: null) => {
    throw new Refused('PAYLOAD_UNREADABLE')
  },
  fail: (value: string) => {
    throw new TypeError(`a message with ${value}`)
  },
}

export type Jobs = typeof jobs

serveJobs(jobs)

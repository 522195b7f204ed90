/**
 * Work on what a caller sent (a text, a payload, a policies folder) is done aside, in a thread that can be
 * ended: one hostile file may cost seconds, and transfers on this event loop must not wait for them.
 */
import { Worker } from 'node:worker_threads'
import { type Code, Refused, type RefusedDetail } from '../errors.ts'
import type { Jobs } from './aside-thread.ts'

export interface Aside {
  /** @throws Refused what the work refuses with; CLASSIFY_BUDGET, PAYLOAD_TOO_COMPLEX; OVERLOADED */
  ask<Name extends JobName>(name: Name, given: Parameters<Jobs[Name]>[0]): Promise<Done<Name>>
  stop(): Promise<void>
}

type JobName = keyof Jobs
type Done<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>

/** What the thread says: once `ready`, then one answer a job. */
export type Said =
  | { readonly ready: true }
  | { readonly done: unknown }
  | { readonly refused: { readonly code: Code; readonly detail: RefusedDetail } }
  | { readonly failed: string }

interface Waiting {
  readonly name: JobName
  readonly given: unknown
  readonly resolve: (done: unknown) => void
  readonly reject: (error: Error) => void
}

/** What work that takes too long, or too much memory, is refused with. */
const tooMuch: Readonly<Record<JobName, Code>> = {
  classify: 'CLASSIFY_BUDGET',
  try: 'CLASSIFY_BUDGET',
  check: 'PAYLOAD_TOO_COMPLEX',
}

/** A thread starts in a second; under load in a few. */
const startMs = 30_000
const memoryMb = 512

/** @param limits milliseconds of one piece of work; pieces that may wait */
export const openAside = ({ ms = 5_000, queue = 16 } = {}): Aside => {
  const waiting: Waiting[] = []
  let thread: Worker | undefined
  let ready = false
  let now: Waiting | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const limit = (time: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => lose(), time)
    timer.unref()
  }
  /** The thread is gone or must go: what it was doing is refused, the next piece gets a new thread. */
  const lose = (): void => {
    clearTimeout(timer)
    const [lost, old] = [now, thread]
    now = undefined
    thread = undefined
    ready = false
    void old?.terminate()
    if (lost !== undefined) lost.reject(new Refused(stopped ? 'SHUTTING_DOWN' : tooMuch[lost.name]))
    next()
  }
  const heard = (from: Worker, said: Said): void => {
    if (from !== thread) return
    if ('ready' in said) {
      ready = true
      if (now !== undefined) hand(now)
      return
    }
    clearTimeout(timer)
    const answered = now
    now = undefined
    if ('done' in said) answered?.resolve(said.done)
    else if ('refused' in said) answered?.reject(new Refused(said.refused.code, said.refused.detail))
    else answered?.reject(new Error(said.failed))
    next()
  }
  const hand = ({ name, given }: Waiting): void => {
    limit(ms)
    thread?.postMessage({ name, given })
  }
  const next = (): void => {
    if (now !== undefined || stopped) return
    now = waiting.shift()
    if (now === undefined) return
    if (thread === undefined) start()
    else if (ready) hand(now)
  }
  const start = (): void => {
    const begun = new Worker(new URL('./aside-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    thread = begun
    begun.on('message', (said: Said) => heard(begun, said))
    begun.on('error', () => begun === thread && lose())
    begun.on('exit', () => begun === thread && lose())
    begun.unref()
    limit(startMs)
  }

  return {
    ask: <Name extends JobName>(name: Name, given: Parameters<Jobs[Name]>[0]) =>
      new Promise<Done<Name>>((resolve, reject) => {
        if (stopped) throw new Refused('SHUTTING_DOWN')
        if (waiting.length >= queue) throw new Refused('OVERLOADED')
        waiting.push({ name, given, resolve: resolve as Waiting['resolve'], reject })
        next()
      }),
    async stop() {
      stopped = true
      clearTimeout(timer)
      for (const { reject } of waiting.splice(0)) reject(new Refused('SHUTTING_DOWN'))
      now?.reject(new Refused('SHUTTING_DOWN'))
      now = undefined
      const last = thread
      thread = undefined
      await last?.terminate()
    },
  }
}

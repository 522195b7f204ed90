/**
 * Work in threads that can be ended: a few of them, one piece of work in each. A thread that takes too long, dies
 * or whose asker has gone is ended, its piece refused, and the next piece gets a new one.
 */
import { Worker } from 'node:worker_threads'
import type { Transferable } from 'node:worker_threads'
import { type Code, Refused } from '../errors.ts'
import type { Handed, Over, Said } from './thread-talk.ts'

/** Why a piece is lost: its time, its memory, or the thread died of something else. */
export type Lost = 'time' | 'memory' | 'death'

export interface ThreadsOptions<Name extends string> {
  readonly script: URL
  /** How many at once. */
  readonly threads: number
  /** Milliseconds of one piece of work. */
  readonly ms: number
  /** Mebibytes that one piece may take of its thread's heap. */
  readonly memoryMb: number
  /** Pieces that may wait. */
  readonly queue: number
  /** What a lost piece is refused with. */
  readonly lost: (name: Name, why: Lost) => Code
}

/** What a job of the thread answers; an Over arrives as what it carries. */
type Done<Answer> = Answer extends Over<infer Value> ? Value : Answer

type JobsOf = Readonly<Record<string, (given: never) => unknown>>

export interface Threads<Jobs extends JobsOf> {
  /**
   * @param signal aborted: nobody waits for it any more; its thread is ended, and this rejects with its reason
   * @throws Refused what the work refuses with; what `lost` says; OVERLOADED, SHUTTING_DOWN
   */
  ask<Name extends keyof Jobs & string>(
    name: Name,
    given: Parameters<Jobs[Name]>[0],
    more?: { readonly signal?: AbortSignal | undefined; readonly transfer?: readonly Transferable[] },
  ): Promise<Done<Awaited<ReturnType<Jobs[Name]>>>>
  stop(): Promise<void>
}

interface Piece extends Handed {
  readonly transfer: readonly Transferable[]
  readonly resolve: (done: unknown) => void
  readonly reject: (error: Error) => void
}

/** One place for a thread: what runs in it, what it is doing, and its clock. */
interface Seat {
  thread?: Worker | undefined
  ready: boolean
  piece?: Piece | undefined
  timer?: NodeJS.Timeout | undefined
  /** Looks at its heap while it works. */
  look?: NodeJS.Timeout | undefined
}

/** A thread starts in a second; under load in a few. */
const startMs = 30_000
const idleMs = 60_000
/**
 * How often the heap of a thread that works is looked at. V8's own limit is no guard: where an allocation fails that
 * cannot wait, it ends the whole process and not the thread. So it stands far above ours, for what grows between two looks.
 */
const lookMs = 50
const headroom = 4

export const openThreads = <Jobs extends JobsOf>({
  script,
  threads,
  ms,
  memoryMb,
  queue,
  lost,
}: ThreadsOptions<keyof Jobs & string>): Threads<Jobs> => {
  const waiting: Piece[] = []
  const seats: Seat[] = Array.from({ length: threads }, () => ({ ready: false }))
  let stopped = false

  const limit = (seat: Seat, time: number): void => {
    clearTimeout(seat.timer)
    seat.timer = setTimeout(() => leave(seat, 'time'), time)
    seat.timer.unref()
  }
  const look = async (seat: Seat, thread: Worker): Promise<void> => {
    // A thread that has ended meanwhile has no heap to tell of.
    const told = await thread.getHeapStatistics().catch(() => null)
    const much = told !== null && told.used_heap_size > memoryMb * 1_048_576
    if (much && seat.thread === thread && seat.piece !== undefined) leave(seat, 'memory')
  }
  const watch = (seat: Seat, thread: Worker): void => {
    clearInterval(seat.look)
    seat.look = setInterval(() => void look(seat, thread), lookMs)
    seat.look.unref()
  }
  /** The thread is gone or must go; what it was doing fails with this. */
  const leave = (seat: Seat, why: Lost | Error): void => {
    clearTimeout(seat.timer)
    clearInterval(seat.look)
    const { piece, thread } = seat
    seat.piece = undefined
    seat.thread = undefined
    seat.ready = false
    void thread?.terminate()
    if (piece !== undefined)
      piece.reject(typeof why === 'string' ? new Refused(lost(piece.name as keyof Jobs & string, why)) : why)
    next()
  }
  const heard = (seat: Seat, said: Said): void => {
    const { piece } = seat
    if ('ready' in said) {
      seat.ready = true
      if (piece === undefined) clearTimeout(seat.timer)
      else hand(seat, piece)
      return
    }
    clearTimeout(seat.timer)
    clearInterval(seat.look)
    seat.piece = undefined
    // An idle thread keeps no process alive, and after a while gives its memory back.
    seat.thread?.unref()
    limit(seat, idleMs)
    if ('done' in said) piece?.resolve(said.done)
    else if ('refused' in said) piece?.reject(new Refused(said.refused.code, said.refused.detail))
    else piece?.reject(new Error(said.failed))
    next()
  }
  const hand = (seat: Seat, { name, given, transfer }: Piece): void => {
    limit(seat, ms)
    if (seat.thread !== undefined) watch(seat, seat.thread)
    seat.thread?.ref()
    seat.thread?.postMessage({ name, given } satisfies Handed, transfer)
  }
  const next = (): void => {
    if (stopped) return
    for (;;) {
      const free = seats.filter((seat) => seat.piece === undefined)
      // One that runs already is asked before another is started.
      const seat = free.find((one) => one.ready) ?? free[0]
      const piece = seat && waiting.shift()
      if (seat === undefined || piece === undefined) return
      seat.piece = piece
      if (seat.thread === undefined) start(seat)
      else if (seat.ready) hand(seat, piece)
    }
  }
  const start = (seat: Seat): void => {
    const begun = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: memoryMb * headroom } })
    seat.thread = begun
    const mine = (): boolean => seat.thread === begun
    begun.on('message', (said: Said) => mine() && heard(seat, said))
    begun.on('error', (error: NodeJS.ErrnoException) => {
      if (mine()) leave(seat, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'death')
    })
    begun.on('exit', () => mine() && leave(seat, 'death'))
    limit(seat, startMs)
  }
  /** Its asker has gone: a piece that waits is dropped, one that runs is ended with its thread. */
  const forget = (piece: Piece, reason: Error): void => {
    const at = waiting.indexOf(piece)
    if (at >= 0) {
      waiting.splice(at, 1)
      piece.reject(reason)
      return
    }
    const seat = seats.find((one) => one.piece === piece)
    if (seat !== undefined) leave(seat, reason)
  }

  return {
    ask: (name, given, { signal, transfer = [] } = {}) =>
      new Promise((resolve, reject) => {
        if (stopped) throw new Refused('SHUTTING_DOWN')
        signal?.throwIfAborted()
        if (waiting.length >= queue) throw new Refused('OVERLOADED')
        const gone = (): void => forget(piece, signal?.reason as Error)
        const piece: Piece = {
          name,
          given,
          transfer,
          resolve: (done) => {
            signal?.removeEventListener('abort', gone)
            resolve(done as never)
          },
          reject: (error) => {
            signal?.removeEventListener('abort', gone)
            reject(error)
          },
        }
        signal?.addEventListener('abort', gone, { once: true })
        waiting.push(piece)
        next()
      }),
    async stop() {
      stopped = true
      const down = new Refused('SHUTTING_DOWN')
      for (const { reject } of waiting.splice(0)) reject(down)
      const ended = seats.map(({ thread }) => thread)
      for (const seat of seats) {
        clearTimeout(seat.timer)
        clearInterval(seat.look)
        seat.piece?.reject(down)
        seat.piece = undefined
        seat.thread = undefined
      }
      await Promise.all(ended.map((thread) => thread?.terminate()))
    },
  }
}

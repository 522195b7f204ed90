/**
 * Looks each second, and at once when another instance has something new (NOTIFY, on a connection of its own;
 * behind a pooler that cannot listen the second is enough).
 */
import type { Pool, PoolClient } from 'pg'
import { channel } from './orders.ts'

export interface Watch {
  /** Milliseconds since the database last confirmed what was seen; Infinity: never. */
  age(): number
  stop(): Promise<void>
}

export interface WatchOptions {
  readonly pool: Pool
  /** Takes up what is new; a failure confirms nothing and is tried again at the next look. */
  readonly look: () => Promise<void>
  readonly everyMs?: number
  /** What a look failed with. */
  readonly onFault?: (error: unknown) => void
}

export const watch = async (options: WatchOptions): Promise<Watch> => {
  const { pool, look, everyMs = 1_000, onFault } = options
  let confirmed = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | null = null
  let listener: PoolClient | null = null
  let stopped = false

  const once = async (): Promise<void> => {
    const began = performance.now()
    try {
      await look()
      // What the database said is as old as the question.
      confirmed = began
    } catch (error) {
      onFault?.(error)
    }
  }
  const ask = (): Promise<void> => (asking ??= once().finally(() => (asking = null)))

  const listen = async (): Promise<void> => {
    if (listener !== null || stopped) return
    try {
      const client = await pool.connect()
      listener = client
      client.on('error', () => {
        if (listener !== client) return
        listener = null
        client.release(true)
      })
      client.on('notification', () => void ask().then(ask))
      await client.query(`LISTEN ${channel}`)
    } catch {
      listener?.release(true)
      listener = null
    }
  }

  await ask()
  await listen()
  const timer = setInterval(() => {
    void ask()
    void listen()
  }, everyMs)
  timer.unref()
  return {
    age: () => performance.now() - confirmed,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await asking
      listener?.release(true)
      listener = null
    },
  }
}

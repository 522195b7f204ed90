/**
 * Follows the active bundle: asks each second, and at once when another instance activates one (NOTIFY, on a
 * connection of its own; behind a pooler that cannot listen the poll is enough).
 */
import type { Pool, PoolClient } from 'pg'
import { channel } from './bundles.ts'
import type { Bundles } from './bundles.ts'

export interface Watch {
  /** Milliseconds since the database last confirmed which bundle is active; Infinity: never. */
  age(): number
  stop(): Promise<void>
}

export interface WatchOptions {
  readonly pool: Pool
  readonly bundles: Bundles
  /** Called with each digest that is active and not yet taken up; a failure is tried again at the next poll. */
  readonly onActive: (digest: string) => Promise<void>
  readonly everyMs?: number
  /** Shows that something went wrong: the error's name only. */
  readonly onFault?: (name: string) => void
}

export const watchActive = async (options: WatchOptions): Promise<Watch> => {
  const { pool, bundles, onActive, everyMs = 1_000, onFault } = options
  let current = ''
  let confirmed = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | null = null
  let listener: PoolClient | null = null
  let stopped = false

  const look = async (): Promise<void> => {
    try {
      const active = await bundles.active()
      if (active !== null && active.digest !== current) {
        await onActive(active.digest)
        current = active.digest
      }
      confirmed = performance.now()
    } catch (error) {
      onFault?.(error instanceof Error ? error.name : 'Error')
    }
  }
  const ask = (): Promise<void> => (asking ??= look().finally(() => (asking = null)))

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

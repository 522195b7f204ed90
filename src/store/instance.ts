/** Who is alive: each boot says so every few seconds, so that others may close what a dead one left open. */
import type { Pool } from 'pg'
import { faultOf } from './fault.ts'
import type { DatabaseFault } from './fault.ts'

export interface InstanceOptions {
  /** As douane_gateway. */
  readonly pool: Pool
  readonly boot: string
  readonly inst: string
  /** Given only if this process holds the lock of that home: its earlier boots are then dead. */
  readonly home?: string
  /** Index below which no intent of this boot is open. */
  readonly openFrom: () => number
  readonly everyMs?: number
  readonly onFault?: (fault: DatabaseFault) => void
}

export interface Instance {
  /** All intents of this boot have their outcome: nothing is left to sweep. */
  stop(clean: boolean): Promise<void>
}

export interface InstanceSeen {
  readonly inst: string
  readonly boot: string
  readonly started: Date
  /** When it last said that it is alive. */
  readonly seen: Date
  readonly stopped: boolean
}

/** Boots of this log, the newest first. @throws DatabaseFault */
export const instancesSeen = async (pool: Pool): Promise<readonly InstanceSeen[]> => {
  try {
    const { rows } = await pool.query<InstanceSeen>(
      `SELECT inst, boot, started_at AS started, seen_at AS seen, stopped_at IS NOT NULL AS stopped
        FROM douane.instance ORDER BY started_at DESC`,
    )
    return rows
  } catch (error) {
    throw faultOf(error)
  }
}

/** @throws DatabaseFault if it cannot be entered at all */
export const enterInstance = async (options: InstanceOptions): Promise<Instance> => {
  const { pool, boot, inst, home = null, openFrom, everyMs = 5_000, onFault } = options
  try {
    await pool.query(
      `INSERT INTO douane.instance (boot, inst, home, open_from) VALUES ($1, $2, $3, $4)
        ON CONFLICT (boot) DO UPDATE SET seen_at = clock_timestamp()`,
      [boot, inst, home, openFrom()],
    )
  } catch (error) {
    throw faultOf(error)
  }
  const beat = (): void => {
    pool
      .query(
        // alive after all: what others closed as dead while we were away was not our last intent
        `UPDATE douane.instance SET seen_at = clock_timestamp(), open_from = $2, closed_at = NULL
          WHERE boot = $1 AND stopped_at IS NULL`,
        [boot, openFrom()],
      )
      .catch((error: unknown) => onFault?.(faultOf(error)))
  }
  const timer = setInterval(beat, everyMs)
  timer.unref()
  return {
    stop: async (clean) => {
      clearInterval(timer)
      await pool
        .query(
          `UPDATE douane.instance SET stopped_at = clock_timestamp(), open_from = $2,
            closed_at = CASE WHEN $3 THEN clock_timestamp() END WHERE boot = $1`,
          [boot, openFrom(), clean],
        )
        .catch((error: unknown) => onFault?.(faultOf(error)))
    },
  }
}

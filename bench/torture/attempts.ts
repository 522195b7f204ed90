/**
 * The attempts that the log tells of. They are noted before the clock is set forward, so that what is pruned afterwards
 * can still be compared with what the provider saw.
 */
import type { ClientBase, Pool } from 'pg'

export interface Attempt {
  readonly tid: string
  readonly attempt: number
  /** Place of its intent. */
  readonly index: number
  end: string | null
}

/** A line of attempts.ndjson: an intent, or with `end` an outcome. */
export interface Noted {
  readonly index: number
  readonly tid: string
  readonly attempt: number
  readonly end?: string
}

export interface Attempts {
  readonly all: ReadonlyMap<string, Attempt>
  /** Notes what came since the last time; what is wrong with it. @throws what the database says */
  note(from: Pick<Pool | ClientBase, 'query'>): Promise<readonly string[]>
}

interface Row {
  readonly idx: string
  readonly tid: string | null
  readonly attempt: number
  readonly kind: number
  readonly body: Buffer
}

/** @param known lines of earlier runs; @param keep writes new ones */
export const openAttempts = (known: readonly Noted[], keep: (lines: readonly Noted[]) => void): Attempts => {
  const all = new Map<string, Attempt>()
  let next = 0
  const take = (one: Noted): string | undefined => {
    const { index, tid, attempt, end } = one
    next = index + 1
    const name = `${tid}/${attempt}`
    const found = all.get(name)
    if (end === undefined) {
      all.set(name, { tid, attempt, index, end: null })
      return found === undefined ? undefined : `${name}: has two intents`
    }
    if (found === undefined) return `${name}: has an outcome and no intent`
    const twice = found.end !== null
    found.end = end
    return twice ? `${name}: has two outcomes` : undefined
  }
  for (const one of known) take(one)
  return {
    all,
    async note(from) {
      const { rows } = await from.query<Row>(
        `SELECT idx, tid, attempt, kind, CASE WHEN kind = 2 THEN body END AS body FROM douane.audit_leaf
          WHERE log = 0 AND kind IN (1, 2) AND idx >= $1 ORDER BY idx`,
        [next],
      )
      const faults: string[] = []
      const lines: Noted[] = []
      for (const { idx, tid, attempt, kind, body } of rows) {
        if (tid === null) {
          faults.push(`${idx}: was pruned long before its time`)
          continue
        }
        const end = kind === 2 ? { end: (JSON.parse(body.toString('utf8')) as { end: string }).end } : {}
        lines.push({ index: Number(idx), tid: tid.replaceAll('-', ''), attempt, ...end })
      }
      faults.push(...lines.flatMap((line) => take(line) ?? []))
      keep(lines)
      return faults
    },
  }
}

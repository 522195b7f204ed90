/** What the control plane and the command line read: transfers, one transfer, who read what. */
import type { Pool } from 'pg'
import type { AccessBody, Chained, IntentBody, OutcomeBody, RefusalBody } from '../model/record.ts'
import { texts } from './columns.ts'
import { faultOf } from './fault.ts'

export interface TransferRow {
  /** Index of the intent or refusal in the evidence log. */
  readonly index: number
  readonly record: (IntentBody | RefusalBody) & Chained
  readonly outcome?: OutcomeBody & Chained
}

export interface ListAsk {
  /** Only these clients; left out: all. */
  readonly clients?: readonly string[]
  readonly provider?: string
  readonly verdict?: 'allow' | 'treat' | 'refuse'
  /** RFC 3339; not before, and before. */
  readonly from?: string
  readonly to?: string
  /** `next` of the page before. */
  readonly before?: number
  /** 1 … 200, default 50. */
  readonly limit?: number
}

export interface TransferPage {
  /** Newest first. */
  readonly items: readonly TransferRow[]
  /** Where the next page begins; left out at the end of the log. */
  readonly next?: number
}

export interface PersonsAsk {
  readonly providers?: readonly string[]
  readonly clients?: readonly string[]
  /** Not before, and before. */
  readonly from?: Date
  readonly to?: Date
}

export interface ShownTransfer {
  readonly attempts: readonly (TransferRow & {
    /** The opened detail (canonical JSON); left out when erased or expired. */
    readonly detail?: Buffer
  })[]
}

export interface Transfers {
  list(ask: ListAsk): Promise<TransferPage>
  /**
   * Transfers since a moment, newest first, with what is kept of them: a page at a time, whatever their number. A second attempt of one
   * transfer is left out.
   */
  since(moment: Date): AsyncGenerator<{ readonly record: TransferRow['record']; readonly detail?: Buffer }>
  /** @returns null if no record has that id */
  show(tid: string): Promise<ShownTransfer | null>
  /**
   * Persons whose data were in transfers that may have left, as the subject index knows them: two names of one
   * person may be counted twice, so it is the most there can be; and the transfers whose index is erased.
   */
  persons(ask: PersonsAsk): Promise<{ readonly atMost: number; readonly uncounted: number }>
  accesses(ask: { readonly before?: number; readonly limit?: number }): Promise<{
    readonly items: readonly { readonly index: number; readonly record: AccessBody & Chained }[]
    readonly next?: number
  }>
}

interface Row {
  readonly idx: string
  readonly record: TransferRow['record']
  readonly outcome: (OutcomeBody & Chained) | null
}

/** A page looks at so many leaves at most: a rare filter costs pages, never one long scan. */
const stretch = 20_000
/** Shapes are up to some hundred kilobytes each. */
const pageOfShapes = 200
const hour = 3_600_000

const rowOf = ({ idx, record, outcome }: Row): TransferRow => ({
  index: Number(idx),
  record,
  ...(outcome === null ? {} : { outcome }),
})

const clamp = (limit = 50): number => Math.max(1, Math.min(200, Math.floor(limit)))

/** @param openDetail the inverse of the ledger's sealDetail; every function throws DatabaseFault */
export const openTransfers = (
  pool: Pool,
  openDetail: (sealed: Buffer, tid: string) => Buffer | null,
): Transfers => {
  const ask = async <R extends object>(text: string, values: unknown[]): Promise<R[]> => {
    try {
      return (await pool.query<R>(text, values)).rows
    } catch (error) {
      throw faultOf(error)
    }
  }
  const end = async (log: number): Promise<number> => {
    const [head] = await ask<{ size: string }>('SELECT size FROM douane.audit_head WHERE log = $1', [log])
    return Number(head?.size ?? 0)
  }
  return {
    list: async ({ clients, provider, verdict, from, to, before, limit }) => {
      const top = before ?? (await end(0))
      const low = Math.max(0, top - stretch)
      const most = clamp(limit)
      const rows = await ask<Row>(
        `SELECT idx, record, outcome FROM douane.transfer
          WHERE log = 0 AND idx < $1 AND idx >= $2
            AND ($3::text[] IS NULL OR record->>'client' = ANY ($3::text[]))
            AND ($4::text IS NULL OR record->>'provider' = $4)
            AND ($5::text IS NULL OR $5 = coalesce(record->>'verdict', 'refuse'))
            AND ($7::timestamptz IS NULL OR (record->>'t')::timestamptz >= $7)
            AND ($8::timestamptz IS NULL OR (record->>'t')::timestamptz < $8)
          ORDER BY idx DESC LIMIT $6`,
        [
          top,
          low,
          clients === undefined ? null : texts(clients),
          provider ?? null,
          verdict ?? null,
          most,
          from ?? null,
          to ?? null,
        ],
      )
      const next = rows.length === most ? Number(rows.at(-1)?.idx) : low
      return { items: rows.map(rowOf), ...(next > 0 ? { next } : {}) }
    },
    async *since(moment) {
      const oldest = moment.toISOString()
      // Records of one batch may stand in another order than their times.
      const surely = new Date(moment.getTime() - hour).toISOString()
      for (let top = await end(0); top > 0;) {
        const low = Math.max(0, top - stretch)
        const rows = await ask<Row & { sealed: Buffer | null }>(
          `SELECT t.idx, t.record, NULL AS outcome, d.sealed FROM douane.transfer t
            LEFT JOIN douane.audit_detail d ON d.log = t.log AND d.idx = t.idx AND d.expires_at > clock_timestamp()
            WHERE t.log = 0 AND t.idx < $1 AND t.idx >= $2 ORDER BY t.idx DESC LIMIT ${pageOfShapes}`,
          [top, low],
        )
        for (const { record, sealed } of rows) {
          if (record.t < surely) return
          if (record.t < oldest || (record.k === 'intent' && record.attempt > 1)) continue
          const detail = sealed === null ? null : openDetail(sealed, record.tid)
          yield { record, ...(detail === null ? {} : { detail }) }
        }
        top = rows.length === pageOfShapes ? Number(rows.at(-1)?.idx) : low
      }
    },
    show: async (tid) => {
      if (!/^[0-9a-f]{32}$/.test(tid)) return null
      const rows = await ask<Row & { sealed: Buffer | null }>(
        `SELECT t.idx, t.record, t.outcome, d.sealed FROM douane.transfer t
          LEFT JOIN douane.audit_detail d ON d.log = t.log AND d.idx = t.idx AND d.expires_at > clock_timestamp()
          WHERE t.log = 0 AND t.tid = $1 AND t.kind = 1
        UNION ALL
        SELECT t.idx, t.record, t.outcome, d.sealed FROM douane.transfer t
          LEFT JOIN douane.audit_detail d ON d.log = t.log AND d.idx = t.idx AND d.expires_at > clock_timestamp()
          WHERE t.log = 0 AND t.tid = $1 AND t.kind = 3
        ORDER BY idx`,
        [tid],
      )
      if (rows.length === 0) return null
      return {
        attempts: rows.map((row) => {
          const detail = row.sealed === null ? null : openDetail(row.sealed, tid)
          return { ...rowOf(row), ...(detail === null ? {} : { detail }) }
        }),
      }
    },
    persons: async ({ providers, clients, from, to }) => {
      const [row] = await ask<{ persons: string; uncounted: string }>(
        `WITH gone AS (
            SELECT t.idx, t.record->>'client' AS client FROM douane.transfer t
              WHERE t.log = 0 AND t.kind = 1 AND t.outcome->>'end' IS DISTINCT FROM 'not_sent'
                AND ($1::text[] IS NULL OR t.record->>'provider' = ANY ($1::text[]))
                AND ($2::text[] IS NULL OR t.record->>'client' = ANY ($2::text[]))
                AND ($3::timestamptz IS NULL OR (t.record->>'t')::timestamptz >= $3)
                AND ($4::timestamptz IS NULL OR (t.record->>'t')::timestamptz < $4))
          SELECT
            (SELECT count(DISTINCT (gone.client, coalesce(
                -- an alias of exactly one person is that person
                (SELECT (array_agg(a.ref))[1] FROM douane.vault_alias a
                  WHERE a.alias = s.ref AND a.client = gone.client HAVING count(*) = 1), s.ref)))
              FROM gone JOIN douane.audit_detail_subject s ON s.log = 0 AND s.idx = gone.idx) AS persons,
            (SELECT count(*) FROM gone WHERE NOT EXISTS (
              SELECT FROM douane.audit_detail d WHERE d.log = 0 AND d.idx = gone.idx)) AS uncounted`,
        [
          providers === undefined ? null : texts(providers),
          clients === undefined ? null : texts(clients),
          from ?? null,
          to ?? null,
        ],
      )
      return { atMost: Number(row?.persons ?? 0), uncounted: Number(row?.uncounted ?? 0) }
    },
    accesses: async ({ before, limit }) => {
      const top = before ?? (await end(1))
      const rows = await ask<{ idx: string; record: AccessBody & Chained }>(
        `SELECT idx, convert_from(body, 'UTF8')::jsonb AS record FROM douane.audit_leaf
          WHERE log = 1 AND idx < $1 AND kind = 8 AND body <> '' ORDER BY idx DESC LIMIT $2`,
        [top, clamp(limit)],
      )
      const next = Number(rows.at(-1)?.idx ?? 0)
      return {
        items: rows.map(({ idx, record }) => ({ index: Number(idx), record })),
        ...(rows.length === clamp(limit) && next > 0 ? { next } : {}),
      }
    },
  }
}

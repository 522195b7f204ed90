/**
 * The database's side of pruning: up to where a log is older than a time, and the bytes that go. What may go is decided
 * from the log itself (audit/upkeep.ts), and the record of it comes first.
 */
import type { Pool } from 'pg'
import { isoTime } from '../audit/record.ts'
import { streams } from '../model/record.ts'
import type { Stream } from '../model/record.ts'
import { faultOf } from './fault.ts'

/** Records under one prune record, and rows under one statement. */
const most = 100_000
const atOnce = 5_000

export interface Stretch {
  readonly to: number
  /** Records in it that will lose their bytes; 0: there is nothing to be done. */
  readonly count: number
  /** What the record at `to` says its time is, if nothing but that ends the stretch there. */
  readonly young?: Date
}

export interface Pruner {
  /**
   * The stretch from `from` on whose records were all signed before that time, are of before it by their own word too
   * (a clock that stood behind signs a head earlier than what it holds), and whose intents all have their outcome.
   */
  older(stream: Stream, from: number, before: Date): Promise<Stretch>
  /** Takes the bytes of what the prune record at that index names; what is gone already is no error. */
  take(stream: Stream, record: number, from: number, to: number): Promise<number>
}

/** @param pool as douane_eraser; every function throws DatabaseFault */
export const openPruner = (pool: Pool): Pruner => {
  const ask = async <Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> => {
    try {
      return (await pool.query<Row>(text, [...values])).rows
    } catch (error) {
      throw faultOf(error)
    }
  }
  /** Heads of a tree are signed in order of size and time: halving finds the last that is old enough. */
  const signedBefore = async (log: number, from: number, before: Date): Promise<number> => {
    const [tree] = await ask<{ n: number; base: string; size: string }>(
      `SELECT s.n, s.base, t.size FROM (
          SELECT 0 AS n, 0::bigint AS base UNION ALL SELECT n, base FROM douane.audit_shard WHERE log = $1) s
        JOIN douane.audit_tree t ON t.log = $1 + 2 * s.n AND s.base + t.size > $2 ORDER BY s.n LIMIT 1`,
      [log, from],
    )
    if (tree === undefined) return from
    const base = Number(tree.base)
    let found = Math.max(from, base)
    for (let [low, high] = [found + 1, Math.min(base + Number(tree.size), found + most)]; low <= high;) {
      const middle = Math.floor((low + high) / 2)
      const [head] = await ask<{ size: string; at: Date }>(
        'SELECT size, at FROM douane.audit_checkpoint WHERE log = $1 AND size <= $2 ORDER BY size DESC LIMIT 1',
        [log + 2 * tree.n, middle - base],
      )
      const place = base + Number(head?.size ?? 0)
      if (place <= found) low = middle + 1
      else if (head !== undefined && head.at < before) {
        found = place
        low = middle + 1
      } else high = place - 1
    }
    return found
  }
  return {
    older: async (stream, from, before) => {
      const log = streams[stream]
      const signed = await signedBefore(log, from, before)
      if (signed <= from) return { to: from, count: 0 }
      // each look ends where the one before has found its end; what lies behind is of the next stretch
      const [row] = await ask<{ to: string; count: string; young: string | null }>(
        `WITH open AS MATERIALIZED (
            SELECT least($3, min(i.idx)) AS idx FROM douane.audit_leaf i
              WHERE i.log = $1 AND i.idx >= $2 AND i.idx < $3 AND i.kind = 1
                AND NOT EXISTS (SELECT FROM douane.audit_leaf o
                  WHERE o.log = $1 AND o.tid = i.tid AND o.attempt = i.attempt AND o.kind = 2)),
          young AS MATERIALIZED (
            SELECT l.idx, convert_from(l.body, 'UTF8')::jsonb->>'t' AS t FROM douane.audit_leaf l
              WHERE l.log = $1 AND l.idx >= $2 AND l.idx < (SELECT idx FROM open) AND l.body <> ''
                AND convert_from(l.body, 'UTF8')::jsonb->>'t' >= $4
              ORDER BY l.idx LIMIT 1),
          edge AS (SELECT coalesce((SELECT idx FROM young), (SELECT idx FROM open)) AS to)
          SELECT edge.to, (SELECT t FROM young) AS young, (SELECT count(*) FROM douane.audit_leaf l
            WHERE l.log = $1 AND l.idx >= $2 AND l.idx < edge.to AND l.kind IN (1, 2, 3, 8)) AS count FROM edge`,
        [log, from, signed, isoTime(before)],
      )
      const { to = from, count = 0, young = null } = row ?? {}
      return {
        ...{ to: Number(to), count: Number(count) },
        ...(young === null ? {} : { young: new Date(young) }),
      }
    },
    take: async (stream, record, from, to) => {
      let gone = 0
      for (let at = from; at < to; at += atOnce) {
        const [row] = await ask<{ gone: string }>('SELECT douane.prune($1, $2, $3, $4) AS gone', [
          ...[streams[stream], record, at, Math.min(to, at + atOnce)],
        ])
        gone += Number(row?.gone ?? 0)
      }
      return gone
    },
  }
}

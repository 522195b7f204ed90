/** The integrator's side of the log on PostgreSQL. It reads what is stored and believes none of it: audit/integrate.ts. */
import type { Pool } from 'pg'
import { IntegrityBroken } from '../audit/integrity.ts'
import type { StoredBatch, StoredLeaf, Tile, TreeState, TreeStore } from '../audit/log.ts'
import { firstShard } from '../audit/shard.ts'
import { streams } from '../model/record.ts'
import type { Stream } from '../model/record.ts'
import { bytes, integers } from './columns.ts'
import { faultOf } from './fault.ts'
import { kindName } from './kinds.ts'

const pageSize = 256

export interface LeafRow {
  readonly idx: string
  readonly tid: string | null
  readonly attempt: number
  readonly kind: number
  readonly hash: Buffer
  readonly body: Buffer
  readonly batch: string
}

export const leafColumns = 'idx, tid, attempt, kind, hash, body, batch'

export const storedLeaf = (row: LeafRow): StoredLeaf => ({
  index: Number(row.idx),
  tid: (row.tid ?? '').replaceAll('-', ''),
  attempt: row.attempt,
  kind: kindName(row.kind),
  hash: row.hash,
  body: row.body,
  batch: row.batch,
})

/** Roots of 32 bytes each, one after the other. */
const split = (data: Buffer): Buffer[] =>
  Array.from({ length: data.length / 32 }, (_, i) => data.subarray(i * 32, i * 32 + 32))

/**
 * @param pool connections as douane_integrator (or, to read only, douane_gateway)
 * @param n whose tree it is; places are those of the log all the same
 */
export const openTreeStore = (pool: Pool, n = 0): TreeStore => {
  const treeOf = (stream: Stream): number => streams[stream] + 2 * n
  const ask = async <Row extends object>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<Row[]> => {
    try {
      return (await pool.query<Row>({ name, text, values: [...values] })).rows
    } catch (error) {
      throw faultOf(error)
    }
  }
  return {
    head: async (stream) => {
      const [row] = await ask<{ size: string; epoch: string }>(
        'head',
        'SELECT size, epoch FROM douane.audit_head WHERE log = $1',
        [streams[stream]],
      )
      return { size: Number(row?.size ?? 0), epoch: Number(row?.epoch ?? 0) }
    },
    leaves: async function* (stream, from, to) {
      for (let at = from; at < to; at += pageSize) {
        const end = Math.min(to, at + pageSize)
        const rows = await ask<LeafRow>(
          'leaves',
          `SELECT ${leafColumns} FROM douane.audit_leaf WHERE log = $1 AND idx >= $2 AND idx < $3 ORDER BY idx`,
          [streams[stream], at, end],
        )
        let next = at
        for (const row of rows) {
          const leaf = storedLeaf(row)
          if (leaf.index !== next) break
          next += 1
          yield leaf
        }
        if (next !== end) throw new IntegrityBroken('gap', next)
      }
    },
    batches: async function* (stream, from, to) {
      let at = from
      for (;;) {
        const rows = await ask<Record<string, string | Buffer | number>>(
          'batches',
          `SELECT batch, inst, boot, first, n, first_iseq, sig FROM douane.audit_batch
            WHERE log = $1 AND first >= coalesce((SELECT max(first) FROM douane.audit_batch WHERE log = $1 AND first <= $2), 0)
              AND first < $3 ORDER BY first LIMIT ${pageSize}`,
          [streams[stream], at, to],
        )
        for (const row of rows) {
          const batch: StoredBatch = {
            batch: row['batch'] as string,
            inst: row['inst'] as string,
            boot: row['boot'] as string,
            first: Number(row['first']),
            n: row['n'] as number,
            firstIseq: Number(row['first_iseq']),
            sig: row['sig'] as Buffer,
          }
          // the batch before may end where this stretch begins
          if (batch.first + batch.n > at) yield batch
        }
        const last = rows.at(-1)
        if (rows.length < pageSize || last === undefined) return
        at = Number(last['first']) + (last['n'] as number)
      }
    },
    tree: async (stream) => {
      const [row] = await ask<{ size: string; root: Buffer; frontier: Buffer }>(
        'tree',
        'SELECT size, root, frontier FROM douane.audit_tree WHERE log = $1',
        [treeOf(stream)],
      )
      if (row === undefined) throw new Error('the tree has no row')
      return { size: Number(row.size), root: row.root, frontier: split(row.frontier) }
    },
    tiles: async (stream, wanted) => {
      const rows = await ask<{ level: number; n: string; width: number; data: Buffer }>(
        'tiles',
        `SELECT level, n, width, data FROM douane.audit_tile
          JOIN unnest($2::int[], $3::bigint[]) AS u(l, m) ON level = l AND n = m WHERE log = $1`,
        [treeOf(stream), integers(wanted.map((tile) => tile.level)), wanted.map((tile) => tile.n)],
      )
      return rows.map((row): Tile => ({ ...row, n: Number(row.n) }))
    },
    advance: async (stream, from: TreeState, to: TreeState, tiles, checkpoint) => {
      const [row] = await ask<{ done: string }>(
        'advance',
        `WITH moved AS (
            UPDATE douane.audit_tree SET size = $4, root = $5, frontier = $6
              WHERE log = $1 AND size = $2 AND root = $3
                -- a tree that has ended grows no more, whoever still works on it
                AND NOT EXISTS (SELECT FROM douane.audit_shard s WHERE s.log = $13 AND s.n = $14 + 1
                  AND s.prev_end < $4 + coalesce((SELECT b.base FROM douane.audit_shard b WHERE b.log = $13 AND b.n = $14), 0))
              RETURNING log),
          kept AS (
            INSERT INTO douane.audit_tile AS t (log, level, n, width, data)
              SELECT moved.log, u.level, u.n, u.width, u.data
              FROM moved, unnest($7::int[], $8::bigint[], $9::int[], $10::bytea[]) AS u(level, n, width, data)
              ON CONFLICT (log, level, n) DO UPDATE SET width = excluded.width, data = excluded.data
                WHERE t.width < excluded.width),
          signed AS (
            INSERT INTO douane.audit_checkpoint (log, size, root, note, at) SELECT log, $4, $5, $11, $12 FROM moved)
          SELECT count(*) AS done FROM moved`,
        [
          ...[treeOf(stream), from.size, from.root, to.size, to.root, Buffer.concat([...to.frontier])],
          ...[integers(tiles.map((tile) => tile.level)), tiles.map((tile) => tile.n)],
          ...[integers(tiles.map((tile) => tile.width)), bytes(tiles.map((tile) => tile.data))],
          ...[checkpoint.note, checkpoint.at],
          ...[streams[stream], n],
        ],
      )
      return row?.done === '1'
    },
    checkpoint: async (stream) => {
      const [row] = await ask<{ size: string; note: string; at: Date }>(
        'checkpoint',
        `SELECT size, note, at FROM (
            (SELECT size, note, at FROM douane.audit_checkpoint WHERE log = $1 ORDER BY size DESC LIMIT 1)
            UNION ALL
            (SELECT size, note, at FROM douane.audit_heartbeat WHERE log = $1 ORDER BY size DESC, at DESC LIMIT 1)) c
          ORDER BY size DESC, at DESC LIMIT 1`,
        [treeOf(stream)],
      )
      return row === undefined ? null : { size: Number(row.size), note: row.note, at: row.at }
    },
    checkpoints: async function* (stream) {
      for (let after = -1; ;) {
        const rows = await ask<{ size: string; root: Buffer; note: string }>(
          'checkpoints',
          `SELECT size, root, note FROM douane.audit_checkpoint WHERE log = $1 AND size > $2
            ORDER BY size LIMIT ${pageSize}`,
          [treeOf(stream), after],
        )
        for (const { size, root, note } of rows) yield { size: Number(size), root, note }
        const last = rows.at(-1)
        if (rows.length < pageSize || last === undefined) return
        after = Number(last.size)
      }
    },
    publish: async (stream, size, note, at) => {
      await ask(
        'publish',
        'INSERT INTO douane.audit_heartbeat (log, size, note, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [treeOf(stream), size, note, at],
      )
    },
    witnessed: async (stream) => {
      const [row] = await ask<{ size: string; note: string; at: Date }>(
        'witnessed',
        'SELECT size, note, at FROM douane.audit_witnessed WHERE log = $1 ORDER BY size DESC, at DESC LIMIT 1',
        [treeOf(stream)],
      )
      return row === undefined ? null : { size: Number(row.size), note: row.note, at: row.at }
    },
    keepWitnessed: async (stream, size, note, at) => {
      await ask(
        'keep-witnessed',
        'INSERT INTO douane.audit_witnessed (log, size, note, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [treeOf(stream), size, note, at],
      )
    },
    shards: async (stream) => {
      const rows = await ask<{ n: number; name: string; base: string; prev_end: string }>(
        'shards',
        'SELECT n, name, base, prev_end FROM douane.audit_shard WHERE log = $1 ORDER BY n',
        [streams[stream]],
      )
      const ends = rows.map(({ prev_end: end }) => ({ end: Number(end) }))
      return [
        { ...firstShard, ...ends[0] },
        ...rows.map((row, i) => ({ n: row.n, name: row.name, base: Number(row.base), ...ends[i + 1] })),
      ]
    },
    treesOf: (other) => openTreeStore(pool, other),
    keeping: async function* (stream) {
      for (let after = -1; ;) {
        const rows = await ask<LeafRow>(
          'keeping',
          `SELECT ${leafColumns} FROM douane.audit_leaf WHERE log = $1 AND idx > $2 AND kind IN (6, 10, 11, 12, 13)
            ORDER BY idx LIMIT ${pageSize}`,
          [streams[stream], after],
        )
        yield* rows.map(storedLeaf)
        const last = rows.at(-1)
        if (rows.length < pageSize || last === undefined) return
        after = Number(last.idx)
      }
    },
    find: async (tid) => {
      if (!/^[0-9a-f]{32}$/.test(tid)) return []
      const rows = await ask<LeafRow>(
        'find',
        `SELECT ${leafColumns} FROM douane.audit_leaf WHERE log = 0 AND tid = $1 AND kind IN (1, 2)
          UNION ALL
          SELECT ${leafColumns} FROM douane.audit_leaf WHERE log = 0 AND tid = $1 AND kind = 3
          ORDER BY idx`,
        [tid],
      )
      return rows.map(storedLeaf)
    },
  }
}

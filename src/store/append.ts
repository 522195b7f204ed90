/** One batch, one statement: sql/004-append.sql. */
import type { ClientBase } from 'pg'
import type { SealedBatch } from '../audit/log.ts'
import type { Keep, Spend } from '../model/ledger.ts'
import { streams } from '../model/record.ts'
import type { RecordBody, Stream } from '../model/record.ts'
import { booleans, bytes, integers, texts, times, uuids } from './columns.ts'
import type { Edge } from './edge.ts'
import { faultOf } from './fault.ts'
import { kinds } from './kinds.ts'

/** What goes with one leaf. */
export interface Companion {
  readonly keep: Keep
  readonly spend?: Spend
  readonly detail?: {
    readonly sealed: Buffer
    readonly subjects: readonly Buffer[]
    readonly case?: Buffer
    readonly expires: Date
  }
}

/** After a restore no boot of before may go on: the epoch leaps, as sql/011-shards.sql makes it. */
const recoveryJump = 1_000

export interface Appended {
  /** Index of the first leaf. */
  readonly base: number
  /** Positions in the batch, from 0, whose vault rows were not kept. */
  readonly clashes: ReadonlySet<number>
  /** Positions whose derogation had none left. */
  readonly spent: ReadonlySet<number>
}

const places = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `$${from + i}`).join(', ')

const plain = `SELECT base, clashes FROM douane.append(${places(1, 41)})`
/** Derogations are rare: only a batch that holds one counts. The log's head is locked first, as ever. */
const counting = `SELECT a.base, a.clashes, s.spent FROM douane.append(${places(1, 41)}) a,
  LATERAL douane.spend(a.clashes, ${places(42, 5)}) AS s(spent)`

/** The tree opens and its first records come in, or neither. */
const opening = `SELECT a.base, a.clashes FROM douane.open_shard(${places(42, 6)}) o(base),
  LATERAL douane.append(${places(1, 41)}) a WHERE o.base IS NOT NULL`

/** `rows` of all companions with the ordinal (from 1) of their leaf. */
const gather = <T>(companions: readonly Companion[], rows: (companion: Companion) => readonly T[]) => {
  const ord: number[] = []
  const all: T[] = []
  for (let i = 0; i < companions.length; i += 1) {
    for (const row of rows(companions[i]!)) {
      ord.push(i + 1)
      all.push(row)
    }
  }
  return { ord: integers(ord), of: <V>(pick: (row: T) => V): V[] => all.map(pick) }
}

const nothing: readonly never[] = []

const parameters = (
  stream: Stream,
  epoch: number,
  exact: number | null,
  batch: SealedBatch,
  companions: readonly Companion[],
): unknown[] => {
  const { leaves } = batch
  const d = gather(companions, ({ detail }) => (detail === undefined ? nothing : [detail]))
  const r = gather(companions, ({ detail }) => detail?.subjects ?? nothing)
  const s = gather(companions, ({ keep }) => keep.subjects)
  const a = gather(companions, ({ keep }) => keep.aliases)
  const p = gather(companions, ({ keep }) => keep.pseudonyms)
  return [
    ...[streams[stream], epoch, exact, batch.batch, batch.inst, batch.boot, batch.firstIseq, batch.sig],
    uuids(leaves.map((leaf) => leaf.tid)),
    integers(leaves.map((leaf) => leaf.attempt)),
    integers(leaves.map((leaf) => kinds[leaf.kind as RecordBody['k']])),
    bytes(leaves.map((leaf) => leaf.hash)),
    bytes(leaves.map((leaf) => leaf.body)),
    ...[
      d.ord,
      bytes(d.of((x) => x.sealed)),
      bytes(d.of((x) => x.case ?? null)),
      times(d.of((x) => x.expires)),
    ],
    ...[r.ord, bytes(r.of((x) => x))],
    ...[s.ord, texts(s.of((x) => x.client)), bytes(s.of((x) => x.ref)), texts(s.of((x) => x.month))],
    ...[
      bytes(s.of((x) => x.wrapped)),
      times(s.of((x) => x.expires)),
      booleans(s.of((x) => x.known === true)),
    ],
    ...[a.ord, texts(a.of((x) => x.client)), bytes(a.of((x) => x.alias)), bytes(a.of((x) => x.ref))],
    times(a.of((x) => x.expires)),
    ...[p.ord, texts(p.of((x) => x.client)), texts(p.of((x) => x.provider)), texts(p.of((x) => x.purpose))],
    ...[bytes(p.of((x) => x.index)), texts(p.of((x) => x.token)), texts(p.of((x) => x.category))],
    ...[bytes(p.of((x) => x.subject)), bytes(p.of((x) => x.sealed)), times(p.of((x) => x.expires))],
  ]
}

const uses = (companions: readonly Companion[]): unknown[] => {
  const x = gather(companions, ({ spend }) => (spend === undefined ? nothing : [spend]))
  return [
    x.ord,
    bytes(x.of((use) => use.key)),
    integers(x.of((use) => use.subjects)),
    integers(x.of((use) => use.transfersMax)),
    integers(x.of((use) => use.subjectsMax)),
  ]
}

/**
 * @param exact the batch belongs at this very index, or nowhere
 * @param edge opens a tree that begins with this batch
 * @returns null if the epoch moved or the log is not `exact` long: nothing was written
 * @throws DatabaseFault
 */
export const append = async (
  client: ClientBase,
  stream: Stream,
  epoch: number,
  exact: number | null,
  batch: SealedBatch,
  companions: readonly Companion[],
  edge?: Edge,
): Promise<Appended | null> => {
  try {
    if (edge !== undefined) {
      const { epoch: closed, n, name, end, base } = edge
      const given = parameters(stream, -closed + (base > end ? recoveryJump : 0), base, batch, companions)
      const { rows } = await client.query<{ base: string; clashes: number[] }>({
        name: 'append-opening',
        text: opening,
        values: [...given, streams[stream], closed, n, name, end, base],
      })
      const [row] = rows
      return row === undefined ? null : { base: Number(row.base), clashes: new Set(), spent: new Set() }
    }
    const counts = companions.some(({ spend }) => spend !== undefined)
    const given = parameters(stream, epoch, exact, batch, companions)
    const { rows } = await client.query<{ base: string; clashes: number[]; spent?: number[] }>({
      name: counts ? 'append-counting' : 'append',
      text: counts ? counting : plain,
      values: counts ? [...given, ...uses(companions)] : given,
    })
    const row = rows[0]
    if (row === undefined) return null
    const positions = (ords: readonly number[] = []) => new Set(ords.map((ord) => ord - 1))
    return { base: Number(row.base), clashes: positions(row.clashes), spent: positions(row.spent) }
  } catch (error) {
    throw faultOf(error)
  }
}

/**
 * A log goes on for ever, its trees do not: every half-year a new one begins, under an origin of its own
 * (`NAME/transfers/2027h1`), with a `shard_link` that names the final head of the one before. Places (`idx`) go on over
 * the edge; a tree counts from its `base`.
 */
import type { Chained, LogRecord, ShardLinkBody, Stream } from '../model/record.ts'

export interface Shard {
  /** 0 is the tree that the log began with. */
  readonly n: number
  /** Empty for the first: its origin is the name of the log. */
  readonly name: string
  /** Place of its first record. */
  readonly base: number
  /** Place after its last record; undefined while it grows. */
  readonly end?: number
}

export const firstShard: Shard = { n: 0, name: '', base: 0 }

/** `2027h1`, and `2027h1-2` where a half-year has more than one. */
export const shardName = /^\d{4}h[12](?:-[2-9])?$/

export const halfYearOf = (at: Date): string =>
  `${String(at.getUTCFullYear()).padStart(4, '0')}h${at.getUTCMonth() < 6 ? 1 : 2}`

export const originIn = (origin: string, name: string): string => (name === '' ? origin : `${origin}/${name}`)

/** Where the anchor keeps the head of that shard. */
export const anchorKey = (stream: Stream, name: string): string => originIn(stream, name)

/** A name that is not taken yet. */
export const freeName = (half: string, taken: (name: string) => boolean): string | undefined =>
  [half, ...Array.from({ length: 8 }, (_, i) => `${half}-${i + 2}`)].find((name) => !taken(name))

/** The shard that holds a place. */
export const shardAt = (shards: readonly Shard[], index: number): Shard =>
  shards.findLast(({ base }) => base <= index) ?? firstShard

/** What a shard begins with, after the boot record of who opened it, if he had none: its link. */
export const linkIn = (
  records: readonly (LogRecord | undefined)[],
): (ShardLinkBody & Chained) | undefined => {
  const first = records[0]?.k === 'boot' ? records[1] : records[0]
  return first?.k === 'shard_link' ? first : undefined
}

/** Kinds of records as the database numbers them; 1 and 2 stand in the unique index, 3 in the view of transfers. */
import type { RecordBody } from '../model/record.ts'

export const kinds = {
  genesis: 0,
  intent: 1,
  outcome: 2,
  refusal: 3,
  boot: 4,
  policy: 5,
  key: 6,
  erasure: 7,
  access: 8,
  override: 9,
  config: 10,
  prune: 11,
  shard_link: 12,
  recover: 13,
} as const satisfies Record<RecordBody['k'], number>

const names = new Map<number, string>(Object.entries(kinds).map(([name, number]) => [number, name]))

/** A number that this version does not know keeps its number: a verifier fails on it, a reader does not. */
export const kindName = (number: number): string => names.get(number) ?? `kind-${number}`

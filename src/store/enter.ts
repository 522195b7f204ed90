/** How a boot enters a log: its opening records come in first, and with them the next tree where the head was closed. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { BootChain } from '../audit/chain.ts'
import { nothingToKeep } from '../model/ledger.ts'
import type { RecordBody } from '../model/record.ts'
import { append } from './append.ts'
import { readHead } from './edge.ts'
import type { Edge, HeadNow } from './edge.ts'
import { DatabaseFault } from './fault.ts'

export interface Entrance {
  readonly chain: BootChain
  /** Records that the chain begins with; `first`: the log is empty. */
  readonly opening: (first: boolean) => readonly RecordBody[]
  /** Asked before the chain enters a log that others have begun; throws if it may not. */
  readonly joining: () => Promise<void>
  /** What the next tree begins with, if a boot finds the head closed; null: another instance is at it. */
  readonly edge?: () => Promise<Edge | null>
}

const maxTries = 100
/** Another instance crosses the edge meanwhile. */
const pauseMs = 100

const enterOnce = async (client: PoolClient, entrance: Entrance, head: HeadNow): Promise<boolean> => {
  const { chain, opening, joining } = entrance
  const { size, epoch } = head
  if (size > 0) await joining()
  const edge = epoch < 0 ? await entrance.edge?.() : undefined
  if (epoch < 0 && (edge === null || edge === undefined)) {
    await sleep(pauseMs)
    return false
  }
  const bodies = [...opening(size === 0), ...(edge?.records ?? [])]
  const batch = chain.seal(bodies)
  const companions = bodies.map(() => ({ keep: nothingToKeep }))
  const exact = size === 0 ? 0 : null
  const done = await append(client, chain.stream, epoch, exact, batch, companions, edge ?? undefined)
  if (done !== null) chain.advance(batch)
  return done !== null
}

/**
 * Appends the boot record and, in an empty log, the genesis.
 * @returns the head that this boot entered under
 * @throws DatabaseFault
 */
export const enter = async (
  connect: () => Promise<PoolClient>,
  entrance: Entrance,
): Promise<Pick<HeadNow, 'epoch' | 'shards'>> => {
  const { stream } = entrance.chain
  for (let tries = 0; tries < maxTries; tries++) {
    const client = await connect()
    const head = await readHead(client, stream)
    if (await enterOnce(client, entrance, head)) return head.epoch < 0 ? await readHead(client, stream) : head
  }
  throw new DatabaseFault('failed', 'head')
}

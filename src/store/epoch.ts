/** The epoch of the head under which a lane appends: it moves when a tree begins, and for nothing else may it move. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { Stream } from '../model/record.ts'
import { readHead } from './edge.ts'
import type { HeadNow } from './edge.ts'

/** Between two looks at a closed head. */
const edgeMs = 10

export class Epoch {
  #now = 0
  /** Trees that had begun when it was read. */
  #shards = 0
  #closed = false

  get now(): number {
    return this.#now
  }

  /** An edge is being crossed: what comes waits for it. */
  get closed(): boolean {
    return this.#closed
  }

  set({ epoch, shards }: Pick<HeadNow, 'epoch' | 'shards'>): void {
    this.#now = epoch
    this.#shards = shards
  }

  /**
   * A tree has begun or is about to.
   * @returns false if it is anything else: this boot may write no more
   * @throws DatabaseFault
   */
  async follow(client: PoolClient, stream: Stream): Promise<boolean> {
    const head = await readHead(client, stream)
    this.#closed = head.epoch < 0
    if (this.#closed) {
      await sleep(edgeMs, undefined, { ref: false })
      return true
    }
    if (head.epoch - this.#now !== head.shards - this.#shards) return false
    this.set(head)
    return true
  }
}

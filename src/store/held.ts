/** The one connection that a lane holds: taken when it is needed, let go when it broke. */
import type { Pool, PoolClient } from 'pg'
import { faultOf } from './fault.ts'

export class HeldClient {
  readonly #pool: Pool
  #client: PoolClient | null = null

  constructor(pool: Pool) {
    this.#pool = pool
  }

  get isHeld(): boolean {
    return this.#client !== null
  }

  /** @throws DatabaseFault */
  async get(): Promise<PoolClient> {
    if (this.#client !== null) return this.#client
    let client: PoolClient
    try {
      client = await this.#pool.connect()
    } catch (error) {
      throw faultOf(error, false)
    }
    client.on('error', () => {
      if (this.#client === client) this.drop()
    })
    this.#client = client
    return client
  }

  /** Ends it: nobody else may get a session whose last statement is in doubt. */
  drop(): void {
    const client = this.#client
    this.#client = null
    client?.release(true)
  }
}

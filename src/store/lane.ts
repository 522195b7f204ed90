/**
 * The way into one log of one instance: group commit, one batch in flight. There is no flush timer: a batch
 * leaves when the one before has returned and takes what has gathered meanwhile, so it grows with the load.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { type BootChain, ClockWentBack } from '../audit/chain.ts'
import type { SealedBatch } from '../audit/log.ts'
import type { Code } from '../errors.ts'
import { nothingToKeep } from '../model/ledger.ts'
import type { RecordBody } from '../model/record.ts'
import { append } from './append.ts'
import type { Appended } from './append.ts'
import { readHead } from './edge.ts'
import type { Edge } from './edge.ts'
import { findCommitted } from './doubt.ts'
import type { Doubtful } from './doubt.ts'
import { choose, maxLeaves } from './entry.ts'
import type { Entry } from './entry.ts'
import { DatabaseFault, faultOf } from './fault.ts'
import { defaultStatementMs } from './pool.ts'
import { unsafeSettings } from './safety.ts'

export interface LaneOptions {
  readonly pool: Pool
  readonly chain: BootChain
  /** Records that the chain begins with; `first`: the log is empty. */
  readonly opening: (first: boolean) => readonly RecordBody[]
  /** Asked before the chain enters a log that others have begun; throws if it may not. */
  readonly joining: () => Promise<void>
  /** What the next tree begins with, if a boot finds the head closed; null: another instance is at it. */
  readonly edge?: () => Promise<Edge | null>
  /** Told what happened, without values, for the log of the gateway. */
  readonly onFault: (fault: DatabaseFault) => void
  readonly maxQueue: number
}

/** Between two looks at a closed head. */
const edgeMs = 10
/** Pause after a lost connection before the next try. */
const pauseMs = 200
/** Outcomes kept in memory while the database is away; beyond, the sweeper closes their intents. */
const maxStaying = 65_536

export class Lane {
  readonly #options: LaneOptions
  #client: PoolClient | null = null
  #epoch = 0
  /** Trees that had begun when the epoch was read. */
  #shards = 0
  /** An edge is being crossed: what comes waits for it. */
  #closed = false
  #queue: Entry[] = []
  #flying: Entry[] = []
  #doubts: Doubtful[] = []
  #most = maxLeaves
  #running: Promise<void> | null = null
  #fenced = false
  #trouble: string | null = null
  #stopped = false
  readonly #clock: NodeJS.Timeout

  constructor(options: LaneOptions) {
    this.#options = options
    this.#clock = setInterval(() => this.#expire(), 50)
    this.#clock.unref()
  }

  get fenced(): boolean {
    return this.#fenced
  }

  /** Why the newest append failed, for the operator; null once one has gone well. It gates nothing. */
  get trouble(): string | null {
    return this.#trouble
  }

  get queued(): number {
    return this.#queue.length + this.#flying.length
  }

  /** Some commit is in doubt and will be looked up. */
  get inDoubt(): boolean {
    return this.#doubts.length > 0
  }

  /** Connects, checks the session and appends the boot record (and, in an empty log, the genesis). */
  async open(): Promise<void> {
    const { chain, opening, joining } = this.#options
    for (let tries = 0; tries < 100; tries++) {
      const client = await this.#connect()
      const { size, epoch, shards } = await readHead(client, chain.stream)
      if (size > 0) await joining()
      const edge = epoch < 0 ? await this.#options.edge?.() : undefined
      if (epoch < 0 && (edge === null || edge === undefined)) {
        await sleep(pauseMs / 2)
        continue
      }
      this.#epoch = epoch
      this.#shards = shards
      const bodies = [...opening(size === 0), ...(edge?.records ?? [])]
      const batch = chain.seal(bodies)
      const companions = bodies.map(() => ({ keep: nothingToKeep }))
      const exact = size === 0 ? 0 : null
      const done = await append(
        client,
        chain.stream,
        this.#epoch,
        exact,
        batch,
        companions,
        edge ?? undefined,
      )
      if (done === null) continue
      if (edge !== undefined && edge !== null) {
        const head = await readHead(client, chain.stream)
        this.#epoch = head.epoch
        this.#shards = head.shards
      }
      chain.advance(batch)
      return
    }
    throw new DatabaseFault('failed', 'head')
  }

  /** @returns false if the queue is full */
  add(entry: Entry): boolean {
    const limit = entry.stays ? maxStaying : this.#options.maxQueue
    if (this.queued >= limit) return false
    this.#queue.push(entry)
    this.#start()
    return true
  }

  /** Sentences about the session's settings; empty is safe. @throws DatabaseFault */
  async unsafe(): Promise<string[]> {
    return unsafeSettings(await this.#connect())
  }

  /** Writes what is queued, as far as the database is there, and lets the connection go. */
  async stop(patienceMs: number): Promise<void> {
    this.#stopped = true
    const end = Date.now() + patienceMs
    while (this.#running !== null && Date.now() < end) await Promise.race([this.#running, sleep(50)])
    clearInterval(this.#clock)
    this.#drop()
    for (const entry of [...this.#queue, ...this.#flying]) this.#refuse(entry, 'LOG_UNAVAILABLE')
    this.#queue = []
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null
      if (this.#queue.length > 0 && !this.#fenced && !this.#stopped) this.#start()
    })
  }

  async #run(): Promise<void> {
    // callers of this very turn of the event loop go along
    await Promise.resolve()
    while ((this.#queue.length > 0 || this.#doubts.length > 0) && !this.#fenced) {
      try {
        const client = await this.#connect()
        if (this.#doubts.length > 0) await this.#settleDoubts(client)
        if (this.#closed && !this.#queue.some(({ edge }) => edge !== undefined)) await this.#wait(client)
        else if (this.#queue.length > 0) await this.#fly(client)
        else if (this.#doubts.length > 0) await sleep(pauseMs, undefined, { ref: false })
      } catch (error) {
        const fault = faultOf(error)
        this.#options.onFault(fault)
        this.#drop()
        this.#refuseWaiting('LOG_UNAVAILABLE')
        if (this.#stopped) return
        await sleep(pauseMs, undefined, { ref: false })
      }
    }
  }

  async #fly(client: PoolClient): Promise<void> {
    const { chain } = this.#options
    const opener = this.#queue.find(({ edge }) => edge !== undefined)
    const { batch: chosen, rest } =
      opener === undefined
        ? choose(this.#queue, this.#most)
        : { batch: [opener], rest: this.#queue.filter((entry) => entry !== opener) }
    this.#queue = rest
    const { sealed, entries } = this.#seal(chosen)
    if (sealed === null) return
    this.#flying = entries
    try {
      const done = await append(client, chain.stream, this.#epoch, null, sealed, entries, opener?.edge)
      if (done === null) {
        // an edge that another instance has crossed needs no second
        if (opener === undefined) this.#requeue(entries)
        else opener.resolve({ index: -1, clash: false, spent: false })
        return await this.#wait(client)
      }
      chain.advance(sealed)
      this.#trouble = null
      this.#doubts = []
      this.#most = Math.min(maxLeaves, this.#most * 2)
      this.#deliver(entries, done)
    } catch (error) {
      await this.#failed(faultOf(error), sealed, entries)
    } finally {
      this.#flying = []
    }
  }

  /** The epoch moved: a tree has begun or is about to. Anything else, and this boot may write no more. */
  async #wait(client: PoolClient): Promise<void> {
    const { epoch, shards } = await readHead(client, this.#options.chain.stream)
    this.#closed = epoch < 0
    if (this.#closed) return void (await sleep(edgeMs, undefined, { ref: false }))
    if (epoch - this.#epoch !== shards - this.#shards) return this.#fence([])
    this.#epoch = epoch
    this.#shards = shards
  }

  /** A record that no verifier would accept is refused alone; the others fly. */
  #seal(entries: Entry[]): { sealed: SealedBatch | null; entries: Entry[] } {
    const { chain } = this.#options
    let late = false
    const sealable = (some: Entry[]): SealedBatch | null => {
      try {
        return chain.place(some.map(({ prepared }) => prepared))
      } catch (error) {
        late = error instanceof ClockWentBack
        if (late) this.#trouble = 'the clock of this machine went back'
        return null
      }
    }
    const whole = sealable(entries)
    if (whole !== null) return { sealed: whole, entries }
    const good = entries.filter((entry) => {
      if (sealable([entry]) !== null) return true
      this.#refuse(entry, late ? 'LOG_UNAVAILABLE' : 'INTERNAL')
      return false
    })
    return { sealed: good.length === 0 ? null : sealable(good), entries: good }
  }

  #deliver(entries: readonly Entry[], { base, clashes, spent }: Appended): void {
    entries.forEach((entry, i) => {
      if (entry.refused) entry.late(base + i)
      else entry.resolve({ index: base + i, clash: clashes.has(i), spent: spent.has(i) })
    })
  }

  async #failed(fault: DatabaseFault, sealed: SealedBatch, entries: Entry[]): Promise<void> {
    if (fault.kind !== 'duplicate') this.#trouble = 'the database does not take records'
    if (fault.constraint === 'audit_batch_log_boot_first_iseq_key') {
      // a batch in doubt stands there already
      this.#requeue(entries)
      if (this.#doubts.length === 0) return this.#fence([])
      return this.#settleDoubts(await this.#connect())
    }
    if (fault.kind === 'lost' || fault.kind === 'down') {
      this.#doubts.push({ batch: sealed, entries, since: Date.now() })
      for (const entry of entries) if (!entry.stays) this.#refuse(entry, 'LOG_UNAVAILABLE')
      throw fault
    }
    if ((fault.kind === 'duplicate' || fault.kind === 'invalid') && entries.length > 1) {
      // one of them is at fault: halve until it stands alone
      this.#most = Math.ceil(entries.length / 2)
      return this.#requeue(entries)
    }
    this.#options.onFault(fault)
    for (const entry of entries) {
      if (fault.kind === 'duplicate' && entry.body.k === 'outcome') {
        // the sweeper or an earlier try was first: there is a final outcome, and that is all that was wanted
        entry.resolve({ index: -1, clash: false, spent: false })
      } else if (entry.stays && fault.kind !== 'duplicate' && fault.kind !== 'invalid')
        this.#queue.unshift(entry)
      else this.#refuse(entry, fault.kind === 'full' ? 'STORAGE_FULL' : 'LOG_UNAVAILABLE')
    }
    this.#most = maxLeaves
    if (fault.kind !== 'duplicate') await sleep(pauseMs, undefined, { ref: false })
  }

  async #settleDoubts(client: PoolClient): Promise<void> {
    const { chain } = this.#options
    const found = await findCommitted(client, chain.stream, this.#doubts)
    const entries = new Set(this.#doubts.flatMap((doubtful) => doubtful.entries))
    if (found !== null) {
      this.#doubts = []
      chain.advance(found.doubtful.batch)
      this.#deliver(found.doubtful.entries, {
        base: found.base,
        clashes: new Set(),
        spent: new Set(),
      })
      for (const entry of found.doubtful.entries) entries.delete(entry)
      this.#queue = this.#queue.filter((entry) => !found.doubtful.entries.includes(entry))
    } else {
      // after the server's time limit the statement cannot be running any more
      const over = Date.now() - defaultStatementMs - 2_000
      this.#doubts = this.#doubts.filter(({ since }) => since > over)
    }
    for (const entry of this.#queue) entries.delete(entry)
    this.#requeue([...entries])
  }

  #requeue(entries: readonly Entry[]): void {
    this.#queue = [...entries.filter((entry) => !entry.refused || entry.stays), ...this.#queue]
  }

  #fence(entries: readonly Entry[]): void {
    this.#fenced = true
    this.#options.onFault(new DatabaseFault('failed', 'fenced'))
    for (const entry of [...entries, ...this.#queue]) this.#refuse(entry, 'LOG_UNAVAILABLE')
    this.#queue = []
  }

  #refuse(entry: Entry, code: Code): void {
    if (entry.refused) return
    entry.refused = true
    entry.reject(code)
  }

  #refuseWaiting(code: Code): void {
    for (const entry of this.#queue) this.#refuse(entry, code)
    this.#queue = this.#queue.filter((entry) => entry.stays)
  }

  #expire(): void {
    const now = Date.now()
    let waiting = false
    for (const entry of [...this.#flying, ...this.#queue]) {
      if (entry.deadline > now) break
      this.#refuse(entry, 'LOG_UNAVAILABLE')
      waiting = true
    }
    if (waiting) this.#queue = this.#queue.filter((entry) => entry.stays || !entry.refused)
  }

  async #connect(): Promise<PoolClient> {
    if (this.#client !== null) return this.#client
    let client: PoolClient
    try {
      client = await this.#options.pool.connect()
    } catch (error) {
      throw faultOf(error, false)
    }
    client.on('error', () => {
      if (this.#client === client) this.#drop()
    })
    this.#client = client
    return client
  }

  #drop(): void {
    const client = this.#client
    this.#client = null
    client?.release(true)
  }
}

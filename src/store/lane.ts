/**
 * The way into one log of one instance: group commit, one batch in flight. There is no flush timer: a batch
 * leaves when the one before has returned and takes what has gathered meanwhile, so it grows with the load.
 * The callers of the one before are told only then: what they bring next is made while the database works.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { ClockWentBack } from '../audit/chain.ts'
import type { SealedBatch } from '../audit/log.ts'
import type { Code } from '../errors.ts'
import { append } from './append.ts'
import type { Appended } from './append.ts'
import { readHead } from './edge.ts'
import { findCommitted } from './doubt.ts'
import type { Doubtful } from './doubt.ts'
import { enter } from './enter.ts'
import type { Entrance } from './enter.ts'
import { choose, maxLeaves } from './entry.ts'
import type { Entry } from './entry.ts'
import { DatabaseFault, faultOf } from './fault.ts'
import { HeldClient } from './held.ts'
import { defaultStatementMs } from './pool.ts'
import { unsafeSettings } from './safety.ts'

export interface LaneOptions extends Entrance {
  readonly pool: Pool
  /** Told what happened, without values, for the log of the gateway. */
  readonly onFault: (fault: DatabaseFault) => void
  readonly maxQueue: number
}

/** Between two looks at a closed head. */
const edgeMs = 10
/** Pause after a lost connection before the next try. */
const pauseMs = 200
/** What has gathered while nothing was under way flies in halves from here on: one is made while the other is written. */
const halvedFrom = 64
/** Outcomes kept in memory while the database is away; beyond, the sweeper closes their intents. */
const maxStaying = 65_536

export class Lane {
  readonly #options: LaneOptions
  readonly #held: HeldClient
  #epoch = 0
  /** Trees that had begun when the epoch was read. */
  #shards = 0
  /** An edge is being crossed: what comes waits for it. */
  #closed = false
  #queue: Entry[] = []
  #flying: Entry[] = []
  /** Durable, and its callers not yet told: the next batch is sent first. */
  #landed: { readonly entries: readonly Entry[]; readonly done: Appended } | null = null
  #doubts: Doubtful[] = []
  #most = maxLeaves
  #running: Promise<void> | null = null
  #fenced = false
  #trouble: string | null = null
  #stopped = false
  readonly #clock: NodeJS.Timeout

  constructor(options: LaneOptions) {
    this.#options = options
    this.#held = new HeldClient(options.pool)
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

  /** Connects and appends the boot record (and, in an empty log, the genesis). @throws DatabaseFault */
  async open(): Promise<void> {
    const { epoch, shards } = await enter(() => this.#held.get(), this.#options)
    this.#epoch = epoch
    this.#shards = shards
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
    return unsafeSettings(await this.#held.get())
  }

  /** Writes what is queued, as far as the database is there, and lets the connection go. */
  async stop(patienceMs: number): Promise<void> {
    this.#stopped = true
    const end = Date.now() + patienceMs
    while (this.#running !== null && Date.now() < end) await Promise.race([this.#running, sleep(50)])
    clearInterval(this.#clock)
    this.#held.drop()
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
        if (!this.#held.isHeld) this.#tell()
        const client = await this.#held.get()
        if (this.#doubts.length > 0) await this.#settleDoubts(client)
        if (this.#closed && !this.#queue.some(({ edge }) => edge !== undefined)) await this.#wait(client)
        else if (this.#queue.length > 0) await this.#fly(client)
        else if (this.#doubts.length > 0) await sleep(pauseMs, undefined, { ref: false })
      } catch (error) {
        this.#tell()
        const fault = faultOf(error)
        this.#options.onFault(fault)
        this.#held.drop()
        this.#refuseWaiting('LOG_UNAVAILABLE')
        if (this.#stopped) return
        await sleep(pauseMs, undefined, { ref: false })
      }
    }
    this.#tell()
  }

  async #fly(client: PoolClient): Promise<void> {
    const { chain } = this.#options
    const opener = this.#queue.find(({ edge }) => edge !== undefined)
    const { batch: chosen, rest } =
      opener === undefined
        ? choose(this.#queue, this.#share())
        : { batch: [opener], rest: this.#queue.filter((entry) => entry !== opener) }
    this.#queue = rest
    const { sealed, entries } = this.#seal(chosen)
    if (sealed === null) return
    this.#flying = entries
    try {
      const flight = append(client, chain.stream, this.#epoch, null, sealed, entries, opener?.edge)
      this.#tell()
      const done = await flight
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
      this.#landed = { entries, done }
      if (this.#queue.length === 0) this.#tell()
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

  /** How many leaves the next batch may have. */
  #share(): number {
    const waiting = this.#queue.length
    return this.#landed === null && waiting >= halvedFrom
      ? Math.min(this.#most, Math.ceil(waiting / 2))
      : this.#most
  }

  #tell(): void {
    const landed = this.#landed
    this.#landed = null
    if (landed !== null) this.#deliver(landed.entries, landed.done)
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
      return this.#settleDoubts(await this.#held.get())
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
}

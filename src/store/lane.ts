/**
 * The way into one log of one instance: group commit, one batch in flight. There is no flush timer: a batch
 * leaves when the one before has returned and takes what has gathered meanwhile, so it grows with the load.
 * The callers of the one before are told only then: what they bring next is made while the database works.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import type { SealedBatch } from '../audit/log.ts'
import { append } from './append.ts'
import { Doubts } from './doubt.ts'
import { enter } from './enter.ts'
import type { Entrance } from './enter.ts'
import { maxLeaves } from './entry.ts'
import type { Entry } from './entry.ts'
import { Epoch } from './epoch.ts'
import { DatabaseFault, faultOf } from './fault.ts'
import { HeldClient } from './held.ts'
import { deliver, Landed } from './landed.ts'
import { unsafeSettings } from './safety.ts'
import { sealWhatHolds } from './sealing.ts'
import { refuse, Waiting } from './waiting.ts'

export interface LaneOptions extends Entrance {
  readonly pool: Pool
  /** Told what happened, without values, for the log of the gateway. */
  readonly onFault: (fault: DatabaseFault) => void
  readonly maxQueue: number
}

/** Pause after a lost connection before the next try. */
const pauseMs = 200
/** What has gathered while nothing was under way flies in halves from here on: one is made while the other is written. */
const halvedFrom = 64

export class Lane {
  readonly #options: LaneOptions
  readonly #held: HeldClient
  readonly #epoch = new Epoch()
  readonly #waiting: Waiting
  readonly #doubts = new Doubts()
  readonly #landed = new Landed()
  #most = maxLeaves
  #running: Promise<void> | null = null
  #fenced = false
  #trouble: string | null = null
  #stopped = false
  #written = 0
  readonly #clock: NodeJS.Timeout

  constructor(options: LaneOptions) {
    this.#options = options
    this.#held = new HeldClient(options.pool)
    this.#waiting = new Waiting(options.maxQueue)
    this.#clock = setInterval(() => this.#waiting.expire(performance.now()), 50)
    this.#clock.unref()
  }

  get fenced(): boolean {
    return this.#fenced
  }

  /** Why the newest append failed, for the operator; null once one has gone well. It gates nothing. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** Place after the newest record that is durable. */
  get written(): number {
    return this.#written
  }

  get queued(): number {
    return this.#waiting.withFlying
  }

  /** Connects and appends the boot record (and, in an empty log, the genesis). @throws DatabaseFault */
  async open(): Promise<void> {
    this.#epoch.set(await enter(() => this.#held.get(), this.#options))
  }

  /** @returns false if the queue is full */
  add(entry: Entry): boolean {
    if (!this.#waiting.add(entry)) return false
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
    const end = performance.now() + patienceMs
    while (this.#running !== null && performance.now() < end) await Promise.race([this.#running, sleep(50)])
    clearInterval(this.#clock)
    this.#held.drop()
    this.#waiting.end('LOG_UNAVAILABLE')
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null
      if (this.#waiting.length > 0 && !this.#fenced && !this.#stopped) this.#start()
    })
  }

  async #run(): Promise<void> {
    // callers of this very turn of the event loop go along
    await Promise.resolve()
    while ((this.#waiting.length > 0 || this.#doubts.any) && !this.#fenced) {
      try {
        if (!this.#held.isHeld) this.#landed.tell()
        const client = await this.#held.get()
        if (this.#doubts.any) await this.#settleDoubts(client)
        if (this.#epoch.closed && this.#waiting.opener === undefined) await this.#wait(client)
        else if (this.#waiting.length > 0) await this.#fly(client)
        else if (this.#doubts.any) await sleep(pauseMs, undefined, { ref: false })
      } catch (error) {
        this.#landed.tell()
        const fault = faultOf(error)
        this.#options.onFault(fault)
        this.#held.drop()
        this.#waiting.refuseAll('LOG_UNAVAILABLE')
        if (this.#stopped) return
        await sleep(pauseMs, undefined, { ref: false })
      }
    }
    this.#landed.tell()
  }

  async #fly(client: PoolClient): Promise<void> {
    const { chain } = this.#options
    const { opener } = this.#waiting
    const { sealed, entries } = this.#seal(this.#waiting.take(this.#share(), opener))
    if (sealed === null) return
    this.#waiting.flying = entries
    try {
      const flight = append(client, chain.stream, this.#epoch.now, null, sealed, entries, opener?.edge)
      this.#landed.tell()
      const done = await flight
      if (done === null) {
        // an edge that another instance has crossed needs no second
        if (opener === undefined) this.#waiting.again(entries)
        else opener.resolve({ index: -1, clash: false, spent: false })
        return await this.#wait(client)
      }
      chain.advance(sealed)
      this.#trouble = null
      this.#doubts.clear()
      this.#most = Math.min(maxLeaves, this.#most * 2)
      this.#written = done.base + entries.length
      this.#landed.hold(entries, done)
      if (this.#waiting.length === 0) this.#landed.tell()
    } catch (error) {
      await this.#failed(faultOf(error), sealed, entries)
    } finally {
      this.#waiting.flying = []
    }
  }

  async #wait(client: PoolClient): Promise<void> {
    if (!(await this.#epoch.follow(client, this.#options.chain.stream))) this.#fence()
  }

  #seal(chosen: readonly Entry[]): { sealed: SealedBatch | null; entries: readonly Entry[] } {
    const { sealed, entries, leftOut, late } = sealWhatHolds(this.#options.chain, chosen)
    if (late) this.#trouble = 'the clock of this machine went back'
    for (const { entry, code } of leftOut) refuse(entry, code)
    return { sealed, entries }
  }

  /** How many leaves the next batch may have. */
  #share(): number {
    const waiting = this.#waiting.length
    return !this.#landed.any && waiting >= halvedFrom
      ? Math.min(this.#most, Math.ceil(waiting / 2))
      : this.#most
  }

  async #failed(fault: DatabaseFault, sealed: SealedBatch, entries: readonly Entry[]): Promise<void> {
    if (fault.kind !== 'duplicate') this.#trouble = 'the database does not take records'
    if (fault.constraint === 'audit_batch_log_boot_first_iseq_key') {
      // a batch in doubt stands there already
      this.#waiting.again(entries)
      if (!this.#doubts.any) return this.#fence()
      return this.#settleDoubts(await this.#held.get())
    }
    if (fault.kind === 'lost' || fault.kind === 'down') {
      this.#doubts.add(sealed, entries)
      for (const entry of entries) if (!entry.stays) refuse(entry, 'LOG_UNAVAILABLE')
      throw fault
    }
    if ((fault.kind === 'duplicate' || fault.kind === 'invalid') && entries.length > 1) {
      // one of them is at fault: halve until it stands alone
      this.#most = Math.ceil(entries.length / 2)
      return this.#waiting.again(entries)
    }
    this.#options.onFault(fault)
    for (const entry of entries) {
      if (fault.kind === 'duplicate' && entry.body.k === 'outcome') {
        // the sweeper or an earlier try was first: there is a final outcome, and that is all that was wanted
        entry.resolve({ index: -1, clash: false, spent: false })
      } else if (entry.stays && fault.kind !== 'duplicate' && fault.kind !== 'invalid')
        this.#waiting.again([entry])
      else refuse(entry, fault.kind === 'full' ? 'STORAGE_FULL' : 'LOG_UNAVAILABLE')
    }
    this.#most = maxLeaves
    if (fault.kind !== 'duplicate') await sleep(pauseMs, undefined, { ref: false })
  }

  async #settleDoubts(client: PoolClient): Promise<void> {
    const { chain } = this.#options
    const { found, again } = await this.#doubts.settle(client, chain.stream)
    if (found !== null) {
      const { batch, entries } = found.doubtful
      chain.advance(batch)
      this.#written = found.base + entries.length
      deliver(entries, { base: found.base, clashes: new Set(), spent: new Set() })
      this.#waiting.without(entries)
    }
    this.#waiting.again(this.#waiting.missing(again))
  }

  #fence(): void {
    this.#fenced = true
    this.#options.onFault(new DatabaseFault('failed', 'fenced'))
    this.#waiting.end('LOG_UNAVAILABLE')
  }
}

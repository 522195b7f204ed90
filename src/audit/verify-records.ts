/** What the records of a log say together: chains of boots, seals, one intent and one end per attempt, time. */
import { verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { BootBody, Chained, LogRecord, PruneBody, Stream } from '../model/record.ts'
import { Attempts, TransferTable } from './verify-attempts.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { tileWidth } from './merkle.ts'
import { checkRecord, noPrevious, RecordInvalid } from './record.ts'
import { bootKey, sealMessage } from './seal.ts'
import type { PlacedSeal } from './seal.ts'
import { Enrolment, revoked } from './enrolment.ts'
import { enrolmentRotated, isRotation, rotated } from './rotation.ts'
import { afterUpkeep, noUpkeep, prunable } from './upkeep.ts'
import type { Upkeep } from './upkeep.ts'
import type { Report } from './verify-report.ts'

/** Clocks of one process step back a little, and records of one batch were made side by side. */
const clockSlack = 60_000

/** The chain of one boot as far as it was read. */
interface Chain {
  readonly key: KeyObject
  readonly inst: string
  next: number
  previous: string
  /** Latest time of the batches before this one, and including it. */
  latest: string
  coming: string
}

/** Records about the keys of the log and of those who write it: in either log. */
const isOfKeys = (record: LogRecord): boolean =>
  record.k === 'key' && [rotated, enrolmentRotated, revoked].includes(record.act)

/** What a verifier learns of the records, in order; `done` after the last. */
export class Records {
  readonly #stream: Stream
  readonly #report: Report
  readonly #enrolment: Enrolment
  readonly #trusted: KeyObject | undefined
  readonly #chains = new Map<string, Chain>()
  /** Index of the intent, or −1 − index once it has its outcome. */
  readonly #attempts = new Attempts()
  readonly #refused = new TransferTable()
  readonly #announcements: readonly Buffer[]
  #announced = 0
  #upkeep: Upkeep = noUpkeep
  /** Stretches of leaves without bytes, in order. */
  readonly #pruned: { from: number; to: number }[] = []
  readonly #prunes: (PruneBody & { readonly index: number })[] = []
  /** Records that are never pruned. */
  readonly #stays: { readonly index: number; readonly t: string }[] = []
  #base = 0
  #edges: string[] = []
  #genesis = 0
  /** Seals whose signatures are being checked beside the reading, and those of the bundle before. */
  #checking: Promise<void>[] = []
  #earlier: Promise<void>[] = []

  /**
   * @param enrol the enrolment key that the log began with, and the one that is pinned, which it must lead to
   * @param announcements the bytes of the records that announce keys of the log, in order (verify-keys.ts)
   */
  constructor(
    stream: Stream,
    enrol: { readonly first: KeyObject; readonly pinned?: KeyObject | undefined },
    report: Report,
    announcements: readonly Buffer[] = [],
  ) {
    this.#announcements = announcements
    this.#stream = stream
    this.#enrolment = new Enrolment(enrol.first)
    this.#trusted = enrol.pinned
    this.#report = report
  }

  /** Certifies the boots that begin now. */
  get enrolmentKey(): KeyObject {
    return this.#enrolment.key
  }

  #fault(index: number, what: string): void {
    this.#report.add('tampered', `${this.#stream === 'evidence' ? 'transfers' : 'access'} ${index}`, what)
  }

  batch(seal: PlacedSeal, bodies: readonly Buffer[], hashes: readonly Buffer[]): void {
    const records = bodies.map((body, i) =>
      body.length === 0 ? undefined : this.#read(body, seal.first + i),
    )
    if (this.#enrolment.isRevoked(seal.boot))
      this.#fault(seal.first, 'is sealed by a boot whose key was revoked')
    const first = records[0]
    if (!this.#chains.has(seal.boot) && first !== undefined) this.#begin(first, seal)
    const chain = this.#chains.get(seal.boot)
    if (chain === undefined)
      this.#fault(seal.first, 'belongs to a boot whose certified boot record is not in the log')
    else this.#checking.push(this.#seal(seal, hashes, chain.key))
    for (const [i, record] of records.entries()) {
      if (bodies[i]!.length === 0) this.#gone(chain, seal, hashes[i]!, i)
      if (record === undefined) continue
      if (chain !== undefined) this.#link(chain, record, seal, seal.first + i, i)
      this.#meaning(record, seal.first + i)
      if (isRotation(record)) this.#announce(bodies[i]!, seal.first + i)
      if (chain !== undefined) {
        chain.next = record.iseq + 1
        chain.previous = hashes[i]!.toString('hex')
      }
    }
    if (chain !== undefined) chain.latest = chain.coming
  }

  /** The signatures of a log take longer than all the rest: other threads check them. */
  async #seal(seal: PlacedSeal, hashes: readonly Buffer[], key: KeyObject): Promise<void> {
    const message = sealMessage(this.#stream, seal, hashes)
    const holds = await new Promise<boolean>((resolve) =>
      verify(null, message, key, seal.sig, (error, right) => resolve(error === null && right)),
    )
    if (!holds) this.#fault(seal.first, `the seal over ${seal.n} records does not hold`)
  }

  /** Waits for the seals given before the last call: so many may be under way, and no more. */
  async settle(): Promise<void> {
    const earlier = this.#earlier
    this.#earlier = this.#checking
    this.#checking = []
    await Promise.all(earlier)
  }

  #read(body: Buffer, index: number): LogRecord | undefined {
    try {
      return checkRecord(readCanonical(body))
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid)) throw error
      this.#fault(index, `is no record that this version knows (${error.message})`)
      return undefined
    }
  }

  #begin(record: LogRecord, seal: PlacedSeal): void {
    if (record.k !== 'boot' || record.iseq !== 0) return
    const key = bootKey(record as BootBody & Chained, this.#enrolment.key)
    if (key === undefined) this.#fault(seal.first, 'is a boot that the enrolment key did not certify')
    else
      this.#chains.set(record.boot, {
        key,
        inst: record.inst,
        next: 0,
        previous: noPrevious,
        latest: '',
        coming: '',
      })
  }

  #link(chain: Chain, record: LogRecord, seal: PlacedSeal, index: number, i: number): void {
    if (record.boot !== seal.boot || record.inst !== chain.inst || seal.inst !== chain.inst)
      this.#fault(index, 'names another instance or boot than its seal')
    else if (
      record.iseq !== chain.next ||
      record.iseq !== seal.firstIseq + i ||
      record.iprev !== chain.previous
    )
      this.#fault(index, 'does not continue the chain of its boot')
    else if ((record.k === 'boot') !== (record.iseq === 0))
      this.#fault(index, 'is a boot record in the wrong place')
    if (record.k === 'outcome') return
    if (record.t < chain.latest && Date.parse(chain.latest) - Date.parse(record.t) > clockSlack)
      this.#fault(index, 'is older than the records before it')
    if (record.t > chain.coming) chain.coming = record.t
  }

  #announce(body: Buffer, index: number): void {
    if (this.#announcements[this.#announced]?.equals(body) === true) this.#announced += 1
    else this.#fault(index, 'announces another key than the one that was followed')
  }

  /** A leaf without bytes: its hash holds its place in the tree, under the seal and in the chain of its boot. */
  #gone(chain: Chain | undefined, seal: PlacedSeal, hash: Buffer, i: number): void {
    const index = seal.first + i
    const last = this.#pruned.at(-1)
    if (last?.to === index) last.to += 1
    else this.#pruned.push({ from: index, to: index + 1 })
    if (chain === undefined) return
    if (chain.next !== seal.firstIseq + i) this.#fault(index, 'does not continue the chain of its boot')
    chain.next = seal.firstIseq + i + 1
    chain.previous = hash.toString('hex')
  }

  /** Retention, legal holds and what was pruned; of what stays, nothing in the stretch may be younger than it says. */
  #keep(record: LogRecord, index: number): void {
    const after = afterUpkeep(this.#upkeep, record, index)
    if (typeof after === 'string') this.#fault(index, after)
    else this.#upkeep = after
    if (record.k !== 'prune') {
      if (!prunable.has(record.k)) this.#stays.push({ index, t: record.t })
      return
    }
    this.#prunes.push({ ...record, index })
    const young = this.#stays.find(
      (one) =>
        one.index >= record.from &&
        one.index < record.to &&
        Date.parse(one.t) - Date.parse(record.before) > clockSlack,
    )
    if (young !== undefined)
      this.#fault(index, `prunes a stretch in which record ${young.index} is younger than it says`)
  }

  #goneWithin(from: number, to: number): number {
    return this.#pruned.reduce(
      (sum, one) => sum + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)),
      0,
    )
  }

  #isGone(index: number): boolean {
    let [low, high] = [0, this.#pruned.length]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.#pruned[middle]!.to <= index) low = middle + 1
      else high = middle
    }
    return (this.#pruned[low]?.from ?? Infinity) <= index
  }

  /** A later tree begins at that place. */
  shard(base: number): void {
    this.#base = base
    this.#edges = []
  }

  /** A link stands at the beginning of a later tree, and nothing but a recovery after it. */
  #edge(kind: 'shard_link' | 'recover', index: number): void {
    const right = kind === 'shard_link' ? this.#edges.length === 0 : this.#edges.join() === 'shard_link'
    if (this.#base === 0 || index - this.#base > 2 || !right)
      this.#fault(index, 'does not belong in this place')
    this.#edges.push(kind)
  }

  #meaning(record: LogRecord, index: number): void {
    this.#keep(record, index)
    const wrong = this.#enrolment.after(record)
    if (wrong !== undefined) this.#fault(index, wrong)
    if (record.k === 'shard_link' || record.k === 'recover') this.#edge(record.k, index)
    if (
      (record.k === 'access') !== (this.#stream === 'access') &&
      record.k !== 'boot' &&
      record.k !== 'genesis' &&
      record.k !== 'config' &&
      record.k !== 'prune' &&
      record.k !== 'shard_link' &&
      record.k !== 'recover' &&
      !isOfKeys(record)
    )
      this.#fault(index, 'does not belong in this log')
    if (record.k === 'genesis' && ((this.#genesis += 1) > 1 || index >= tileWidth))
      this.#fault(index, 'is a second beginning')
    if (record.k === 'intent') {
      const { tid, attempt } = record
      if (this.#attempts.get(tid, attempt) !== undefined)
        this.#fault(index, 'is a second intent of the same attempt')
      else this.#attempts.set(tid, attempt, index)
    }
    if (record.k === 'refusal') {
      if (this.#refused.get(record.tid) !== undefined)
        this.#fault(index, 'is a second refusal of the same transfer')
      this.#refused.set(record.tid, index)
    }
    if (record.k === 'outcome') {
      const { tid, attempt } = record
      const intent = this.#attempts.get(tid, attempt)
      if (intent === undefined && record.intent < index && this.#isGone(record.intent))
        this.#attempts.set(tid, attempt, -1 - record.intent)
      else if (intent === undefined) this.#fault(index, 'is the end of an attempt that has no earlier intent')
      else if (intent < 0) this.#fault(index, 'is a second end of the same attempt')
      else if (intent !== record.intent) this.#fault(index, 'points to another record than its intent')
      else this.#attempts.set(tid, attempt, -1 - intent)
    }
  }

  done(): void {
    if (this.#trusted !== undefined && !this.#enrolment.has(this.#trusted))
      this.#report.add('tampered', 'keys', 'the log does not lead to the pinned enrolment key')
    const { pruned } = this.#upkeep
    for (const { from, to } of this.#pruned)
      if (to > pruned) this.#fault(Math.max(from, pruned), 'is gone, and no record says that it was pruned')
    for (const { index, from, to, count } of this.#prunes)
      if (this.#goneWithin(from, to) > count) this.#fault(index, 'says that fewer were pruned than are gone')
    const count = this.#pruned.reduce((sum, { from, to }) => sum + to - from, 0)
    const where = this.#stream === 'evidence' ? 'transfers' : 'access'
    if (count > 0)
      this.#report.add(
        'note',
        where,
        `${count} records below ${pruned} were pruned: their retention was over`,
      )
    if (this.#announced < this.#announcements.length)
      this.#report.add('tampered', 'keys', 'a key was followed that the log does not announce')
    const open: number[] = []
    for (const index of this.#attempts.values()) if (index >= 0) open.push(index)
    this.#report.open += open.length
    for (const index of open.sort((a, b) => a - b).slice(0, 100))
      this.#report.add('note', `transfers ${index}`, 'has no end in the log: it may have been sent')
  }
}

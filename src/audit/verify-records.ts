/** What the records of a log say together: who wrote them, transfers, keys, trees, and what was pruned. */
import type { KeyObject } from 'node:crypto'
import type { LogRecord, Stream } from '../model/record.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { Enrolment, revoked } from './enrolment.ts'
import { tileWidth } from './merkle.ts'
import { checkRecord, RecordInvalid } from './record.ts'
import { enrolmentRotated, isRotation, rotated } from './rotation.ts'
import type { PlacedSeal } from './seal.ts'
import { Boots } from './verify-boots.ts'
import { Pruned } from './verify-pruned.ts'
import type { Fault, Report } from './verify-report.ts'
import { Transfers } from './verify-transfers.ts'

/** Kinds that stand in either log; records of who looked stand in theirs alone, and all others in that of transfers. */
const inBoth: ReadonlySet<string> = new Set(['boot', 'genesis', 'config', 'prune', 'shard_link', 'recover'])

/** Records about the keys of the log and of those who write it: in either log. */
const isOfKeys = (record: LogRecord): boolean =>
  record.k === 'key' && [rotated, enrolmentRotated, revoked].includes(record.act)

const belongs = (record: LogRecord, stream: Stream): boolean =>
  (record.k === 'access') === (stream === 'access') || inBoth.has(record.k) || isOfKeys(record)

/** What a verifier learns of the records, in order; `done` after the last. */
export class Records {
  readonly #where: string
  readonly #stream: Stream
  readonly #report: Report
  readonly #enrolment: Enrolment
  readonly #trusted: KeyObject | undefined
  readonly #boots: Boots
  readonly #pruned: Pruned
  readonly #transfers: Transfers
  readonly #announcements: readonly Buffer[]
  #announced = 0
  #base = 0
  #edges: string[] = []
  #genesis = 0

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
    this.#where = stream === 'evidence' ? 'transfers' : 'access'
    this.#stream = stream
    this.#enrolment = new Enrolment(enrol.first)
    this.#trusted = enrol.pinned
    this.#report = report
    this.#boots = new Boots(stream, this.#fault)
    this.#pruned = new Pruned(this.#fault)
    this.#transfers = new Transfers(this.#fault, (place) => this.#pruned.isGone(place))
  }

  /** Certifies the boots that begin now. */
  get enrolmentKey(): KeyObject {
    return this.#enrolment.key
  }

  readonly #fault: Fault = (index, code, parts) =>
    this.#report.add('tampered', `${this.#where} ${index}`, code, parts)

  batch(seal: PlacedSeal, bodies: readonly Buffer[], hashes: readonly Buffer[]): void {
    const records = bodies.map((body, i) =>
      body.length === 0 ? undefined : this.#read(body, seal.first + i),
    )
    if (this.#enrolment.isRevoked(seal.boot)) this.#fault(seal.first, 'seal-revoked')
    const chain = this.#boots.of(seal, records[0], this.#enrolment.key)
    if (chain !== undefined) this.#boots.check(seal, hashes, chain)
    for (const [i, record] of records.entries()) {
      const index = seal.first + i
      if (bodies[i]!.length === 0) {
        this.#pruned.gone(index)
        if (chain !== undefined) this.#boots.skip(chain, seal, hashes[i]!, i)
      }
      if (record === undefined) continue
      if (chain !== undefined) this.#boots.link(chain, record, seal, index, i)
      this.#meaning(record, index)
      if (isRotation(record)) this.#announce(bodies[i]!, index)
      if (chain !== undefined) {
        chain.next = record.iseq + 1
        chain.previous = hashes[i]!.toString('hex')
      }
    }
    if (chain !== undefined) chain.latest = chain.coming
  }

  /** Waits for the seals given before the last call: so many may be under way, and no more. */
  settle(): Promise<void> {
    return this.#boots.settle()
  }

  #read(body: Buffer, index: number): LogRecord | undefined {
    try {
      return checkRecord(readCanonical(body))
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid)) throw error
      this.#fault(index, 'record-unknown', { why: error.message })
      return undefined
    }
  }

  #announce(body: Buffer, index: number): void {
    if (this.#announcements[this.#announced]?.equals(body) === true) this.#announced += 1
    else this.#fault(index, 'rotation-other')
  }

  /** A later tree begins at that place. */
  shard(base: number): void {
    this.#base = base
    this.#edges = []
  }

  /** A link stands at the beginning of a later tree, and nothing but a recovery after it. */
  #edge(kind: 'shard_link' | 'recover', index: number): void {
    const right = kind === 'shard_link' ? this.#edges.length === 0 : this.#edges.join() === 'shard_link'
    if (this.#base === 0 || index - this.#base > 2 || !right) this.#fault(index, 'place-wrong')
    this.#edges.push(kind)
  }

  #meaning(record: LogRecord, index: number): void {
    this.#pruned.keep(record, index)
    const wrong = this.#enrolment.after(record)
    if (wrong !== undefined) this.#fault(index, wrong)
    if (record.k === 'shard_link' || record.k === 'recover') this.#edge(record.k, index)
    if (!belongs(record, this.#stream)) this.#fault(index, 'log-wrong')
    if (record.k === 'genesis' && ((this.#genesis += 1) > 1 || index >= tileWidth))
      this.#fault(index, 'second-beginning')
    this.#transfers.add(record, index)
  }

  done(): void {
    if (this.#trusted !== undefined && !this.#enrolment.has(this.#trusted))
      this.#report.add('tampered', 'keys', 'enrolment-not-pinned')
    const { count, below } = this.#pruned.done()
    if (count > 0) this.#report.add('note', this.#where, 'pruned', { count, below })
    if (this.#announced < this.#announcements.length)
      this.#report.add('tampered', 'keys', 'rotation-not-announced')
    const open = this.#transfers.open()
    this.#report.open += open.length
    for (const index of open.slice(0, 100)) this.#report.add('note', `transfers ${index}`, 'open')
  }
}

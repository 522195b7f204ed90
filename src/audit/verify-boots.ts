/** Who wrote the records: the chain of each boot from record to record, the seals over its batches, and its times. */
import { verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { BootBody, Chained, LogRecord, Stream } from '../model/record.ts'
import { noPrevious } from './record.ts'
import { bootKey, sealMessage } from './seal.ts'
import type { PlacedSeal } from './seal.ts'
import type { Fault } from './verify-report.ts'

/** Clocks of one process step back a little, and records of one batch were made side by side. */
export const clockSlack = 60_000

/** The chain of one boot as far as it was read. */
export interface Chain {
  readonly key: KeyObject
  readonly inst: string
  next: number
  previous: string
  /** Latest time of the batches before this one, and including it. */
  latest: string
  coming: string
}

export class Boots {
  readonly #stream: Stream
  readonly #fault: Fault
  readonly #chains = new Map<string, Chain>()
  /** Seals whose signatures are being checked beside the reading, and those of the bundle before. */
  #checking: Promise<void>[] = []
  #earlier: Promise<void>[] = []

  constructor(stream: Stream, fault: Fault) {
    this.#stream = stream
    this.#fault = fault
  }

  /**
   * The chain that a batch goes on with, or begins; undefined (and a fault) if there is none.
   * @param enrol certifies the boots that begin now
   */
  of(seal: PlacedSeal, first: LogRecord | undefined, enrol: KeyObject): Chain | undefined {
    if (!this.#chains.has(seal.boot) && first !== undefined) this.#begin(first, seal, enrol)
    const chain = this.#chains.get(seal.boot)
    if (chain === undefined) this.#fault(seal.first, 'boot-unknown')
    return chain
  }

  /** The signatures of a log take longer than all the rest: other threads check them. */
  check(seal: PlacedSeal, hashes: readonly Buffer[], { key }: Chain): void {
    this.#checking.push(this.#seal(seal, hashes, key))
  }

  async #seal(seal: PlacedSeal, hashes: readonly Buffer[], key: KeyObject): Promise<void> {
    const message = sealMessage(this.#stream, seal, hashes)
    const holds = await new Promise<boolean>((resolve) =>
      verify(null, message, key, seal.sig, (error, right) => resolve(error === null && right)),
    )
    if (!holds) this.#fault(seal.first, 'seal-broken', { n: seal.n })
  }

  /** Waits for the seals given before the last call: so many may be under way, and no more. */
  async settle(): Promise<void> {
    const earlier = this.#earlier
    this.#earlier = this.#checking
    this.#checking = []
    await Promise.all(earlier)
  }

  #begin(record: LogRecord, seal: PlacedSeal, enrol: KeyObject): void {
    if (record.k !== 'boot' || record.iseq !== 0) return
    const key = bootKey(record as BootBody & Chained, enrol)
    if (key === undefined) this.#fault(seal.first, 'boot-uncertified')
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

  /** @param i the how-many-eth of its batch */
  link(chain: Chain, record: LogRecord, seal: PlacedSeal, index: number, i: number): void {
    if (record.boot !== seal.boot || record.inst !== chain.inst || seal.inst !== chain.inst)
      this.#fault(index, 'boot-other')
    else if (
      record.iseq !== chain.next ||
      record.iseq !== seal.firstIseq + i ||
      record.iprev !== chain.previous
    )
      this.#fault(index, 'chain-broken')
    else if ((record.k === 'boot') !== (record.iseq === 0)) this.#fault(index, 'boot-place')
    if (record.k === 'outcome') return
    if (record.t < chain.latest && Date.parse(chain.latest) - Date.parse(record.t) > clockSlack)
      this.#fault(index, 'older')
    if (record.t > chain.coming) chain.coming = record.t
  }

  /** A leaf without bytes holds its place in the chain by its hash. */
  skip(chain: Chain, seal: PlacedSeal, hash: Buffer, i: number): void {
    if (chain.next !== seal.firstIseq + i) this.#fault(seal.first + i, 'chain-broken')
    chain.next = seal.firstIseq + i + 1
    chain.previous = hash.toString('hex')
  }
}

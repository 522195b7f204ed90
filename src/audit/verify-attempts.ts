/**
 * Which transfers were met, in 24 bytes each: a verifier on a laptop holds millions. Exact: nothing is decided by a digest
 * alone. Whoever wrote the log chose the ids, so places are drawn with a secret of this process, or one could make all
 * of them meet.
 */
import { randomBytes } from 'node:crypto'

/** Numbers by transfer id (32 hex digits). */
export class TransferTable {
  #ids = new Uint32Array(4 * 1024)
  /** NaN: the place is free. */
  #values = new Float64Array(1024).fill(Number.NaN)
  #size = 0
  readonly #secret = new Uint32Array(randomBytes(16).buffer.slice(0, 16))

  get size(): number {
    return this.#size
  }

  get(id: string): number | undefined {
    const value = this.#values[this.#place(wordsOf(id))]!
    return Number.isNaN(value) ? undefined : value
  }

  set(id: string, value: number): void {
    const words = wordsOf(id)
    const place = this.#place(words)
    const fresh = Number.isNaN(this.#values[place]!)
    this.#ids.set(words, 4 * place)
    this.#values[place] = value
    if (!fresh) return
    this.#size += 1
    if (this.#size * 2 > this.#values.length) this.#grow()
  }

  *values(): Generator<number> {
    for (const value of this.#values) if (!Number.isNaN(value)) yield value
  }

  /** Where the id is, or the free place where it belongs. */
  #place(words: Uint32Array): number {
    const mask = this.#values.length - 1
    let place = this.#hash(words) & mask
    while (!Number.isNaN(this.#values[place]!) && !this.#is(place, words)) place = (place + 1) & mask
    return place
  }

  #is(place: number, words: Uint32Array): boolean {
    const at = 4 * place
    const ids = this.#ids
    return (
      ids[at] === words[0] && ids[at + 1] === words[1] && ids[at + 2] === words[2] && ids[at + 3] === words[3]
    )
  }

  #hash(words: Uint32Array): number {
    let mixed = 0
    for (let i = 0; i < 4; i += 1) {
      mixed = Math.imul(mixed ^ words[i]! ^ this.#secret[i]!, 0x9e3779b1)
      mixed ^= mixed >>> 15
      mixed = Math.imul(mixed, 0x85ebca6b) ^ (mixed >>> 13)
    }
    return mixed >>> 0
  }

  #grow(): void {
    const [ids, values] = [this.#ids, this.#values]
    this.#ids = new Uint32Array(2 * ids.length)
    this.#values = new Float64Array(2 * values.length).fill(Number.NaN)
    for (const [place, value] of values.entries()) {
      if (Number.isNaN(value)) continue
      const words = ids.subarray(4 * place, 4 * place + 4)
      const next = this.#place(words)
      this.#ids.set(words, 4 * next)
      this.#values[next] = value
    }
  }
}

const scratch = new Uint32Array(4)
const wordsOf = (id: string): Uint32Array => {
  for (let i = 0; i < 4; i += 1) scratch[i] = Number.parseInt(id.slice(8 * i, 8 * i + 8), 16)
  return scratch
}

/** Numbers by transfer and attempt. Nearly every transfer has one attempt; the others are kept aside. */
export class Attempts {
  readonly #first = new TransferTable()
  readonly #more = new Map<string, number>()

  get(tid: string, attempt: number): number | undefined {
    return attempt === 1 ? this.#first.get(tid) : this.#more.get(`${tid} ${attempt}`)
  }

  set(tid: string, attempt: number, value: number): void {
    if (attempt === 1) this.#first.set(tid, value)
    else this.#more.set(`${tid} ${attempt}`, value)
  }

  *values(): Generator<number> {
    yield* this.#first.values()
    yield* this.#more.values()
  }
}

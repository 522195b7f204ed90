import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

/** O is 0: its score is always 0. */
export const labels = ['O', 'PER', 'LOC', 'ORG'] as const
export const O = 0
export const PER = 1

/** Thresholds on the marginal, and how a marginal becomes a confidence: logistic in its log-odds. */
export interface Tuning {
  readonly threshold: number
  readonly slope: number
  readonly offset: number
}

/** prose: sentences · form: short lines and what follows a label · chat: text without capitals */
export type TextKind = 'prose' | 'form' | 'chat'

export interface ModelHeader {
  readonly format: 1
  readonly features: number
  readonly gazetteer: number
  /** Weight of one step of an int8. */
  readonly scale: number
  /** `[gap 1..3][from][to]`, then `[start][to]` and `[from][end]`. */
  readonly transitions: readonly number[]
  readonly tuning: Readonly<Record<TextKind, Tuning>>
}

export interface Model {
  readonly header: ModelHeader
  /** Open addressing: feature hash and three int8 weights (PER, LOC, ORG) side by side. */
  readonly table: Int32Array
  readonly mask: number
  /** A hash without its last bits is its slot. */
  readonly shift: number
  readonly bitKeys: Int32Array
  readonly bitValues: Uint8Array
  readonly bitMask: number
  readonly digest: string
}

const magic = 0x31544e44

const slotOf = (hash: number, mask: number): number => (hash ^ (hash >>> 13)) & mask

/**
 * The file: `DNT1`, length of the header (u32 LE), header (JSON), then brotli over two lists sorted by hash, each
 * as varint differences followed by columns of bytes: features with three int8 weights, gazetteer words with bits.
 */
export const readModel = (file: Buffer): Model => {
  if (file.readUInt32LE(0) !== magic) throw new Error('not a name model')
  const length = file.readUInt32LE(4)
  const header = JSON.parse(file.toString('utf8', 8, 8 + length)) as ModelHeader
  const bytes = brotliDecompressSync(file.subarray(8 + length))
  let at = 0
  const hashes = (count: number): Int32Array => {
    const out = new Int32Array(count)
    let last = 0
    for (let index = 0; index < count; index++) {
      let byte = bytes[at++]!
      let difference = byte & 127
      for (let bits = 7; byte >= 128; bits += 7) {
        byte = bytes[at++]!
        difference |= (byte & 127) << bits
      }
      last = (last + difference) | 0
      out[index] = last
    }
    return out
  }
  const { features, gazetteer } = header
  const size = 2 ** Math.ceil(Math.log2(features * 1.6))
  const table = new Int32Array(size * 2)
  const mask = size - 1
  // The first bits of a hash are its slot: the list is sorted by hash, so the table fills from left to right.
  const shift = 32 - Math.log2(size)
  const keys = hashes(features)
  for (let index = 0; index < features; index++) {
    const value =
      (bytes[at + index]! << 16) | (bytes[at + features + index]! << 8) | bytes[at + 2 * features + index]!
    if (value === 0) continue
    let slot = keys[index]! >>> shift
    while (table[2 * slot + 1] !== 0) slot = (slot + 1) & mask
    table[2 * slot] = keys[index]!
    table[2 * slot + 1] = value
  }
  at += 3 * features
  const bitSize = 2 ** Math.ceil(Math.log2(gazetteer * 2))
  const bitKeys = new Int32Array(bitSize)
  const bitValues = new Uint8Array(bitSize)
  const words = hashes(gazetteer)
  for (let index = 0; index < gazetteer; index++) {
    let slot = slotOf(words[index]!, bitSize - 1)
    while (bitValues[slot] !== 0) slot = (slot + 1) & (bitSize - 1)
    bitKeys[slot] = words[index]!
    bitValues[slot] = bytes[at + index]!
  }
  const digest = createHash('sha256').update(file).digest('hex')
  return { header, table, mask, shift, bitKeys, bitValues, bitMask: bitSize - 1, digest }
}

/** What `readModel` reads. Both lists by ascending unsigned hash. */
export const writeHead = (header: ModelHeader): Buffer => {
  const json = Buffer.from(JSON.stringify(header))
  const head = Buffer.alloc(8)
  head.writeUInt32LE(magic, 0)
  head.writeUInt32LE(json.length, 4)
  return Buffer.concat([head, json])
}

/** Slot of the feature's weights in `table`, or -1. */
export const weightsOf = (model: Model, feature: number): number => {
  const { table, mask, shift } = model
  for (let slot = feature >>> shift; table[2 * slot + 1] !== 0; slot = (slot + 1) & mask) {
    if (table[2 * slot] === feature) return 2 * slot + 1
  }
  return -1
}

export const bitsOf = (model: Model, hash: number): number => {
  const { bitKeys, bitValues, bitMask } = model
  for (let slot = slotOf(hash, bitMask); bitValues[slot] !== 0; slot = (slot + 1) & bitMask) {
    if (bitKeys[slot] === hash) return bitValues[slot]!
  }
  return 0
}

export const loadModel = (): Model => readModel(readFileSync(new URL('./names.model', import.meta.url)))

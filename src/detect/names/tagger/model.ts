import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { type Hashes, eachHash, endOfVarints, positionOf, readHashes } from './hashes.ts'

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
  /**
   * Pairs of a feature's hash and its three int8 weights side by side (PER, LOC, ORG), ascending; weights of 0 are an empty
   * place. A hash without its last bits is where it stands, or shortly before: one look finds hash and weights.
   */
  readonly table: Int32Array
  /** How many last bits those are. */
  readonly shift: number
  /** A bit for each beginning of a feature's hash: most looks are for what is not there and end here, in memory that stays near. */
  readonly met: Int32Array
  /** Words by their hash, and what lists know of each. */
  readonly words: Hashes
  readonly bits: Uint8Array
  readonly digest: string
}

const magic = 0x31544e44

/** First bits of a hash that `Model.met` tells apart. */
const metBits = 21

/** Places behind the last one for what did not fit before it. */
const overflow = 1 << 12

/**
 * The file: `DNT1`, length of the header (u32 LE), header (JSON), then brotli over two lists sorted by hash, each
 * as varint differences followed by columns of bytes: features with three int8 weights, gazetteer words with bits.
 */
export const readModel = (file: Buffer): Model => {
  if (file.readUInt32LE(0) !== magic) throw new Error('not a name model')
  const length = file.readUInt32LE(4)
  const header = JSON.parse(file.toString('utf8', 8, 8 + length)) as ModelHeader
  // In one piece: what is unpacked by small pieces is in memory twice.
  const bytes: Uint8Array<ArrayBuffer> = brotliDecompressSync(file.subarray(8 + length), {
    chunkSize: 1 << 22,
  })
  const { features: count, gazetteer } = header
  const from = endOfVarints(bytes, 0, count)
  const bitsOfPlace = Math.ceil(Math.log2(count * 1.05))
  const shift = 32 - bitsOfPlace
  const table = new Int32Array(2 * (2 ** bitsOfPlace + overflow))
  const met = new Int32Array(2 ** (metBits - 5))
  let next = 0
  eachHash(bytes, 0, count, (hash, index) => {
    const at = from + index
    const weights = (bytes[at]! << 16) | (bytes[at + count]! << 8) | bytes[at + 2 * count]!
    if (weights === 0) return
    const place = Math.max(hash >>> shift, next)
    met[hash >>> (37 - metBits)]! |= 1 << (hash >>> (32 - metBits))
    table[2 * place] = hash
    table[2 * place + 1] = weights
    next = place + 1
  })
  // The last place is empty: a look ends there.
  if (2 * next >= table.length) throw new Error('the features of the name model are not spread')
  const begin = from + 3 * count
  const words = readHashes(bytes, begin, gazetteer)
  const end = endOfVarints(bytes, begin, gazetteer)
  const bits = Uint8Array.from(bytes.subarray(end, end + gazetteer))
  // Given back now; a collector may come by much later.
  bytes.buffer.transfer(0)
  const digest = createHash('sha256').update(file).digest('hex')
  return { header, table, shift, met, words, bits, digest }
}

/** What `readModel` reads. Both lists by ascending unsigned hash. */
export const writeHead = (header: ModelHeader): Buffer => {
  const json = Buffer.from(JSON.stringify(header))
  const head = Buffer.alloc(8)
  head.writeUInt32LE(magic, 0)
  head.writeUInt32LE(json.length, 4)
  return Buffer.concat([head, json])
}

/** The weights of a feature as `Model.table` has them; 0 if it has none. */
export const weightsOf = ({ table, shift, met }: Model, feature: number): number => {
  if ((met[feature >>> (37 - metBits)]! & (1 << (feature >>> (32 - metBits)))) === 0) return 0
  for (let at = 2 * (feature >>> shift); ; at += 2) {
    const weights = table[at + 1]!
    if (weights === 0 || table[at] === feature) return weights
    if (table[at]! >>> 0 > feature >>> 0) return 0
  }
}

/** What lists know of a word (features.ts); 0 if none has it. */
export const bitsOf = ({ words, bits }: Model, hash: number): number => {
  const at = positionOf(words, hash)
  return at < 0 ? 0 : bits[at]!
}

export const loadModel = (): Model => {
  const file = readFileSync(new URL('./names.model', import.meta.url))
  const model = readModel(file)
  file.buffer.transfer(0)
  return model
}

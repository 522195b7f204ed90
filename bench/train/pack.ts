import { brotliCompressSync, constants } from 'node:zlib'
import {
  type ModelHeader,
  type TextKind,
  type Tuning,
  writeHead,
} from '../../src/detect/names/tagger/model.ts'
import type { Weights } from './learn.ts'

/** Largest weight is 127 steps; beyond it nothing is gained. */
const widest = 5

/** The model's file (format: src/detect/names/tagger/model.ts). */
export const pack = (
  hashes: Int32Array,
  weights: Weights,
  bits: ReadonlyMap<number, number>,
  tuning: Readonly<Record<TextKind, Tuning>>,
): Buffer => {
  const scale = widest / 127
  const step = (weight: number) => Math.max(-127, Math.min(127, Math.round(weight / scale))) & 255
  const order = [...hashes.keys()].sort((a, b) => (hashes[a]! >>> 0) - (hashes[b]! >>> 0))
  const kept = order.filter((id) => [0, 1, 2].some((one) => step(weights.features[id * 3 + one]!) !== 0))
  const words = [...bits].sort((a, b) => (a[0] >>> 0) - (b[0] >>> 0))
  const header: ModelHeader = {
    format: 1,
    features: kept.length,
    gazetteer: words.length,
    scale,
    transitions: [...weights.transitions].map((one) => Math.round(one * 1e4) / 1e4),
    tuning,
  }
  const body = Buffer.concat([
    varints(kept.map((id) => hashes[id]! >>> 0)),
    ...[0, 1, 2].map((one) => Buffer.from(kept.map((id) => step(weights.features[id * 3 + one]!)))),
    varints(words.map(([hash]) => hash >>> 0)),
    Buffer.from(words.map(([, value]) => value)),
  ])
  const packed = brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
  })
  return Buffer.concat([writeHead(header), packed])
}

const varints = (sorted: readonly number[]): Buffer => {
  const out: number[] = []
  let last = 0
  for (const value of sorted) {
    let difference = value - last
    last = value
    while (difference >= 128) {
      out.push((difference % 128) | 128)
      difference = Math.floor(difference / 128)
    }
    out.push(difference)
  }
  return Buffer.from(out)
}

/**
 * A set of 32-bit hashes in ascending order (unsigned), each with its position: by their first 16 bits it is known where
 * they begin, so that only the last 16 bits of each are kept.
 */
export interface Hashes {
  /** Of each possible beginning and of the one behind the last: the position of the first hash. */
  readonly begins: Int32Array
  readonly rests: Uint16Array
}

export const makeHashes = (count: number): Hashes => ({
  begins: new Int32Array(0x10001),
  rests: new Uint16Array(count),
})

/**
 * Reads `count` differences between one hash and the next, as varints from `at`.
 * @returns the hashes, and where the differences end
 */
export const readHashes = (bytes: Uint8Array, at: number, count: number): { hashes: Hashes; end: number } => {
  const hashes = makeHashes(count)
  const { begins, rests } = hashes
  let end = at
  let hash = 0
  let next = 0
  for (let index = 0; index < count; index++) {
    let byte = bytes[end++]!
    let difference = byte & 127
    for (let bits = 7; byte >= 128; bits += 7) {
      byte = bytes[end++]!
      difference |= (byte & 127) << bits
    }
    hash = (hash + difference) | 0
    const beginning = hash >>> 16
    while (next <= beginning) begins[next++] = index
    rests[index] = hash & 0xffff
  }
  begins.fill(count, next)
  return { hashes, end }
}

export const eachHash = (
  { begins, rests }: Hashes,
  visit: (hash: number, position: number) => void,
): void => {
  for (let beginning = 0; beginning < 0x10000; beginning++) {
    const end = begins[beginning + 1]!
    for (let at = begins[beginning]!; at < end; at++) visit((beginning << 16) | rests[at]!, at)
  }
}

/** Position of a hash, -1 if it is none of them. */
export const positionOf = ({ begins, rests }: Hashes, hash: number): number => {
  const beginning = hash >>> 16
  const rest = hash & 0xffff
  const end = begins[beginning + 1]!
  for (let at = begins[beginning]!; at < end; at++) {
    const one = rests[at]!
    if (one >= rest) return one === rest ? at : -1
  }
  return -1
}

/**
 * A set of 32-bit hashes in ascending order (unsigned), each with its position: by their first 16 bits it is known where
 * they begin, so that only the last 16 bits of each are kept.
 */
export interface Hashes {
  /** Of each possible beginning and of the one behind the last: the position of the first hash. */
  readonly begins: Int32Array
  readonly rests: Uint16Array
}

/** Behind the last byte of `count` varints from `at`: seven bits a byte, the eighth says that another follows. */
export const endOfVarints = (bytes: Uint8Array, at: number, count: number): number => {
  let end = at
  for (let left = count; left > 0; end++) if (bytes[end]! < 128) left--
  return end
}

/** Visits `count` hashes, written from `at` as varints of the difference to the one before. */
export const eachHash = (
  bytes: Uint8Array,
  at: number,
  count: number,
  visit: (hash: number, position: number) => void,
): void => {
  let end = at
  let hash = 0
  for (let index = 0; index < count; index++) {
    let byte = bytes[end++]!
    let difference = byte & 127
    for (let bits = 7; byte >= 128; bits += 7) {
      byte = bytes[end++]!
      difference |= (byte & 127) << bits
    }
    hash = (hash + difference) | 0
    visit(hash, index)
  }
}

export const readHashes = (bytes: Uint8Array, at: number, count: number): Hashes => {
  const begins = new Int32Array(0x10001)
  const rests = new Uint16Array(count)
  let next = 0
  eachHash(bytes, at, count, (hash, index) => {
    const beginning = hash >>> 16
    while (next <= beginning) begins[next++] = index
    rests[index] = hash & 0xffff
  })
  begins.fill(count, next)
  return { begins, rests }
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

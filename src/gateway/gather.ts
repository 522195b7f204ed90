/**
 * Bytes that arrive in pieces, gathered in one buffer. A sender that drips single bytes costs what it sent,
 * not an object a byte.
 */
export interface Gather {
  /** @returns false, and keeps nothing of it, if the cap would be passed */
  add(chunk: Buffer): boolean
  /** What was gathered; a view, not a copy. */
  bytes(): Buffer
}

/**
 * @param cap most bytes
 * @param announced bytes that the sender said it would send, if it did
 * @param hold is told of each growth, in bytes, and may throw to stop it
 */
export const openGather = (
  cap: number,
  announced: number | undefined,
  hold: (bytes: number) => void,
): Gather => {
  let buffer: Buffer = Buffer.alloc(0)
  let length = 0
  const grow = (needed: number): void => {
    const size = Math.min(cap, Math.max(needed, announced ?? 0, buffer.length * 2, 1024))
    hold(size - buffer.length)
    const wider = Buffer.allocUnsafeSlow(size)
    buffer.copy(wider, 0, 0, length)
    buffer = wider
  }
  return {
    add(chunk) {
      const needed = length + chunk.length
      if (needed > cap) return false
      if (length === 0 && (announced === chunk.length || chunk.length >= 65_536)) {
        hold(chunk.length)
        buffer = chunk
      } else {
        if (needed > buffer.length) grow(needed)
        chunk.copy(buffer, length)
      }
      length = needed
      return true
    },
    bytes: () => buffer.subarray(0, length),
  }
}

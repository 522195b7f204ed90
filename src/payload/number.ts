import { Refused } from '../errors.ts'

/** No amount, count or identifier needs more; a longer spelling is an attack on whoever parses it. */
const longest = 1024

const digitsEnd = (source: string, from: number, stop: number): number => {
  let at = from
  for (let c = source.charCodeAt(at); c >= 48 && c <= 57; c = source.charCodeAt(++at)) {
    if (at >= stop) throw new Refused('PAYLOAD_TOO_COMPLEX')
  }
  if (at === from) throw new Refused('PAYLOAD_UNREADABLE')
  return at
}

/**
 * Where the JSON number (RFC 8259 §6) that begins at `from` ends.
 * @throws Refused `PAYLOAD_UNREADABLE`, `PAYLOAD_TOO_COMPLEX` (more than 1024 characters)
 */
export const numberEnd = (source: string, from: number): number => {
  const stop = from + longest
  let at = from
  if (source.charCodeAt(at) === 45) at++
  at = source.charCodeAt(at) === 48 ? at + 1 : digitsEnd(source, at, stop)
  let c = source.charCodeAt(at)
  if (c === 46) {
    at = digitsEnd(source, at + 1, stop)
    c = source.charCodeAt(at)
  }
  if (c === 101 || c === 69) {
    c = source.charCodeAt(++at)
    at = digitsEnd(source, c === 43 || c === 45 ? at + 1 : at, stop)
  }
  return at
}

/** Whether a text is one JSON number and nothing else. */
export const isNumber = (text: string): boolean => {
  try {
    return numberEnd(text, 0) === text.length
  } catch {
    return false
  }
}

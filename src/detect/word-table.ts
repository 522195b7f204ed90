import { MARK, folds, kinds } from './fold.ts'
import { hashStep } from './marks.ts'

/**
 * The one table that the scan asks about each word: a word's hash (computed while scanning, without making a string) leads to
 * its entry, and only a hit is compared with the text. Entries are columns that a start fills straight from the lists: an
 * object and strings for each of twenty thousand words would cost more than all else there.
 */

/** Room for entries and letters: memory that none reaches is never touched. */
export const mostEntries = 1 << 15
const mostLetters = 1 << 19

/** What each word may be, as bits (words.ts). */
const roles = new Int32Array(mostEntries)

/** The letters of all entries one behind the other, and where those of each begin. */
const letters = new Uint16Array(mostLetters)
const begins = new Int32Array(mostEntries + 1)
let count = 0

/** Open addressing, at most half full: pairs of hash and entry + 1. */
const size = 2 * mostEntries
const slots = new Int32Array(2 * size)
const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (size - 1)

/** Entry number of the word with this hash, or -1. Compares the text only on a hit. */
export const lookUp = (hash: number, text: string, start: number, end: number): number => {
  const table = slots
  for (let slot = slotOf(hash); ; slot = (slot + 1) & (size - 1)) {
    const index = table[2 * slot + 1]! - 1
    if (index < 0) return -1
    if (table[2 * slot] === hash && isSpelt(index, text, start, end)) return index
  }
}

/** As `foldsTo`. */
const isSpelt = (index: number, text: string, start: number, end: number): boolean => {
  const foldOf = folds
  const spelling = letters
  let read = begins[index]!
  const stop = begins[index + 1]!
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const folded = foldOf[code]!
    if (folded > 255) {
      if (spelling[read++] !== folded >> 8 || spelling[read++] !== (folded & 255)) return false
    } else if (folded > 0) {
      if (spelling[read++] !== folded) return false
    } else if (kinds[code] !== MARK && spelling[read++] !== code) return false
  }
  return read === stop
}

/** The entry of the word at this span, -1 if it has none; as the table has them, folded, without making a string. */
export const entryAt = (text: string, start: number, end: number): number =>
  lookUp(hashAt(text, start, end), text, start, end)

const hashAt = (text: string, start: number, end: number): number => {
  let hash = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const folded = folds[code]!
    if (folded > 255) hash = hashStep(hash, folded >> 8)
    if (folded > 0) hash = hashStep(hash, folded & 255)
    else if (kinds[code] !== MARK) hash = hashStep(hash, code)
  }
  return hash
}

/** The entry of the word at this span, made if there is none. */
export const enter = (text: string, start: number, end: number): number => {
  const hash = hashAt(text, start, end)
  const known = lookUp(hash, text, start, end)
  if (known >= 0) return known
  if (count === mostEntries || begins[count]! + 2 * (end - start) > mostLetters)
    throw new Error('the word table has no room for its words')
  let write = begins[count]!
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const folded = folds[code]!
    if (folded > 255) letters[write++] = folded >> 8
    if (folded > 0) letters[write++] = folded & 255
    else if (kinds[code] !== MARK) letters[write++] = code
  }
  let slot = slotOf(hash)
  while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & (size - 1)
  slots[2 * slot] = hash
  slots[2 * slot + 1] = ++count
  begins[count] = write
  return count - 1
}

/** Each word of a list, between white space, gets this role. */
export const mark = (list: string, role: number): void => {
  for (let at = 0; at < list.length; at++) {
    const start = at
    while (at < list.length && list.charCodeAt(at) > 0x20) at++
    if (at > start) addRole(enter(list, start, at), role)
  }
}

export const addRole = (entry: number, role: number): void => {
  roles[entry]! |= role
}

export const rolesOfEntry = (entry: number): number => roles[entry]!

/** As it is folded. */
export const spellingOf = (entry: number): string =>
  String.fromCharCode(...letters.subarray(begins[entry], begins[entry + 1]))

/** Numbers below this are entries. */
export const entryCount = (): number => count

import type { PolicyFault } from '../errors.ts'
import { visible } from './yaml-text.ts'

/** More would not be read; a file of a megabyte must not make a million sentences. */
const mostFaults = 200
const longestLine = 200

/** One line of a file, as written, cut to what a terminal shows. */
export const sourceLine = (text: string, line: number): string => {
  let start = 0
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', start)
    if (end < 0) return ''
    start = end + 1
  }
  const end = text.indexOf('\n', start)
  const whole = visible(text.slice(start, end < 0 ? text.length : end).replace(/\r$/, ''))
  return whole.length > longestLine ? `${whole.slice(0, longestLine)}…` : whole
}

/** A fault of a file as a whole: too large, unknown place, a link that leaves the folder. */
export const fileFault = (file: string, message: string, hint?: string): PolicyFault => ({
  file,
  line: 1,
  column: 1,
  message,
  source: '',
  ...(hint === undefined ? {} : { hint }),
})

/** By file, line and column; beyond 200 the last one says how many were left out. */
export const inOrder = (faults: readonly PolicyFault[]): readonly PolicyFault[] => {
  const sorted = faults.toSorted(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column ||
      (a.message < b.message ? -1 : 1),
  )
  const once = sorted.filter((fault, i) => {
    const before = sorted[i - 1]
    return (
      before === undefined ||
      before.file !== fault.file ||
      before.line !== fault.line ||
      before.column !== fault.column ||
      before.message !== fault.message
    )
  })
  if (once.length <= mostFaults) return once
  const last = once[mostFaults - 1] as PolicyFault
  return [
    ...once.slice(0, mostFaults - 1),
    { ...last, message: `and ${once.length - mostFaults + 1} more faults` },
  ]
}

/** Steps from one word to the other: insert, delete, change, swap neighbours; `cap + 1` if more than `cap`. */
const distance = (a: string, b: string, cap: number): number => {
  if (Math.abs(a.length - b.length) > cap) return cap + 1
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] as number) + 1)
      }
      row.push(least)
    }
    before = above
    above = row
  }
  return above[b.length] as number
}

/**
 * The known word that was probably meant, or none. Case and `-`/`_` are forgiven; else at most a third of
 * the letters, and never more than three, may be wrong.
 */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  if (word === '' || word.length > 64) return undefined
  const plain = (text: string): string => text.toLowerCase().replaceAll('-', '_').trim()
  const wanted = plain(word)
  const cap = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)))
  let best: string | undefined
  let least = cap + 1
  for (const candidate of known) {
    // Of one letter another letter is no misspelling.
    if (wanted.length === 1 && candidate.length === 1 && plain(candidate) !== wanted) continue
    const steps = distance(wanted, plain(candidate), cap)
    if (steps < least) {
      least = steps
      best = candidate
    }
  }
  return best
}

/** `did you mean "purposes"?`, or the list of what is known here if it is short, or nothing. */
export const didYouMean = (word: string, known: Iterable<string>): string | undefined => {
  const words = [...known]
  const near = nearest(word, words)
  if (near !== undefined) return `did you mean "${near}"?`
  return words.length > 0 && words.length <= 24 ? `known here: ${words.join(', ')}` : undefined
}

/** Keys of other languages, and what commas make of a text or a number in braces. */
export const keyHint = (key: string, known: readonly string[]): string | undefined => {
  if (key === 'then' || key === 'action') return known.includes('decide') ? 'write decide' : undefined
  if (key === 'if' || key === 'unless') return known.includes('when') ? 'write when' : undefined
  if (/^\d+$/.test(key)) return 'a number has a point, not a comma: 0.3'
  if (/[\s'’]/u.test(key)) return 'inside braces a text with a comma stands in quotes'
  return didYouMean(key, known)
}

/** The word that was probably meant by a misspelt one. */

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

import { MARK, fold, folds, kinds } from '../fold.ts'
import { eponymHeads, eponymTail, eponyms } from '../lexicon/eponyms.ts'
import { hashOf, hashStep, isMarked, makeMarks, mark } from '../marks.ts'
import { previousWord } from '../words.ts'

/** Some bits of the hashes of these names: most names are none of them, and no string is made of those. */
const marks = makeMarks()
for (const name of eponyms) mark(marks, hashOf(name))

/** Whether the first word of two letters or more may be one of them. */
const mayBe = (text: string, start: number, end: number): boolean => {
  let hash = 0
  let letters = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const folded = folds[code]!
    if (folded > 255) {
      hash = hashStep(hash, folded >> 8)
      letters++
    }
    if (folded > 0) {
      hash = hashStep(hash, folded & 255)
      letters++
    } else if (kinds[code] !== MARK) {
      if (letters > 1) break
      hash = letters = 0
    }
  }
  return letters > 1 && isMarked(marks, hash)
}

/** `enfermedad de Crohn`, `Murphy's sign`, `síndrome de Guillain-Barré`: what bears a doctor's name. */
export const isEponym = (text: string, start: number, end: number): boolean => {
  if (end - start > 24 || !mayBe(text, start, end)) return false
  const parts = fold(text.slice(start, end))
    .split(/[^a-z]+/)
    .filter((part) => part.length > 1)
  if (parts.length === 0 || !parts.every((part) => eponyms.has(part))) return false
  if (eponymTail.test(text.slice(end, end + 16))) return true
  let at = start
  for (let back = 0; back < 3; back++) {
    const before = previousWord(text, at)
    if (before === null) return false
    const word = fold(text.slice(before.start, before.end))
    if (eponymHeads.has(word)) return true
    if (back === 0 && !/^(?:de|del|di|da|do|du|d|von|van|of|autoinmune)$/.test(word)) return false
    at = before.start
  }
  return false
}

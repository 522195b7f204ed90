import { fold } from '../fold.ts'
import { eponymHeads, eponymTail, eponyms } from '../lexicon/eponyms.ts'
import { previousWord } from '../words.ts'

/** `enfermedad de Crohn`, `Murphy's sign`, `síndrome de Guillain-Barré`: what bears a doctor's name. */
export const isEponym = (text: string, start: number, end: number): boolean => {
  if (end - start > 24) return false
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

import type { Budget } from '../detect/budget.ts'
import type { Detector } from '../detect/classify.ts'
import { Refused } from '../errors.ts'
import type { Document } from '../model/document.ts'

/**
 * Identifiers of checksum or fixed form in an answer, as far as the work reaches: three numbers each, field, start
 * and end. Whoever wrote the answer decides how long this takes, so all texts together may cost so much and no more.
 * @param work in units of detect/budget.ts
 */
export const identifiersIn = (
  { fields }: Document,
  detector: Pick<Detector, 'identifiers'>,
  work: number,
): Int32Array<ArrayBuffer> => {
  const budget: Budget = { allowed: work, spent: 0 }
  const out: number[] = []
  try {
    for (const { index, kind, text } of fields)
      if (kind !== 'boolean')
        for (const { start, end } of detector.identifiers(text, budget)) out.push(index, start, end)
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
  }
  return Int32Array.from(out)
}

import { makeBudget } from '../../src/detect/budget.ts'
import type { TextKind, Tuning } from '../../src/detect/names/tagger/model.ts'
import type { Tagger } from '../../src/detect/names/tagger/tagger.ts'
import type { Doc } from './corpus.ts'

export const untuned: Readonly<Record<TextKind, Tuning>> = {
  prose: { threshold: 0.3, slope: 1, offset: 0 },
  form: { threshold: 0.3, slope: 1, offset: 0 },
  chat: { threshold: 0.3, slope: 1, offset: 0 },
}

interface Guess {
  readonly marginal: number
  readonly right: boolean
  /** Over a place, a firm or another span that is labelled, but no person: half as wrong for the threshold. */
  readonly neutral: boolean
  readonly weight: number
}

/** Texts of other kinds than these have fewer names: below the lowest, and beyond the highest, these tell nothing. */
const lowest = 0.3
const highest = 0.8
const enough = 0.84

const precisionAt = (list: readonly Guess[], threshold: number): number => {
  let right = 0
  let wrong = 0
  for (const one of list) {
    if (one.marginal < threshold) continue
    if (one.right) right += one.weight
    else wrong += one.neutral ? one.weight / 2 : one.weight
  }
  return right / Math.max(1e-9, right + wrong)
}

const odds = (p: number): number =>
  Math.log(Math.min(0.9999, Math.max(1e-4, p)) / (1 - Math.min(0.9999, Math.max(1e-4, p))))

/**
 * From texts that were not trained on: the lowest threshold of each kind of text at which enough of the spans are right (a
 * missed name leaves, a wrong one is a pseudonym too many), and the logistic curve that turns a marginal into the share of spans that are right.
 * Each corpus weighs the same.
 */
export const tune = (tagger: Tagger, docs: readonly Doc[]): Record<TextKind, Tuning> => {
  const guesses: Record<TextKind, Guess[]> = { prose: [], form: [], chat: [] }
  const sizes = new Map<string, number>()
  for (const doc of docs) {
    const key = `${doc.source}/${doc.lang}`
    sizes.set(key, (sizes.get(key) ?? 0) + doc.spans.filter((one) => one.type === 'PERSON').length)
  }
  for (const doc of docs) {
    const weight = 100 / Math.max(100, sizes.get(`${doc.source}/${doc.lang}`)!)
    for (const one of tagger.tag(doc.text, makeBudget(doc.text.length), 0.05)) {
      const under = doc.spans.filter(
        (span) => Math.min(span.end, one.end) - Math.max(span.start, one.start) >= (one.end - one.start) / 2,
      )
      const right = under.some(({ type }) => type === 'PERSON')
      guesses[one.kind].push({ marginal: one.marginal, right, neutral: !right && under.length > 0, weight })
    }
  }
  const of = (kind: TextKind): Tuning => {
    const list = guesses[kind]
    if (list.length < 50) return untuned[kind]
    let threshold = lowest
    while (threshold < highest && precisionAt(list, threshold) < enough) threshold += 0.02
    let slope = 1
    let offset = 0
    for (let round = 0; round < 400; round++) {
      let bySlope = 0
      let byOffset = 0
      let total = 0
      for (const { marginal, right, weight } of list) {
        const x = odds(marginal)
        const error = (right ? 1 : 0) - 1 / (1 + Math.exp(-(slope * x + offset)))
        bySlope += weight * error * x
        byOffset += weight * error
        total += weight
      }
      slope += (0.3 * bySlope) / total
      offset += (0.3 * byOffset) / total
    }
    const round = (value: number) => Math.round(value * 1000) / 1000
    return { threshold: Math.round(threshold * 100) / 100, slope: round(slope), offset: round(offset) }
  }
  return { prose: of('prose'), form: of('form'), chat: of('chat') }
}

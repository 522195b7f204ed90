/**
 * Presidio's HTTP API (microsoft.github.io/presidio/api-docs): POST /analyze {text, language} →
 * [{entity_type, start, end, score}], whose offsets count Python's code points. Whatever else it answers, or does not
 * answer in time, refuses the payload: a finding that we were promised and did not get must not be missing.
 */
import type { Analysed, Analyser } from '../detect/analyser.ts'
import { Refused } from '../errors.ts'
import { entities } from './entities.ts'
import { openParty } from './exchange.ts'
import type { PartyOptions, PartySettings } from './exchange.ts'

export interface AnalyserSettings {
  /** `http(s)://host[:port][/prefix]`; plain http and private addresses only as a dial exception. */
  readonly url: string
  readonly language: string
  /** For one text. */
  readonly timeout_ms: number
}

/** Characters of one question; a longer text is asked in parts that end at a line or a space. */
const longestText = 100_000
/** Bytes of one answer. */
const longestAnswer = 4_194_304
/** Findings of one question; of a short text fewer: one a character, and some. */
const mostFindings = 20_000
const mostIn = (text: string): number => Math.min(mostFindings, 20 + text.length)
/** Findings of one payload, which are all in memory at once. */
const mostInAll = 500_000
/** Questions at once: as many as a party has connections. */
const atOnce = 4

const failed = (): Refused => new Refused('CLASSIFY_FAILED')

export interface PresidioAnalyser extends Analyser {
  close(): Promise<void>
}

export const openPresidio = (
  { url, language, timeout_ms }: AnalyserSettings,
  settings: PartySettings,
  options: PartyOptions = {},
): PresidioAnalyser => {
  const limits = { ...options, patienceMs: timeout_ms, most: longestAnswer }
  const party = openParty(`${url.replace(/\/$/, '')}/analyze`, settings, limits)

  const ask = async (text: string): Promise<Analysed[]> => {
    try {
      const { status, type, body } = await party.post('application/json', JSON.stringify({ text, language }))
      if (status !== 200 || type !== 'application/json') throw failed()
      return readAnswer(text, JSON.parse(body.toString('utf8')))
    } catch {
      // What it says may hold the text: nothing of it goes on.
      throw failed()
    }
  }
  const whole = async (text: string, signal: AbortSignal | undefined): Promise<Analysed[]> => {
    const out: Analysed[] = []
    for (const { start, end } of partsOf(text)) {
      signal?.throwIfAborted()
      for (const one of await ask(text.slice(start, end)))
        out.push({ ...one, start: one.start + start, end: one.end + start })
    }
    return out
  }

  return {
    async analyse(texts, signal) {
      const out: Analysed[][] = []
      const state = { next: 0, broken: false, found: 0 }
      const turn = async (): Promise<void> => {
        try {
          for (let at = state.next++; at < texts.length && !state.broken; at = state.next++) {
            const found = await whole(texts[at]!, signal)
            state.found += found.length
            if (state.found > mostInAll) throw failed()
            out[at] = found
          }
        } catch (error) {
          state.broken = true
          throw error
        }
      }
      const turns = Array.from({ length: Math.min(atOnce, texts.length) }, turn)
      for (const one of await Promise.allSettled(turns))
        if (one.status === 'rejected') throw one.reason as Error
      return out
    },
    close: () => party.close(),
  }
}

/** Stretches of at most `longestText` characters, cut at the last line end or space, never within a pair. */
export const partsOf = (text: string, longest = longestText): { start: number; end: number }[] => {
  const parts: { start: number; end: number }[] = []
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + longest)
    if (end < text.length) {
      const half = start + longest / 2
      const cut = Math.max(text.lastIndexOf('\n', end), text.lastIndexOf(' ', end))
      if (cut > half) end = cut
      else if ((text.charCodeAt(end) & 0xfc00) === 0xdc00) end--
    }
    parts.push({ start, end })
    start = end
  }
  return parts
}

interface Row {
  readonly entity_type: string
  readonly start: number
  readonly end: number
  readonly score: number
}
const isRow = (value: unknown): value is Row => {
  const { entity_type, start, end, score } = (value ?? {}) as Partial<Row>
  return (
    typeof entity_type === 'string' &&
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    typeof score === 'number' &&
    score >= 0 &&
    score <= 1
  )
}

/** @throws Refused CLASSIFY_FAILED for anything that is not what the API promises, spans outside the text too */
const readAnswer = (text: string, answer: unknown): Analysed[] => {
  if (!Array.isArray(answer) || answer.length > mostIn(text) || !answer.every(isRow)) throw failed()
  const offsets = codePoints(text)
  return answer.flatMap(({ entity_type: type, start, end, score }: Row) => {
    const from = offsets(start)
    const to = offsets(end)
    if (from === undefined || to === undefined || from >= to) throw failed()
    const category = Object.hasOwn(entities, type) ? entities[type] : undefined
    return category === undefined
      ? []
      : [
          {
            start: from,
            end: to,
            category,
            confidence: score,
            recogniser: `analyser:${type.toLowerCase()}`,
            evidence: 'found by the analyser',
          },
        ]
  })
}

/** From Python's offsets, in code points, to UTF-16; undefined beyond the text. */
const codePoints = (text: string): ((at: number) => number | undefined) => {
  if (!/[\ud800-\udfff]/.test(text)) return (at) => (at >= 0 && at <= text.length ? at : undefined)
  const places = [0]
  let at = 0
  for (const sign of text) places.push((at += sign.length))
  return (wanted) => places[wanted]
}

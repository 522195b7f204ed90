/** Reads a date as people and systems write it, as far as its year, and its month where that is certain. */
export interface YearMonth {
  readonly year: number
  /** 1 … 12 */
  readonly month?: number
}

const monthWords: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen', 'ian', 'sty'],
  ['feb', 'fev', 'lut'],
  ['mar', 'mae', 'mrt'],
  ['apr', 'avr', 'abr', 'kwi'],
  ['may', 'mai', 'mag', 'mei', 'maj'],
  ['jun', 'juin', 'giu', 'iun', 'cze'],
  ['jul', 'juil', 'lug', 'iul', 'lip'],
  ['aug', 'aou', 'ago', 'sie'],
  ['sep', 'set', 'wrz'],
  ['oct', 'okt', 'ott', 'out', 'paz'],
  ['nov', 'lis', 'noi'],
  ['dec', 'dez', 'dic', 'gru'],
]

const monthOfWord = (word: string): number | undefined => {
  const folded = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  if (folded.startsWith('juin')) return 6
  if (folded.startsWith('juil')) return 7
  const found = monthWords.findIndex((starts) => starts.some((start) => folded.startsWith(start)))
  return found < 0 ? undefined : found + 1
}

const dated = (year: string, month: number | undefined, now: Date): YearMonth | undefined => {
  let value = Number(year)
  // Two digits: the last hundred years.
  if (year.length === 2) value += value > now.getUTCFullYear() % 100 ? 1900 : 2000
  if (value < 1850 || value > 2150) return undefined
  return month !== undefined && month >= 1 && month <= 12 ? { year: value, month } : { year: value }
}

const inRange = (day: string, month: string): boolean =>
  Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12

/** Each form is anchored, so that nothing else in the text can be taken for a date. */
const forms: readonly ((text: string, now: Date) => YearMonth | undefined)[] = [
  // 1985-03-12, 1985/03/12, 1985-03, 1985-03-12T00:00:00Z
  (text, now) => {
    const m = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ][\d:.,+\-Z]*)?)?$/.exec(text)
    return m && inRange(m[3] ?? '1', m[2]!) ? dated(m[1]!, Number(m[2]), now) : undefined
  },
  // 12/03/1985, 12.3.85, 12-03-1985; 03/25/1985 where only that can be meant
  (text, now) => {
    const m = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?: [\d:]+)?$/.exec(text)
    if (m === null) return undefined
    if (inRange(m[1]!, m[3]!)) return dated(m[4]!, Number(m[3]), now)
    return inRange(m[3]!, m[1]!) ? dated(m[4]!, Number(m[1]), now) : undefined
  },
  // 03/1985
  (text, now) => {
    const m = /^(\d{1,2})[-/.](\d{4})$/.exec(text)
    return m && inRange('1', m[1]!) ? dated(m[2]!, Number(m[1]), now) : undefined
  },
  // 19850312, 12031985
  (text, now) => {
    const m = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
    if (m && inRange(m[3]!, m[2]!)) {
      const read = dated(m[1]!, Number(m[2]), now)
      if (read !== undefined) return read
    }
    const n = /^(\d{2})(\d{2})(\d{4})$/.exec(text)
    return n && inRange(n[1]!, n[2]!) ? dated(n[3]!, Number(n[2]), now) : undefined
  },
  // 1985
  (text, now) => (/^\d{4}$/.test(text) ? dated(text, undefined, now) : undefined),
  // 12 mars 1985, 1er mars 1985, 12. März 1985, mars 1985, 12 de março de 1985
  (text, now) => {
    const m =
      /^(?:\p{L}+,? )?(?:\d{1,2}(?:er|re|st|nd|rd|th|\.)? )?(?:de )?(\p{L}{3,12})\.? (?:de )?(\d{4})$/iu.exec(
        text,
      )
    const month = m && monthOfWord(m[1]!)
    return m && month ? dated(m[2]!, month, now) : undefined
  },
  // March 12, 1985
  (text, now) => {
    const m = /^(\p{L}{3,12})\.? \d{1,2}(?:st|nd|rd|th)?,? (\d{4})$/iu.exec(text)
    const month = m && monthOfWord(m[1]!)
    return m && month ? dated(m[2]!, month, now) : undefined
  },
]

const longest = 40

export const readDate = (text: string, now: Date): YearMonth | undefined => {
  const trimmed = text.trim().replace(/\s+/g, ' ')
  if (trimmed.length > longest) return undefined
  for (const form of forms) {
    const read = form(trimmed, now)
    if (read !== undefined) return read
  }
  return undefined
}

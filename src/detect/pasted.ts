import { spend } from './budget.ts'
import { type Found, type Site, put } from './found.ts'
import { keyed } from './keyed.ts'
import { meaningOf } from './lexicon.ts'
import type { Category } from '../model/category.ts'

/**
 * Tables that somebody pasted into a text: rows with the same number of cells, a header above or none. The header
 * says what its column holds, as it does in a CSV file; a row that names a person and one day says when he was born.
 */

interface Cell {
  readonly start: number
  readonly end: number
  readonly text: string
}

const signs = ['\t', '|', ';', ','] as const
/** Rows of fewer cells are sentences with a comma. */
const fewest = 3
const longestRow = 2_000
const longestHead = 40

/** The cells of a row that begins at `from`, without blanks and quotes around them; signs within quotes part nothing. */
const cellsOf = (line: string, from: number, sign: string): Cell[] => {
  const cells: Cell[] = []
  let start = 0
  const quotes = sign !== '|' && line.includes('"')
  let quoted = false
  for (let at = 0; at <= line.length; at++) {
    if (!quotes) {
      const next = line.indexOf(sign, at)
      at = next < 0 ? line.length : next
    } else if (at < line.length) {
      const next = line.charAt(at)
      if (next === '"') quoted = !quoted
      if (next !== sign || quoted) continue
    }
    cells.push(trimmed(line, from, start, at))
    start = at + 1
  }
  // `| a | b |`: what stands outside the bars is no cell.
  if (sign === '|' && cells.length > 2) {
    if (cells[0]!.text === '') cells.shift()
    if (cells.at(-1)!.text === '') cells.pop()
  }
  return cells
}

const trimmed = (line: string, from: number, first: number, last: number): Cell => {
  let start = first
  let end = last
  while (start < end && isAround(line.charCodeAt(start))) start++
  while (end > start && isAround(line.charCodeAt(end - 1))) end--
  return { start: from + start, end: from + end, text: line.slice(start, end) }
}

/** White space and quotes. */
const isAround = (code: number): boolean =>
  code === 0x20 ||
  code === 0x22 ||
  (code >= 0x09 && code <= 0x0d) ||
  (code > 0x7f && /\s/.test(String.fromCharCode(code)))

/** `|---|:--|` of Markdown, `+----+` of a console. */
const isRule = (line: string): boolean => /^[\s|:+=-]+$/.test(line)

/** Two names of columns that mean something, and no value among them. */
const isHead = (cells: readonly Cell[]): boolean =>
  cells.every(
    ({ text }) =>
      text.length <= longestHead && /^[\p{L}\p{N} _./'’()#°º-]*$/u.test(text) && !/\d{3}/.test(text),
  ) && cells.filter(({ text }) => text !== '' && meaningOf(text).category !== null).length >= 2

const signOf = (line: string): string | undefined =>
  signs.find((sign) => {
    const first = line.indexOf(sign)
    return first >= 0 && line.includes(sign, first + 1)
  })

/** Raise it when the meaning of what is found here changes. */
export const pastedRevision = 1

export const findPasted = (site: Site): void => {
  const { text } = site
  if (site.fixedOnly || !/[\t|;,]/.test(text)) return
  spend(site.budget, text.length)
  let sign: string | undefined
  let head: readonly Cell[] | null = null
  let people: People | null = null
  for (let from = 0; from < text.length;) {
    let to = text.indexOf('\n', from)
    if (to < 0) to = text.length
    const line = text.slice(from, Math.min(to, from + longestRow))
    const begin = from
    from = to + 1
    if (isRule(line) || to - begin > longestRow) continue
    if (head !== null && sign !== undefined) {
      const cells = cellsOf(line, begin, sign)
      if (cells.length === head.length) {
        readRow(site, head, cells)
        continue
      }
      head = null
    }
    sign = signOf(line)
    if (sign === undefined) continue
    const cells = cellsOf(line, begin, sign)
    if (isHead(cells)) head = cells
    else if (cells.length > fewest) {
      people ??= new Map(site.found.filter(isPersons).map((one) => [spanOf(one), one.category]))
      readRecord(site, cells, people)
    }
  }
}

const readRow = (site: Site, head: readonly Cell[], cells: readonly Cell[]): void => {
  spend(site.budget, 10 * cells.length)
  cells.forEach(({ start, end, text }, at) => {
    const key = head[at]!.text
    if (text === '' || key === '') return
    const { found } = keyed({ index: 0, part: 'body', place: 'leaf', kind: 'text', path: null, key, text })
    if (found === null || found.confidence < 0.5) return
    // A part of the field: only a finding of the whole is its key's.
    put(site.found, { ...found, start, end, recogniser: 'column', evidence: `column, ${found.evidence}` })
  })
}

/** What identifies a person, by its span. */
type People = ReadonlyMap<number, Category>
/** A number for each span of a text of less than 2^26 signs. */
const spanOf = ({ start, end }: { start: number; end: number }): number => start * 2 ** 26 + end

const isPersons = ({ category, confidence }: Found): boolean =>
  confidence >= 0.5 &&
  (category === 'name' ||
    category === 'contact.email' ||
    category === 'contact.phone' ||
    category === 'id.national')

/** A day on which somebody alive may have been born. */
const birthday =
  /^(?:(?:19[2-9]\d|200\d|201[0-5])[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19[2-9]\d|200\d|201[0-5]))$/
const fourByFour = /^\d{4}([ -])\d{4}\1\d{4}\1\d{4}$/

/** `Nicole King|259-79-7459|1989-04-16|nicole@…`: a name, another thing of that person, and one day. */
const readRecord = (site: Site, cells: readonly Cell[], people: People): void => {
  const of = cells.map((cell) => people.get(spanOf(cell)))
  if (!of.includes('name') || of.every((one) => one === 'name' || one === undefined)) return
  const days = cells.filter(({ text }) => birthday.test(text))
  for (const { start, end, text } of cells) {
    const born = days.length === 1 && days[0]!.start === start
    if (!born && !fourByFour.test(text)) continue
    put(site.found, {
      start,
      end,
      category: born ? 'birth.date' : 'fin.card',
      confidence: 0.6,
      recogniser: 'column',
      evidence: born
        ? 'the one day in the record of a person'
        : 'four by four digits in the record of a person',
    })
  }
}

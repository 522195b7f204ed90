/**
 * The patterns of own recognisers: what can be matched by an automaton that never goes back. Literals, classes
 * (`[A-Z0-9]`, `[^ ]`), `\d \w \s`, `.`, groups, alternatives, and repetitions that say how many: `?`, `{6}`, `{2,8}`.
 * No `*`, `+`, look-around or back-reference: a match has a longest length, and begins and ends at the edge of a word.
 */

/** UTF-16 code units from … to, both included, in order and apart. */
export type Range = readonly [from: number, to: number]

export type Piece =
  | { readonly is: 'class'; readonly ranges: readonly Range[] }
  | { readonly is: 'all'; readonly parts: readonly Piece[] }
  | { readonly is: 'any'; readonly parts: readonly Piece[] }
  | { readonly is: 'repeat'; readonly part: Piece; readonly least: number; readonly most: number }

/** What is wrong with a pattern, where (from 0), and what would be right. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault'
  readonly at: number
  readonly hint: string | undefined
  constructor(message: string, at: number, hint?: string) {
    super(message)
    this.at = at
    this.hint = hint
  }
}

export const longestPattern = 200
export const longestMatch = 128
const deepest = 10

const digit: readonly Range[] = [[0x30, 0x39]]
const word: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]
const space: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x202f, 0x202f],
]
const escapes: Readonly<Record<string, readonly Range[]>> = { d: digit, w: word, s: space }

/** In order, overlapping ones joined. */
export const joined = (ranges: readonly Range[]): Range[] => {
  const out: [number, number][] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}

const without = (ranges: readonly Range[]): Range[] => {
  const out: Range[] = []
  let from = 0
  for (const [start, end] of joined(ranges)) {
    if (start > from) out.push([from, start - 1])
    from = end + 1
  }
  if (from <= 0xffff) out.push([from, 0xffff])
  return out
}

/** Both cases of each letter; other scripts than Latin keep theirs. */
const bothCases = (ranges: readonly Range[]): Range[] => {
  const out: Range[] = [...ranges]
  for (const [from, to] of ranges)
    for (let code = from; code <= Math.min(to, 0x17f); code++) {
      const text = String.fromCharCode(code)
      for (const other of [text.toLowerCase(), text.toUpperCase()])
        if (other.length === 1) out.push([other.charCodeAt(0), other.charCodeAt(0)])
    }
  return joined(out)
}

const hints: Readonly<Record<string, string>> = {
  '*': 'say how many: {0,20}',
  '+': 'say how many: {1,20}',
  '^': 'leave it out: a match begins at the edge of a word',
  $: 'leave it out: a match ends at the edge of a word',
}

/** @throws PatternFault */
export const parsePattern = (text: string, anyCase: boolean): Piece => {
  if (text.length > longestPattern)
    throw new PatternFault(`the pattern is longer than ${longestPattern} characters`, longestPattern)
  let at = 0
  const fail = (message: string, hint?: string, where = at): never => {
    throw new PatternFault(message, where, hint)
  }
  const of = (ranges: readonly Range[]): Piece => ({
    is: 'class',
    ranges: anyCase ? bothCases(ranges) : joined(ranges),
  })
  const one = (code: number): readonly Range[] => [[code, code]]

  const escaped = (): readonly Range[] => {
    const sign = text[at + 1] ?? fail('a backslash stands at the end')
    const known = escapes[sign]
    if (known === undefined && /[\p{L}\p{N}]/u.test(sign))
      fail(`\\${sign} is not known`, 'known are \\d, \\w, \\s, and a backslash before a sign: \\.')
    at += 2
    return known ?? one(sign.charCodeAt(0))
  }
  const klass = (): Piece => {
    const start = at++
    const not = text[at] === '^'
    if (not) at++
    const ranges: Range[] = []
    for (;;) {
      const sign = text[at] ?? fail('this class is not closed', 'close it with ]', start)
      if (sign === ']') break
      if (sign === '\\') {
        ranges.push(...escaped())
        continue
      }
      const from = sign.charCodeAt(0)
      const to = text[at + 1] === '-' && text[at + 2] !== ']' ? text[at + 2] : undefined
      if (to !== undefined) {
        if (to === '\\' || to.charCodeAt(0) < from)
          fail(`${sign}-${to} is no range`, 'write the smaller one first')
        ranges.push([from, to.charCodeAt(0)])
        at += 3
      } else {
        ranges.push([from, from])
        at++
      }
    }
    at++
    if (ranges.length === 0) fail('this class is empty', undefined, start)
    return of(not ? without([...ranges, [0x0a, 0x0d]]) : ranges)
  }
  const atom = (depth: number): Piece => {
    const sign = text[at]!
    if (sign === '(') {
      const start = at++
      if (text[at] === '?') {
        if (text[at + 1] !== ':') fail('only plain groups are known', '(…) or (?:…)', start)
        at += 2
      }
      if (depth >= deepest) fail('groups nest too deeply')
      const inside = alternatives(depth + 1)
      if (text[at] !== ')') fail('this group is not closed', 'close it with )', start)
      at++
      return inside
    }
    if (sign === '[') return klass()
    if (sign === '\\') return of(escaped())
    if (sign === '.') {
      at++
      return of(without([[0x0a, 0x0d]]))
    }
    const hint = hints[sign]
    if (hint !== undefined) fail(`${sign} is not known here`, hint)
    if (sign === '{' || sign === '}' || sign === '?')
      fail(`there is nothing before ${sign}`, `write \\${sign} if you mean the sign`)
    at++
    return of(one(sign.charCodeAt(0)))
  }
  const repeated = (part: Piece): Piece => {
    const start = at
    if (text[at] === '?') {
      at++
      return { is: 'repeat', part, least: 0, most: 1 }
    }
    if (text[at] !== '{') return part
    const found =
      /^\{(\d{1,3})(?:,(\d{1,3}))?\}/.exec(text.slice(at)) ??
      fail('this repetition is not known', '{6} or {2,8}')
    const least = Number(found[1])
    const most = Number(found[2] ?? found[1])
    if (most < least || most > longestMatch)
      fail(`a repetition goes from fewer to more, at most ${longestMatch}`, '{2,8}', start)
    at += found[0].length
    return { is: 'repeat', part, least, most }
  }
  const sequence = (depth: number): Piece => {
    const parts: Piece[] = []
    while (at < text.length && text[at] !== '|' && text[at] !== ')') {
      let part = repeated(atom(depth))
      while (text[at] === '?' || text[at] === '{')
        part = fail('a repetition is repeated', 'put it in a group')
      parts.push(part)
    }
    return { is: 'all', parts }
  }
  const alternatives = (depth: number): Piece => {
    const parts = [sequence(depth)]
    while (text[at] === '|') {
      at++
      parts.push(sequence(depth))
    }
    return parts.length === 1 ? parts[0]! : { is: 'any', parts }
  }

  const whole = alternatives(0)
  if (at < text.length) fail('a bracket is closed that was not opened', 'write \\) if you mean the sign')
  const [least, most] = lengths(whole)
  if (least === 0)
    throw new PatternFault('the pattern fits nothing at all', 0, 'something in it must be there')
  if (most > longestMatch)
    throw new PatternFault(`a match could be ${most} characters long`, 0, `at most ${longestMatch}`)
  return whole
}

/** Fewest and most characters of a match. */
const lengths = (piece: Piece): readonly [number, number] => {
  switch (piece.is) {
    case 'class':
      return [1, 1]
    case 'repeat': {
      const [least, most] = lengths(piece.part)
      return [least * piece.least, most * piece.most]
    }
    case 'all':
      return piece.parts.map(lengths).reduce<[number, number]>((a, b) => [a[0] + b[0], a[1] + b[1]], [0, 0])
    case 'any': {
      const all = piece.parts.map(lengths)
      return [Math.min(...all.map(([least]) => least)), Math.max(...all.map(([, most]) => most))]
    }
  }
}

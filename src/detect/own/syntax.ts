/**
 * The patterns of own recognisers: what can be matched by an automaton that never goes back. Literals, classes
 * (`[A-Z0-9]`, `[^ ]`), `\d \w \s`, `.`, groups, alternatives, and repetitions that say how many: `?`, `{6}`, `{2,8}`.
 * No `*`, `+`, look-around or back-reference: a match has a longest length, and begins and ends at the edge of a word.
 */
import type { Both } from '../../lang.ts'

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
  readonly says: Both
  readonly at: number
  readonly hint: Both | undefined
  constructor(says: Both, at: number, hint?: Both) {
    super(says.en)
    this.says = says
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

const sayHowMany = (example: string): Both => ({
  en: `say how many: ${example}`,
  fr: `précisez combien : ${example}`,
})
const meanTheSign = (sign: string): Both => ({
  en: `write \\${sign} if you mean the sign`,
  fr: `écrivez \\${sign} s'il s'agit du signe`,
})

const hints: Readonly<Record<string, Both>> = {
  '*': sayHowMany('{0,20}'),
  '+': sayHowMany('{1,20}'),
  '^': {
    en: 'leave it out: a match begins at the edge of a word',
    fr: "omettez-le : ce qui correspond commence au bord d'un mot",
  },
  $: {
    en: 'leave it out: a match ends at the edge of a word',
    fr: "omettez-le : ce qui correspond finit au bord d'un mot",
  },
}

/** @throws PatternFault */
export const parsePattern = (text: string, anyCase: boolean): Piece => {
  if (text.length > longestPattern)
    throw new PatternFault(
      {
        en: `the pattern is longer than ${longestPattern} characters`,
        fr: `le motif dépasse ${longestPattern} caractères`,
      },
      longestPattern,
    )
  let at = 0
  const fail = (says: Both, hint?: Both, where = at): never => {
    throw new PatternFault(says, where, hint)
  }
  const of = (ranges: readonly Range[]): Piece => ({
    is: 'class',
    ranges: anyCase ? bothCases(ranges) : joined(ranges),
  })
  const one = (code: number): readonly Range[] => [[code, code]]

  const escaped = (): readonly Range[] => {
    const sign =
      text[at + 1] ??
      fail({ en: 'a backslash stands at the end', fr: 'une barre oblique inverse se trouve à la fin' })
    const known = escapes[sign]
    if (known === undefined && /[\p{L}\p{N}]/u.test(sign))
      fail(
        { en: `\\${sign} is not known`, fr: `\\${sign} n'est pas connu` },
        {
          en: 'known are \\d, \\w, \\s, and a backslash before a sign: \\.',
          fr: 'sont connus \\d, \\w, \\s, et une barre oblique inverse devant un signe : \\.',
        },
      )
    at += 2
    return known ?? one(sign.charCodeAt(0))
  }
  const klass = (): Piece => {
    const start = at++
    const not = text[at] === '^'
    if (not) at++
    const ranges: Range[] = []
    for (;;) {
      const sign =
        text[at] ??
        fail(
          { en: 'this class is not closed', fr: "cette classe n'est pas fermée" },
          { en: 'close it with ]', fr: 'fermez-la par ]' },
          start,
        )
      if (sign === ']') break
      if (sign === '\\') {
        ranges.push(...escaped())
        continue
      }
      const from = sign.charCodeAt(0)
      const to = text[at + 1] === '-' && text[at + 2] !== ']' ? text[at + 2] : undefined
      if (to !== undefined) {
        if (to === '\\' || to.charCodeAt(0) < from)
          fail(
            { en: `${sign}-${to} is no range`, fr: `${sign}-${to} n'est pas un intervalle` },
            { en: 'write the smaller one first', fr: "écrivez le plus petit d'abord" },
          )
        ranges.push([from, to.charCodeAt(0)])
        at += 3
      } else {
        ranges.push([from, from])
        at++
      }
    }
    at++
    if (ranges.length === 0)
      fail({ en: 'this class is empty', fr: 'cette classe est vide' }, undefined, start)
    return of(not ? without([...ranges, [0x0a, 0x0d]]) : ranges)
  }
  const atom = (depth: number): Piece => {
    const sign = text[at]!
    if (sign === '(') {
      const start = at++
      if (text[at] === '?') {
        if (text[at + 1] !== ':')
          fail(
            { en: 'only plain groups are known', fr: 'seuls les groupes simples sont connus' },
            { en: '(…) or (?:…)', fr: '(…) ou (?:…)' },
            start,
          )
        at += 2
      }
      if (depth >= deepest)
        fail({ en: 'groups nest too deeply', fr: 'les groupes sont trop profondément imbriqués' })
      const inside = alternatives(depth + 1)
      if (text[at] !== ')')
        fail(
          { en: 'this group is not closed', fr: "ce groupe n'est pas fermé" },
          { en: 'close it with )', fr: 'fermez-le par )' },
          start,
        )
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
    if (hint !== undefined) fail({ en: `${sign} is not known here`, fr: `${sign} n'est pas connu ici` }, hint)
    if (sign === '{' || sign === '}' || sign === '?')
      fail({ en: `there is nothing before ${sign}`, fr: `il n'y a rien avant ${sign}` }, meanTheSign(sign))
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
      fail(
        { en: 'this repetition is not known', fr: "cette répétition n'est pas connue" },
        { en: '{6} or {2,8}', fr: '{6} ou {2,8}' },
      )
    const least = Number(found[1])
    const most = Number(found[2] ?? found[1])
    if (most < least || most > longestMatch)
      fail(
        {
          en: `a repetition goes from fewer to more, at most ${longestMatch}`,
          fr: `une répétition va du moins au plus, jusqu'à ${longestMatch}`,
        },
        { en: 'such as {2,8}', fr: 'par exemple {2,8}' },
        start,
      )
    at += found[0].length
    return { is: 'repeat', part, least, most }
  }
  const sequence = (depth: number): Piece => {
    const parts: Piece[] = []
    while (at < text.length && text[at] !== '|' && text[at] !== ')') {
      let part = repeated(atom(depth))
      while (text[at] === '?' || text[at] === '{')
        part = fail(
          { en: 'a repetition is repeated', fr: 'une répétition est répétée' },
          { en: 'put it in a group', fr: 'mettez-la dans un groupe' },
        )
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
  if (at < text.length)
    fail(
      {
        en: 'a bracket is closed that was not opened',
        fr: 'une parenthèse est fermée sans avoir été ouverte',
      },
      meanTheSign(')'),
    )
  const [least, most] = lengths(whole)
  if (least === 0)
    throw new PatternFault(
      { en: 'the pattern fits nothing at all', fr: 'le motif accepte aussi un texte vide' },
      0,
      { en: 'something in it must be there', fr: 'il faut que quelque chose y soit obligatoire' },
    )
  if (most > longestMatch)
    throw new PatternFault(
      {
        en: `a match could be ${most} characters long`,
        fr: `ce qui correspond pourrait compter ${most} caractères`,
      },
      0,
      { en: `at most ${longestMatch}`, fr: `${longestMatch} au plus` },
    )
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

/**
 * Where a restored value would travel on by itself: URLs of origins that are neither the gateway's nor in the
 * register (design §5, Answers). A browser or mail program follows an image before anybody has looked. In
 * doubt a stretch counts as such a URL: the pseudonym stays, and is reported.
 */
import { atOnce } from '../model/pieces.ts'

const slash = String.raw`(?:[\\/]|%(?:25)?(?:2f|5c)|&#0*(?:47|92);?|&#x0*(?:2f|5c);?|&(?:sol|bsol);)`
const colon = String.raw`(?::|%(?:25)?3a|&#0*58;?|&#x0*3a;?|&colon;)`
/** `https://`, `https:\\`, `https:/x`, `https:x`, `mailto:`; any other scheme with an authority. */
const absolute = String.raw`(?<![a-z0-9+.-])(?:https?|wss?|ftps?|mailto|data|javascript)${colon}|[a-z][a-z0-9+.-]{0,30}${colon}${slash}`
/** `//host`, `/\host`; after a letter, digit or slash it is the middle of a path. */
const relative = String.raw`(?<![\p{L}\p{N}:/\\])${slash}{2}`
const whole = new RegExp(`${absolute}|${relative}`, 'iuy')
/** Every URL has one of these, and a scheme none. */
const marks = /[:/\\%&]/g
const schemeLetter = /[a-z]/iu
const schemeSign = /[a-z0-9+.-]/iu
/** Characters of the longest scheme that is looked for. */
const longestScheme = 31

interface Start {
  readonly start: number
  /** After what made it one: the search goes on here. */
  readonly after: number
}

/**
 * The URL whose first mark is at `mark`: at most one scheme can belong to it, the longest that is not too long, so
 * nothing is tried twice and a text of letters costs nothing.
 */
const startAt = (text: string, mark: number, from: number): Start | undefined => {
  let scheme = -1
  for (let at = mark - 1; at >= from && mark - at <= longestScheme; at--) {
    const sign = text[at]!
    if (!schemeSign.test(sign)) break
    if (schemeLetter.test(sign)) scheme = at
  }
  for (const start of scheme < 0 ? [mark] : [scheme, mark]) {
    whole.lastIndex = start
    if (whole.test(text)) return { start, after: whole.lastIndex }
  }
  return undefined
}

const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '(': ')',
  '<': '>',
  '[': ']',
}
const ends = /[\s"'`<>]/g

/** Asked from left to right: where the next one is, looked for once. */
const looker = (find: (at: number) => number): ((at: number) => number) => {
  let from = 0
  let found = -1
  return (at) => {
    if (at < from || at > found) [from, found] = [at, find(at)]
    return found
  }
}

/** Where the URL that starts at `at` ends: with what opened it, else at the next space, quote or bracket. */
const endsIn = (text: string): ((at: number) => number) => {
  const bareEnd = looker((at) => {
    ends.lastIndex = at
    return ends.exec(text)?.index ?? text.length
  })
  const closed = new Map<string, (at: number) => number>()
  return (at) => {
    let before = at - 1
    while (before >= 0 && at - before < 50 && /\s/.test(text[before]!)) before--
    const close = closing[text[before] ?? '']
    if (close === undefined) return bareEnd(at)
    let next = closed.get(close)
    if (next === undefined)
      closed.set(
        close,
        (next = looker((from) => {
          const found = text.indexOf(close, from)
          return found < 0 ? text.length : found
        })),
      )
    // Brackets may stand inside a URL, so it lasts at least as long as a bare one.
    return Math.max(next(at), bareEnd(at))
  }
}

/** Characters of a URL that are read for its origin. */
const longestOrigin = 2_000

/** undefined if it has none, or if it goes on beyond what is read: then what is read may be a user name. */
const originOf = (text: string, start: number, end: number): string | undefined => {
  const read = text.slice(start, Math.min(end, start + longestOrigin))
  return end > start + longestOrigin && !/[\\/]{2}[^\\/?#]*[\\/?#]/.test(read) ? undefined : spelt(read)
}

const spelt = (url: string): string | undefined => {
  const written = url
    .replace(/[\t\r\n]/g, '')
    .replaceAll('\\', '/')
    .replace(/^\/\//, 'https://')
  try {
    const { origin } = new URL(written)
    return origin === 'null' ? undefined : origin
  } catch {
    return undefined
  }
}

export interface Stretch {
  readonly start: number
  readonly end: number
}

/** URLs that are told apart; beyond so many nothing is restored in the rest of the text. */
const most = 50_000
/** Marks that are looked at between two turns of the event loop. */
const piece = 8_192

/** Stretches of a text in which nothing is restored. `origins`: `https://host[:port]`, as URL.origin gives them. */
export const foreignUrls = (text: string, origins: ReadonlySet<string>): Stretch[] =>
  atOnce(findingForeignUrls(text, origins))

/** `foreignUrls` in pieces. */
export function* findingForeignUrls(text: string, origins: ReadonlySet<string>): Generator<void, Stretch[]> {
  const out: Stretch[] = []
  marks.lastIndex = 0
  if (!marks.test(text)) return out
  // Every relative URL after it goes where it says.
  const base = /<base[\s/]/i.exec(text)?.index ?? text.length
  const before = text.slice(0, base)
  const endOf = endsIn(before)
  let from = 0
  let covered = -1
  let told = 0
  let seen = 0
  marks.lastIndex = 0
  for (let mark = marks.exec(before); mark !== null; mark = marks.exec(before)) {
    const found = startAt(before, mark.index, from)
    const next = found?.after ?? mark.index + 1
    if (found !== undefined) {
      from = next
      // A label: `Mail: …`, `// remark`. A URL goes on at once. Inside one that is closed already: the answer would be the same.
      const label = next >= before.length || /\s/.test(before[next]!)
      if (!label && found.start >= covered) {
        const end = endOf(found.start)
        if (++told > most) {
          covered = before.length
          out.push({ start: found.start, end: covered })
          break
        }
        const origin = originOf(before, found.start, end)
        if (origin === undefined || !origins.has(origin)) {
          out.push({ start: found.start, end })
          covered = end
        }
      }
    }
    if (++seen % piece === 0) yield
    marks.lastIndex = next
  }
  if (base < text.length) out.push({ start: base, end: text.length })
  return out
}

/**
 * Where a restored value would travel on by itself: URLs of origins that are neither the gateway's nor in the
 * register (design §5, Answers). A browser or mail program follows an image before anybody has looked. In
 * doubt a stretch counts as such a URL: the pseudonym stays, and is reported.
 */
const slash = String.raw`(?:[\\/]|%(?:25)?(?:2f|5c)|&#0*(?:47|92);?|&#x0*(?:2f|5c);?|&(?:sol|bsol);)`
const colon = String.raw`(?::|%(?:25)?3a|&#0*58;?|&#x0*3a;?|&colon;)`
/** `https://`, `https:\\`, `https:/x`, `https:x`, `mailto:`; any other scheme with an authority. */
const absolute = String.raw`(?<![a-z0-9+.-])(?:https?|wss?|ftps?|mailto|data|javascript)${colon}|[a-z][a-z0-9+.-]{0,30}${colon}${slash}`
/** `//host`, `/\host`; after a letter, digit or slash it is the middle of a path. */
const relative = String.raw`(?<![\p{L}\p{N}:/\\])${slash}{2}`
const starts = new RegExp(`${absolute}|${relative}`, 'giu')

const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '(': ')',
  '<': '>',
  '[': ']',
}
const ends = /[\s"'`<>]/g

const bareEnd = (text: string, at: number): number => {
  ends.lastIndex = at
  return ends.exec(text)?.index ?? text.length
}

/** Where the URL that starts at `at` ends: with what opened it, else at the next space, quote or bracket. */
const endOf = (text: string, at: number): number => {
  let before = at - 1
  while (before >= 0 && at - before < 50 && /\s/.test(text[before]!)) before--
  const close = closing[text[before] ?? '']
  if (close !== undefined) {
    const found = text.indexOf(close, at)
    if (found < 0) return text.length
    // Brackets may stand inside a URL, so it lasts at least as long as a bare one.
    return Math.max(found, bareEnd(text, at))
  }
  return bareEnd(text, at)
}

const originOf = (url: string): string | undefined => {
  const spelt = url
    .replace(/[\t\r\n]/g, '')
    .replaceAll('\\', '/')
    .replace(/^\/\//, 'https://')
  try {
    const { origin } = new URL(spelt)
    return origin === 'null' ? undefined : origin
  } catch {
    return undefined
  }
}

export interface Stretch {
  readonly start: number
  readonly end: number
}

const most = 20_000

/** Stretches of a text in which nothing is restored. `origins`: `https://host[:port]`, as URL.origin gives them. */
export const foreignUrls = (text: string, origins: ReadonlySet<string>): Stretch[] => {
  const out: Stretch[] = []
  if (!/[:/\\%&]/.test(text)) return out
  // Every relative URL after it goes where it says.
  const base = /<base[\s/]/i.exec(text)
  if (base !== null)
    return [...foreignUrls(text.slice(0, base.index), origins), { start: base.index, end: text.length }]
  starts.lastIndex = 0
  let covered = -1
  for (let found = starts.exec(text); found !== null; found = starts.exec(text)) {
    const start = found.index
    // A label: `Mail: …`, `// remark`. A URL goes on at once.
    if (/^\s|^$/.test(text.slice(starts.lastIndex, starts.lastIndex + 1))) continue
    // Inside one that is closed already: the answer would be the same.
    if (start < covered) continue
    const end = endOf(text, start)
    const origin = originOf(text.slice(start, Math.min(end, start + 2_000)))
    if (origin !== undefined && origins.has(origin)) continue
    out.push({ start, end })
    covered = end
    if (out.length >= most) return [...out, { start: end, end: text.length }]
  }
  return out
}

import { Refused } from '../errors.ts'
import type { MediaKind } from '../model/document.ts'

export interface Media {
  readonly kind: MediaKind
  /** Essence in lower case (`application/json`); '' where there is no body. */
  readonly type: string
  /** The sender declared `us-ascii`: neither what comes nor what leaves may hold another character. */
  readonly ascii: boolean
}

const nothing: Media = { kind: 'none', type: '', ascii: false }

/** RFC 9110 §5.6.2 */
const isToken = (text: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text)

const kindOf = (type: string): MediaKind | undefined => {
  if (type === 'application/json' || (type.endsWith('+json') && type.length > type.indexOf('/') + 6)) {
    return 'json'
  }
  if (type === 'application/x-www-form-urlencoded') return 'form'
  return type === 'text/plain' ? 'text' : undefined
}

/**
 * The parameters after the essence (RFC 9110 §5.6.6), names in lower case.
 * @returns undefined if they are malformed.
 */
const parametersOf = (text: string): [name: string, value: string][] | undefined => {
  const found: [string, string][] = []
  let at = 0
  const skipBlanks = () => {
    while (text[at] === ' ' || text[at] === '\t') at++
  }
  for (;;) {
    skipBlanks()
    if (at === text.length) return found
    if (text[at++] !== ';') return undefined
    skipBlanks()
    if (at === text.length || text[at] === ';') continue
    const equals = text.indexOf('=', at)
    const name = text.slice(at, equals)
    if (equals < 0 || !isToken(name)) return undefined
    at = equals + 1
    let value = ''
    if (text[at] === '"') {
      for (at++; text[at] !== '"'; at++) {
        if (text[at] === '\\') at++
        if (at >= text.length) return undefined
        value += text[at]
      }
      at++
    } else {
      const from = at
      while (at < text.length && text[at] !== ';' && text[at] !== ' ' && text[at] !== '\t') at++
      value = text.slice(from, at)
      if (!isToken(value)) return undefined
    }
    found.push([name.toLowerCase(), value])
  }
}

/**
 * What a body of `length` bytes is, by its declared type alone; nothing is guessed from the bytes.
 * @throws Refused `MEDIA_UNSUPPORTED` (another type, a malformed one, a body without one),
 * `CHARSET_UNSUPPORTED` (neither UTF-8 nor us-ascii, or named twice)
 */
export const mediaOf = (contentType: string | undefined, length: number): Media => {
  if (contentType === undefined) {
    if (length === 0) return nothing
    throw new Refused('MEDIA_UNSUPPORTED')
  }
  const semicolon = contentType.indexOf(';')
  const essence = semicolon < 0 ? contentType : contentType.slice(0, semicolon)
  const type = essence.trim().toLowerCase()
  const [top, sub, more] = type.split('/')
  if (more !== undefined || !isToken(top ?? '') || !isToken(sub ?? '')) throw new Refused('MEDIA_UNSUPPORTED')
  const kind = kindOf(type)
  if (kind === undefined) throw new Refused('MEDIA_UNSUPPORTED')

  const parameters = semicolon < 0 ? [] : parametersOf(contentType.slice(semicolon))
  if (parameters === undefined) throw new Refused('MEDIA_UNSUPPORTED')
  const charsets = parameters.filter(([name]) => name === 'charset')
  if (charsets.length > 1) throw new Refused('CHARSET_UNSUPPORTED')
  const charset = charsets[0]?.[1].toLowerCase() ?? 'utf-8'
  if (charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') {
    throw new Refused('CHARSET_UNSUPPORTED')
  }
  return length === 0 ? nothing : { kind, type, ascii: charset === 'us-ascii' }
}

import { Refused } from '../errors.ts'
import type { Field, PathNode } from '../model/document.ts'

/** A field of a JSON text and where it stands in it. */
export interface Placed {
  readonly field: Field
  /** Offset in the JSON text of each code unit of `field.text`, and of its end; null where they run side by side. */
  readonly offsets: readonly number[] | null
  /** Offset of the first code unit: behind the quote of a string. */
  readonly start: number
}

const deepest = 64

/**
 * Fields of a JSON text with their offsets in it, for `douane classify`, whose answers speak of offsets. (What is
 * to be forwarded is read by payload/, which edits bytes and shows no offsets.)
 * @throws Refused `PAYLOAD_UNREADABLE`, `PAYLOAD_TOO_COMPLEX`
 */
export const readJsonText = (text: string): Placed[] => {
  try {
    JSON.parse(text)
  } catch {
    throw new Refused('PAYLOAD_UNREADABLE')
  }
  const out: Placed[] = []
  let at = 0

  const space = () => {
    while (at < text.length && text.charCodeAt(at) <= 0x20) at++
  }
  const add = (
    place: Field['place'],
    kind: Field['kind'],
    path: PathNode | null,
    key: string,
    one: { text: string; start: number; offsets: number[] | null },
  ) =>
    out.push({
      field: { index: out.length, part: 'body', place, kind, path, key, text: one.text },
      start: one.start,
      offsets: one.offsets,
    })
  /** The parser accepted the text, so quotes and escapes are well formed here. */
  const string = () => {
    const start = ++at
    let offsets: number[] | null = null
    let value = ''
    let plain = start
    while (text.charCodeAt(at) !== 0x22) {
      if (text.charCodeAt(at) !== 0x5c) {
        offsets?.push(at)
        at++
        continue
      }
      offsets ??= Array.from({ length: at - start }, (_, i) => start + i)
      offsets.push(at)
      const long = text.charAt(at + 1) === 'u' ? 6 : 2
      value += text.slice(plain, at) + (JSON.parse(`"${text.slice(at, at + long)}"`) as string)
      at += long
      plain = at
    }
    value += text.slice(plain, at)
    offsets?.push(at)
    at++
    return { text: value, start, offsets }
  }
  const value = (path: PathNode | null, key: string, depth: number): void => {
    if (depth > deepest) throw new Refused('PAYLOAD_TOO_COMPLEX')
    space()
    const first = text.charAt(at)
    if (first === '"') add('leaf', 'text', path, key, string())
    else if (first === '{' || first === '[') {
      const close = first === '{' ? '}' : ']'
      at++
      for (let ordinal = 0; ; ordinal++) {
        space()
        if (text.charAt(at) === close) break
        if (first === '{') {
          const name = string()
          const node: PathNode = { up: path, step: name.text, ordinal }
          add('key', 'text', node, key, name)
          space()
          at++
          value(node, name.text, depth + 1)
        } else value({ up: path, step: ordinal, ordinal }, key, depth + 1)
        space()
        if (text.charAt(at) === ',') at++
      }
      at++
    } else {
      const start = at
      while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at++
      const written = text.slice(start, at)
      if (written === 'null') return
      add('leaf', written === 'true' || written === 'false' ? 'boolean' : 'number', path, key, {
        text: written,
        start,
        offsets: null,
      })
    }
  }
  value(null, '', 0)
  return out
}

/** Bytes ⇄ fields. A document is what one transfer would send: body, target and headers, read as fields. */

/** Where the text stands. `leaf` is a value; the others are names that the sender chose. */
export type Place = 'leaf' | 'key' | 'column' | 'parameter' | 'segment' | 'header'
export type Part = 'body' | 'target' | 'headers'

/**
 * A place in a document, linked to what encloses it: siblings share their ancestors, and two containers are
 * the same only if they are the same object. Never printed raw: `payload/path.ts` prints it.
 */
export interface PathNode {
  /** null: the root of the part. */
  readonly up: PathNode | null
  /** Object key, parameter or header name: a string. Array element, row or path segment: its number. */
  readonly step: string | number
  /** Position among its siblings, from 0. */
  readonly ordinal: number
}
/** null is the root. */
export type Path = PathNode | null

/** Root first. */
export const steps = (path: Path): (string | number)[] => {
  const out: (string | number)[] = []
  for (let node = path; node !== null; node = node.up) out.push(node.step)
  return out.reverse()
}

export interface Field {
  /** Position in `Document.fields`. */
  readonly index: number
  readonly part: Part
  readonly place: Place
  readonly kind: 'text' | 'number' | 'boolean'
  readonly path: Path
  /** The nearest name above the value: object key, parameter, header (lower case); '' at the root. */
  readonly key: string
  /** Decoded text; a number in its own spelling; `true` or `false`. */
  readonly text: string
}

/** Offsets are UTF-16 code units of `Field.text`; edits of one field never overlap. */
export interface Edit {
  readonly field: number
  readonly start: number
  readonly end: number
  /** The replacement in decoded form; the format quotes it. Ignored by `remove`. */
  readonly text: string
  /**
   * `text`: the replacement is text (a number or boolean leaf becomes a string).
   * `number`: the whole leaf becomes this JSON number (a string leaf loses its quotes).
   * `remove`: JSON `null` where the span is the whole leaf, elsewhere the empty text; a header goes with
   * its value; a key, column, parameter name or path segment cannot be removed whole (`CANNOT_TREAT`).
   */
  readonly as: 'text' | 'number' | 'remove'
}

/** What would leave: exact bytes. `target` starts with `/` and is relative to the provider's base URL. */
export interface Outgoing {
  readonly body: Buffer
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

export type MediaKind = 'json' | 'form' | 'text' | 'none'

export interface Document {
  readonly media: MediaKind
  readonly fields: readonly Field[]
  /**
   * Splices the edits into the original bytes; every byte outside an edited span leaves as it came.
   * @throws Refused `CANNOT_TREAT` where a removal has nowhere to stand.
   */
  write(edits: readonly Edit[]): Outgoing
}

/** What a client sent, before reading. `target` is the raw tail after /to/{provider}, query included. */
export interface Incoming {
  readonly method: string
  readonly target: string
  /** Only headers that may go (design: the fixed list and the register's `headers.pass`), lower-case names. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

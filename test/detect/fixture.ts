import type { Document, Field, MediaKind, Part, PathNode, Place } from '../../src/model/document.ts'
import type { Finding } from '../../src/model/finding.ts'
import { makeDetector } from '../../src/detect/classify.ts'

export const detector = makeDetector()
export const today = '2026-11-23'

/** A document made by hand from a value, so that these tests need no reader. */
export const documentOf = (
  body: unknown,
  more: {
    segments?: string[]
    parameters?: Record<string, string>
    headers?: Record<string, string>
    media?: MediaKind
  } = {},
): Document => {
  const fields: Field[] = []
  const add = (
    part: Part,
    place: Place,
    kind: Field['kind'],
    path: PathNode | null,
    key: string,
    text: string,
  ) => fields.push({ index: fields.length, part, place, kind, path, key, text })
  const keyAbove = (path: PathNode | null): string => {
    for (let node = path; node !== null; node = node.up) if (typeof node.step === 'string') return node.step
    return ''
  }
  ;(more.segments ?? []).forEach((text, ordinal) =>
    add('target', 'segment', 'text', { up: null, step: ordinal, ordinal }, '', text),
  )
  Object.entries(more.parameters ?? {}).forEach(([name, text], ordinal) => {
    const node = { up: null, step: name, ordinal }
    add('target', 'parameter', 'text', node, name, name)
    add('target', 'leaf', 'text', node, name, text)
  })
  Object.entries(more.headers ?? {}).forEach(([name, text], ordinal) =>
    add('headers', 'header', 'text', { up: null, step: name, ordinal }, name, text),
  )
  const walk = (value: unknown, path: PathNode | null) => {
    if (Array.isArray(value)) value.forEach((one, ordinal) => walk(one, { up: path, step: ordinal, ordinal }))
    else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, one], ordinal) => {
        const node = { up: path, step: name, ordinal }
        add('body', 'key', 'text', node, keyAbove(path), name)
        walk(one, node)
      })
    } else if (value !== null && value !== undefined) {
      const kind = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text'
      add('body', 'leaf', kind, path, keyAbove(path), String(value))
    }
  }
  if (body !== undefined) walk(body, null)
  return {
    media: more.media ?? (typeof body === 'string' ? 'text' : 'json'),
    fields,
    write: () => ({ body: Buffer.alloc(0), target: '/', headers: [] }),
  }
}

/** `category «text»` of each finding that acts, in order, freetext left out. */
export const acting = (document: Document, findings: readonly Finding[], from = 0.5): string[] =>
  findings
    .filter((one) => one.confidence >= from && one.category !== 'freetext')
    .map((one) => `${one.category} ${document.fields[one.field]!.text.slice(one.start, one.end)}`)

export const classify = async (
  body: unknown,
  more: Parameters<typeof documentOf>[1] & { places?: string[] } = {},
) => {
  const document = documentOf(body, more)
  const found = await detector.classify(document, { today, places: more.places ?? [] })
  return { document, ...found, acting: acting(document, found.findings) }
}

/** What acts in a text/plain body, `date` left out. */
export const inText = async (text: string): Promise<string[]> =>
  (await classify(text)).acting.filter((one) => !one.startsWith('date '))

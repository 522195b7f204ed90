import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Document, Edit } from '../../src/model/document.ts'
import type { SpannedField } from '../../src/payload/document.ts'
import { read, readAnswer } from '../../src/payload/read.ts'
import { bodyFields, incoming, outcome, readJson } from './incoming.ts'

// JSON text as senders write it, not as JSON.stringify would: big numbers, every escape style, odd blanks.
const blank = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n  ')

const spelled = (unit: string): fc.Arbitrary<string> => {
  const code = unit.charCodeAt(0)
  const hex = code.toString(16).padStart(4, '0')
  const ways = [`\\u${hex}`, `\\u${hex.toUpperCase()}`]
  const short = { '"': '\\"', '\\': '\\\\', '/': '\\/', '\n': '\\n', '\t': '\\t', '\b': '\\b' }[unit]
  if (short !== undefined) ways.push(short)
  const lone = (code & 0xf800) === 0xd800
  if (code >= 32 && unit !== '"' && unit !== '\\' && !lone) ways.push(unit, unit, unit, unit)
  return fc.constantFrom(...ways)
}

const character = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...'abz09 @.-éß日/"\\\n\t\b').chain(spelled) },
  { weight: 1, arbitrary: fc.constantFrom('😀', '\\ud83d\\ude00', '\\uD83D\\uDE00', '𝔘') },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map(String.fromCharCode).chain(spelled) },
)
const string = fc.array(character, { maxLength: 12 }).map((units) => `"${units.join('')}"`)

const number = fc.oneof(
  fc.constantFrom('0', '-0', '1.0', '1e400', '-1E-7', '0.10', '12345678901234567890123', '1.50e+3'),
  fc.integer().map(String),
)

const { json } = fc.letrec<{ json: string }>((tie) => {
  const member = fc.tuple(blank, string, blank, blank, tie('json'), blank)
  const element = fc.tuple(blank, tie('json'), blank)
  return {
    json: fc.oneof(
      { maxDepth: 6, depthSize: 'small', withCrossShrink: true },
      fc.oneof(string, number, fc.constantFrom('true', 'false', 'null')),
      fc
        .array(member, { maxLength: 5 })
        .map((members) => `{${members.map(([a, k, b, c, v, d]) => `${a}${k}${b}:${c}${v}${d}`).join()}}`),
      fc.array(element, { maxLength: 5 }).map((all) => `[${all.map((parts) => parts.join('')).join()}]`),
    ),
  }
})
const body = fc.tuple(fc.constantFrom('', '\ufeff'), blank, json, blank).map((parts) => parts.join(''))

const halves = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800

/** Numbers in [0, 1) as edits of the body's leaves: at most two spans a field, of any of the three kinds. */
const editsOf = (document: Document, chances: readonly number[]): Edit[] => {
  const edits: Edit[] = []
  let n = 0
  const chance = () => chances[n++ % chances.length]!
  for (const { index, text, place, kind } of bodyFields(document)) {
    if (place !== 'leaf' || chance() < 0.5) continue
    const cuts = [chance(), chance(), chance(), chance()]
      .map((share) => Math.floor(share * (text.length + 1)))
      .sort((a, b) => a - b)
      .filter((at) => !halves(text, at))
    const how = chance() * 3
    const whole = kind !== 'text' || chance() < 0.4
    if (whole && how < 1)
      edits.push({ field: index, start: 0, end: text.length, text: '-1.50', as: 'number' })
    else if (whole && how < 2)
      edits.push({ field: index, start: 0, end: text.length, text: '', as: 'remove' })
    else if (kind === 'text') {
      for (let at = 0; at + 1 < cuts.length; at += 2) {
        edits.push({
          field: index,
          start: cuts[at]!,
          end: cuts[at + 1]!,
          text: `<"${'é\\'}${at}>`,
          as: 'text',
        })
      }
    }
  }
  return edits
}

const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  minLength: 23,
  maxLength: 23,
})

/** Where an edited span stands in the source, found by another road than ours, and what should stand there. */
const rawSpan = (
  source: string,
  document: Document,
  edit: Edit,
): [start: number, end: number, text: string] => {
  const { from, to, kind } = document.fields[edit.field] as SpannedField
  const outer = kind === 'text' ? 1 : 0
  if (edit.as === 'remove') return [from - outer, to + outer, 'null']
  if (edit.as === 'number') return [from - outer, to + outer, edit.text]
  const units = source.slice(from, to).match(/\\u[0-9a-fA-F]{4}|\\.|[^]/g) ?? []
  const length = (upTo: number) => units.slice(0, upTo).join('').length
  return [from + length(edit.start), from + length(edit.end), JSON.stringify(edit.text).slice(1, -1)]
}

/**
 * JSON.parse, but keys are read one by one: with a whole object V8 (Node 24.21) takes a key with an escape for one that
 * it met before in that place, if what is written begins like it: `{"":1,"\\":2}`, then `{"":1,"\n":2}`.
 */
const parse = (source: string): unknown => {
  const keys: string[] = []
  const numbered = source
    .replace(/^\ufeff/, '')
    .replace(/("(?:[^"\\]|\\.)*")(\s*:)?/g, (token, key: string, colon?: string) =>
      colon === undefined ? token : `"k${keys.push(JSON.parse(key) as string) - 1}"${colon}`,
    )
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [keys[Number(key.slice(1))]!, named(one)]),
    )
  }
  return named(JSON.parse(numbered))
}

/** The document as JSON.parse sees it, with the edited leaves changed by their position. */
const parsedWith = (source: string, document: Document, edits: readonly Edit[]): unknown => {
  const byPath = new Map<string, Edit[]>()
  const pathOf = (field: number): string => {
    const steps: (string | number)[] = []
    for (let node = document.fields[field]!.path; node !== null; node = node.up) steps.push(node.step)
    return JSON.stringify(steps.reverse())
  }
  for (const edit of edits) {
    const path = pathOf(edit.field)
    byPath.set(path, [...(byPath.get(path) ?? []), edit])
  }
  const change = (value: unknown, path: string): unknown => {
    const changes = byPath.get(path)
    if (changes === undefined) return value
    const { text } = document.fields[changes[0]!.field]!
    const first = changes[0]!
    if (first.as === 'number') return Number(first.text)
    if (first.as === 'remove') return null
    let out = ''
    let at = 0
    for (const { start, end, text: by } of changes) {
      out += text.slice(at, start) + by
      at = end
    }
    return out + text.slice(at)
  }
  const walk = (value: unknown, path: (string | number)[]): unknown => {
    if (Array.isArray(value)) return value.map((one, at) => walk(one, [...path, at]))
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, [...path, key])]))
    }
    return value === null ? null : change(value, JSON.stringify(path))
  }
  return walk(parse(source), [])
}

const hasRepeatedKeys = (document: Document): boolean => {
  const seen = new Map<unknown, Set<string>>()
  for (const { place, path, text } of bodyFields(document)) {
    if (place !== 'key') continue
    const names = seen.get(path!.up) ?? new Set()
    seen.set(path!.up, names)
    // __proto__ as a key is an own property to JSON.parse and a setter to Object.fromEntries' readers.
    if (names.has(text) || text === '__proto__') return true
    names.add(text)
  }
  return false
}

describe('promise 3: every byte outside a treated span leaves as it came', () => {
  test('no edits: the same bytes, also when the writer runs', () => {
    fc.assert(
      fc.property(body, (source) => {
        const document = readJson(source)
        expect(document.write([]).body.toString()).toBe(source)
        const nothing = bodyFields(document)
          .filter(({ kind }) => kind === 'text')
          .map(({ index }): Edit => ({ field: index, start: 0, end: 0, text: '', as: 'text' }))
        expect(
          document.write(nothing.filter(({ field }) => document.fields[field]!.text !== '')).body.toString(),
        ).toBe(source)
      }),
      { numRuns: 600 },
    )
  })

  test('every value and key that JSON.parse sees is a field, and reads the same', () => {
    fc.assert(
      fc.property(body, (source) => {
        const document = readJson(source)
        fc.pre(!hasRepeatedKeys(document))
        const tokens = source.replace(/^\ufeff/, '').match(/"(?:[^"\\]|\\.)*"|[^\s,:[\]{}]+/g) ?? []
        const seen = tokens.map((token) => JSON.parse(token) as unknown).filter((value) => value !== null)
        const read = bodyFields(document).map(({ kind, text }) =>
          kind === 'number' ? String(Number(text)) : text,
        )
        expect(read).toEqual(seen.map(String))
      }),
      { numRuns: 600 },
    )
  })

  test('output minus edits equals input', () => {
    fc.assert(
      fc.property(body, chances, (source, shares) => {
        const document = readJson(source)
        const edits = editsOf(document, shares)
        const output = document.write(edits).body.toString()
        // Cut into the stretches between edited spans; between them the output holds the replacements.
        const cuts = edits.map((edit) => rawSpan(source, document, edit))
        let inAt = 0
        let outAt = 0
        for (const [start, end, written] of cuts) {
          const kept = source.slice(inAt, start)
          expect(output.slice(outAt, outAt + kept.length)).toBe(kept)
          outAt += kept.length
          expect(output.slice(outAt, outAt + written.length)).toBe(written)
          outAt += written.length
          inAt = end
        }
        expect(output.slice(outAt)).toBe(source.slice(inAt))
      }),
      { numRuns: 600 },
    )
  })

  test('JSON.parse of the output is JSON.parse of the input with those leaves changed', () => {
    fc.assert(
      fc.property(body, chances, (source, shares) => {
        const document = readJson(source)
        fc.pre(!hasRepeatedKeys(document))
        const edits = editsOf(document, shares)
        const output = document.write(edits).body.toString()
        expect(parse(output)).toEqual(parsedWith(source, document, edits))
      }),
      { numRuns: 600 },
    )
  })
})

describe('hostile input only ever gives a document or a refusal', () => {
  const types = [
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=us-ascii',
  ]
  const mutated = fc
    .tuple(
      body,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat(2)), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([source, changes]) => {
      const bytes = [...Buffer.from(source)]
      for (const [at, byte, how] of changes)
        bytes.splice(at % (bytes.length + 1), how === 0 ? 0 : 1, ...(how === 1 ? [] : [byte]))
      return Buffer.from(bytes)
    })
  const bytes = fc.oneof(
    mutated,
    fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
    fc
      .string({ unit: fc.constantFrom(...'{}[]",:\\u0e-.1 %+&=é'), maxLength: 40 })
      .map((text) => Buffer.from(text)),
  )

  test('bodies, read as a request and as an answer', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(...types), (body, type) => {
        const code = outcome(() => read(incoming(body, type)))
        expect(['read', 'PAYLOAD_UNREADABLE', 'MEDIA_MISMATCH', 'PAYLOAD_TOO_COMPLEX']).toContain(code)
        // Text that is something else is no request, but its pseudonyms are still restored.
        const readable = code === 'read' || code === 'MEDIA_MISMATCH'
        expect(readAnswer(type, body) !== undefined).toBe(readable)
      }),
      { numRuns: 3_000 },
    )
  })

  test('we accept exactly the JSON that JSON.parse accepts', () => {
    fc.assert(
      fc.property(bytes, (body) => {
        fc.pre(body.length > 0)
        const text = body.toString('utf8')
        fc.pre(Buffer.from(text).equals(body))
        const parses = () => {
          try {
            JSON.parse(text.replace(/^\ufeff/, ''))
            return true
          } catch {
            return false
          }
        }
        expect(outcome(() => readJson(body)) === 'read').toBe(parses())
      }),
      { numRuns: 3_000 },
    )
  })

  test('targets and headers', () => {
    const target = fc.string({ unit: fc.constantFrom(...'/.%25eEfF0;?&=+a\\\u00e9\u0000'), maxLength: 24 })
    const value = fc.string({ unit: 'binary', maxLength: 12 })
    fc.assert(
      fc.property(target, value, (tail, value) => {
        const headers = [['x-note', value]] as const
        const code = outcome(() => read(incoming('', null, { target: `/${tail}`, headers })))
        expect(['read', 'TARGET_INVALID', 'PAYLOAD_UNREADABLE']).toContain(code)
      }),
      { numRuns: 3_000 },
    )
  })
})

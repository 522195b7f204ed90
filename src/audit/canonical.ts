import { isAscii } from 'node:buffer'

/**
 * RFC 8785 (JCS) in the narrow form of the log: objects, arrays, strings, booleans and safe integers. A float,
 * null, undefined, lone surrogate or anything with a prototype of its own is refused, so a record has exactly
 * one spelling and no reader can round it differently.
 */
export type Canonical =
  string | number | boolean | readonly Canonical[] | { readonly [key: string]: Canonical }

/** What was handed in has no canonical form, or bytes are not in it. The message names the kind of fault only. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical'
}

const maxDepth = 32

// Most texts of a record are printable ASCII without quote or backslash: they need no escape.
const plainText = /^[ !#-[\]-~]*$/

const text = (value: string): string => {
  if (plainText.test(value)) return `"${value}"`
  if (!value.isWellFormed()) throw new NotCanonical('a string with a lone surrogate')
  return JSON.stringify(value)
}

const inOrder = (keys: readonly string[]): boolean => {
  for (let i = 1; i < keys.length; i += 1) if (keys[i - 1]! > keys[i]!) return false
  return true
}

const object = (value: object, depth: number): string => {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new NotCanonical('an object of a class')
  const fields = value as Readonly<Record<string, unknown>>
  let out = ''
  // RFC 8785 §3.2.3: keys in order of their UTF-16 code units, which is what sort() without a function does.
  const keys = Object.keys(fields)
  for (const key of inOrder(keys) ? keys : keys.sort()) {
    out += `${out === '' ? '' : ','}${text(key)}:${write(fields[key], depth)}`
  }
  return `{${out}}`
}

const write = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new NotCanonical('a number that is no safe integer')
    return String(value)
  }
  if (typeof value !== 'object' || value === null)
    throw new NotCanonical(`a value of type ${value === null ? 'null' : typeof value}`)
  if (depth >= maxDepth) throw new NotCanonical('nested too deeply')
  if (!Array.isArray(value)) return object(value, depth + 1)
  let out = ''
  for (let i = 0; i < value.length; i += 1) out += (i === 0 ? '' : ',') + write(value[i], depth + 1)
  return `[${out}]`
}

/**
 * The value with its keys in order (itself, if they are), as JSON.stringify writes it canonically; undefined if only
 * `write` can spell it, or say what is wrong with it.
 */
const settle = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined
  if (typeof value !== 'object' || value === null || depth >= maxDepth) return undefined
  if (Array.isArray(value)) return settleList(value, depth + 1)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return undefined
  const fields = value as Readonly<Record<string, unknown>>
  const keys = Object.keys(fields)
  const given = inOrder(keys)
  let copy: Record<string, unknown> | undefined = given ? undefined : {}
  for (const key of given ? keys : keys.sort()) {
    const settled = settle(fields[key], depth + 1)
    if (settled === undefined) return undefined
    if (copy === undefined && settled !== fields[key]) copy = { ...fields }
    if (copy !== undefined) copy[key] = settled
  }
  if (copy === undefined) return value
  // Keys that look like numbers come first whatever one does, and `__proto__` would not be one.
  const kept = Object.keys(copy)
  return kept.length === keys.length && inOrder(kept) ? copy : undefined
}

const settleList = (list: readonly unknown[], depth: number): unknown => {
  let copy: unknown[] | undefined
  for (let i = 0; i < list.length; i += 1) {
    const settled = settle(list[i], depth)
    if (settled === undefined) return undefined
    if (settled !== list[i]) (copy ??= [...list])[i] = settled
  }
  return copy ?? list
}

/** JSON.stringify escapes as RFC 8785 §3.2.2.2 does; a lone surrogate shows as `\\ud…`. */
const quickly = (settled: unknown): string | undefined => {
  const quick = JSON.stringify(settled)
  return quick.includes('\\ud') ? undefined : quick
}

/**
 * The canonical form of a value, as text.
 * @throws NotCanonical
 */
export const canonicalText = (value: unknown): string => {
  const settled = settle(value, 0)
  return (settled === undefined ? undefined : quickly(settled)) ?? write(value, 0)
}

/**
 * As `canonicalText`, for an object whose own keys stand in canonical order: they are not compared again.
 * @throws NotCanonical
 */
export const orderedText = (value: Readonly<Record<string, unknown>>): string => {
  let copy: Record<string, unknown> | undefined
  for (const key in value) {
    const field = value[key]
    if (typeof field === 'string') continue
    const settled = settle(field, 1)
    if (settled === undefined) return write(value, 0)
    if (settled !== field) (copy ??= { ...value })[key] = settled
  }
  return quickly(copy ?? value) ?? write(value, 0)
}

/**
 * The canonical bytes of a value.
 * @throws NotCanonical
 */
export const canonical = (value: unknown): Buffer => Buffer.from(canonicalText(value), 'utf8')

/**
 * Whether JSON.stringify writes this value, as JSON.parse made it, in the canonical form: keys in order, safe
 * integers alone, no null. (It escapes as RFC 8785 does; lone surrogates are seen by their escape.)
 */
const ordered = (value: unknown, depth: number): boolean => {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object') return true
  if (value === null || depth >= maxDepth) return false
  if (Array.isArray(value)) return value.every((one) => ordered(one, depth + 1))
  const keys = Object.keys(value)
  const fields = value as Readonly<Record<string, unknown>>
  return inOrder(keys) && keys.every((key) => ordered(fields[key], depth + 1))
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads bytes that must already be canonical: whatever would be written otherwise (white space, another key
 * order, a duplicate key, 1e3, an escape that was not needed) is refused by writing the value again.
 * @throws NotCanonical
 */
export const readCanonical = (bytes: Buffer): Canonical => {
  let value: unknown
  let source: string
  try {
    source = isAscii(bytes) ? bytes.toString('latin1') : utf8.decode(bytes)
    value = JSON.parse(source)
  } catch {
    throw new NotCanonical('not UTF-8 JSON')
  }
  const quick = JSON.stringify(value) === source && !source.includes('\\ud') && ordered(value, 0)
  if (!quick && write(value, 0) !== source) throw new NotCanonical('not in canonical form')
  return value as Canonical
}

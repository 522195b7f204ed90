/**
 * DER (X.690 §10), as much of it as certificates, CMS and time-stamps need: read to the letter, and written the one way
 * there is, so that what was read can be written again and compared.
 */

/** These bytes are not of the form that was asked for. */
export class NotDer extends Error {
  override readonly name = 'NotDer'
}

export interface Value {
  readonly tag: number
  readonly content: Buffer
  /** With tag and length. */
  readonly whole: Buffer
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  none: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

const shape = (right: boolean): void => {
  if (!right) throw new NotDer()
}

/** A part that must be there. @throws NotDer */
export const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw new NotDer()
  return value
}

const oneAt = (bytes: Buffer, from: number): Value => {
  const [tag, first] = [need(bytes[from]), need(bytes[from + 1])]
  // of tag numbers above 30 there are none in what is read here
  shape((tag & 0x1f) !== 0x1f)
  let [at, length] = [from + 2, first]
  if (first >= 0x80) {
    const count = first & 0x7f
    shape(count >= 1 && count <= 4 && at + count <= bytes.length)
    length = bytes.readUIntBE(at, count)
    // the shortest form there is
    shape(bytes[at] !== 0 && length >= 0x80)
    at += count
  }
  shape(at + length <= bytes.length)
  return { tag, content: bytes.subarray(at, at + length), whole: bytes.subarray(from, at + length) }
}

/** Values side by side, to the last byte. @throws NotDer */
export const valuesIn = (bytes: Buffer): readonly Value[] => {
  const out: Value[] = []
  for (let at = 0; at < bytes.length; at += out.at(-1)!.whole.length) out.push(oneAt(bytes, at))
  return out
}

/** What is in a value of that tag. @throws NotDer */
export const members = (value: Value | undefined, tag: number = tags.sequence): readonly Value[] => {
  shape(value?.tag === tag)
  return valuesIn(need(value).content)
}

/** The one value that is in a value of that tag. @throws NotDer */
export const only = (value: Value | undefined, tag: number): Value => {
  const [one, ...more] = members(value, tag)
  shape(more.length === 0)
  return need(one)
}

/** The one value that these bytes are. @throws NotDer */
export const single = (bytes: Buffer, tag: number = tags.sequence): Value => {
  const [one, ...more] = valuesIn(bytes)
  shape(one?.tag === tag && more.length === 0)
  return need(one)
}

/** The bytes of a primitive value of that tag. @throws NotDer */
export const contentOf = (value: Value | undefined, tag: number): Buffer => {
  shape(value?.tag === tag)
  return need(value).content
}

export const write = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const digits = Buffer.alloc(4)
  digits.writeUInt32BE(length)
  const short = digits.subarray(digits.findIndex((byte) => byte !== 0))
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | short.length, ...short]
  return Buffer.concat([Buffer.from(head), ...parts])
}

export const sequence = (...parts: readonly Buffer[]): Buffer => write(tags.sequence, ...parts)

/** X.690 §11.6: the members of a SET OF are in order of their encodings. */
export const setOf = (tag: number, ...parts: readonly Buffer[]): Buffer =>
  write(tag, ...parts.toSorted((a, b) => Buffer.compare(a, b)))

/** An object identifier from its dotted form. */
export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const out: number[] = []
  for (const arc of [first * 40 + second, ...rest]) {
    const septets = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left % 128) | 0x80)
    out.push(...septets)
  }
  return write(tags.oid, Buffer.from(out))
}

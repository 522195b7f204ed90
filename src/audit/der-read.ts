/** DER from outside, read to the letter: what is not of the form asked for throws TypeError. */
import { decode, encode, oidOf, parts, rawOf, tagged } from './der.ts'
import type { Der } from './der.ts'

const malformed = (): TypeError => new TypeError('DER of another form')
const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw malformed()
  return value
}

/** Forge forgives; a second spelling of what was signed must not pass. */
export const strict = (bytes: Buffer): Der => {
  const der = decode(bytes)
  if (!encode(der).equals(bytes)) throw malformed()
  return der
}

/** Members of a SEQUENCE, and of nothing else. */
export const members = (der: Der): readonly Der[] => {
  if (der.tagClass !== 0x00 || (der.type as number) !== 0x10) throw malformed()
  return parts(der)
}
export const at = (der: Der, index: number): Der => need(members(der)[index])
/** The one member of a SET or of an explicit tag. */
export const only = (der: Der | undefined, tag?: number): Der => {
  const right =
    der !== undefined &&
    (tag === undefined ? der.tagClass === 0x00 && (der.type as number) === 0x11 : tagged(der, tag))
  if (!right || parts(der).length !== 1) throw malformed()
  return parts(der)[0]!
}
/** Content of a primitive value of that universal type. */
export const content = (der: Der | undefined, type: 0x02 | 0x04 | 0x18): Buffer => {
  if (der === undefined || der.tagClass !== 0x00 || (der.type as number) !== type) throw malformed()
  return rawOf(der)
}
export const number = (der: Der | undefined): Buffer => content(der, 0x02)
export const bytesOf = (der: Der | undefined): Buffer => content(der, 0x04)

/** An AlgorithmIdentifier whose parameters are left out or NULL: all that we know are. */
export const algorithmOf = (der: Der | undefined): string => {
  const [id, none, ...more] = members(need(der))
  const plain =
    none === undefined ||
    ((none.type as number) === 0x05 && none.tagClass === 0x00 && rawOf(none).length === 0)
  if (id === undefined || !plain || more.length > 0) throw malformed()
  return oidOf(id)
}

/**
 * Columns of a batch as binary PostgreSQL arrays: one parameter each, without hex and without quoting.
 * Wire format (array_recv): dimensions, null flag, element oid; per dimension length and lower bound; then for
 * each element its length (-1 is null) and bytes; all int32, big-endian.
 */
const oids = { bool: 16, bytea: 17, int4: 23, text: 25, timestamptz: 1184, uuid: 2950 } as const

type Put<T> = (target: Buffer, at: number, value: T) => void

const array = <T>(
  oid: number,
  values: readonly (T | null)[],
  sizeOf: (value: T) => number,
  put: Put<T>,
): Buffer => {
  if (values.length === 0) {
    const empty = Buffer.alloc(12)
    empty.writeInt32BE(oid, 8)
    return empty
  }
  let total = 20
  let holes = 0
  for (const value of values) {
    total += 4
    if (value === null) holes = 1
    else total += sizeOf(value)
  }
  const out = Buffer.allocUnsafe(total)
  out.writeInt32BE(1, 0)
  out.writeInt32BE(holes, 4)
  out.writeInt32BE(oid, 8)
  out.writeInt32BE(values.length, 12)
  out.writeInt32BE(1, 16)
  let at = 20
  for (const value of values) {
    const size = value === null ? -1 : sizeOf(value)
    at = out.writeInt32BE(size, at)
    if (value === null) continue
    put(out, at, value)
    at += size
  }
  return out
}

const putBytes: Put<Buffer> = (target, at, value) => void value.copy(target, at)
const putText: Put<string> = (target, at, value) => void target.write(value, at, 'utf8')
const putUuid: Put<string> = (target, at, value) => void target.write(value, at, 16, 'hex')

/** Microseconds from 1970 to 2000, where PostgreSQL's time begins. */
const epoch = 946_684_800_000n
const putTime: Put<Date> = (target, at, value) =>
  void target.writeBigInt64BE((BigInt(value.getTime()) - epoch) * 1000n, at)

export const bytes = (values: readonly (Buffer | null)[]): Buffer =>
  array(oids.bytea, values, (value) => value.length, putBytes)
export const texts = (values: readonly string[]): Buffer =>
  array(oids.text, values, (value) => Buffer.byteLength(value), putText)
export const integers = (values: readonly number[]): Buffer =>
  array(
    oids.int4,
    values,
    () => 4,
    (target, at, value) => void target.writeInt32BE(value, at),
  )
export const booleans = (values: readonly boolean[]): Buffer =>
  array(
    oids.bool,
    values,
    () => 1,
    (target, at, value) => void target.writeUInt8(value ? 1 : 0, at),
  )
export const times = (values: readonly Date[]): Buffer => array(oids.timestamptz, values, () => 8, putTime)
/** 32 hex digits each. */
export const uuids = (values: readonly string[]): Buffer => array(oids.uuid, values, () => 16, putUuid)

/**
 * The time of the torture: the real one, and half-years ahead of it where an edge is wanted. It is a file, which every
 * gateway of the torture reads, by a module loaded before it (`--import`): the product has no other clock than the
 * machine's. What is set forward is the time that is written (`new Date()`, and the database's as these processes ask
 * for it); waits are measured by `Date.now`, and go on undisturbed.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { Client } from 'pg'

const read = (path: string): number => {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return 0
  }
}

/** So often the file is read again, in milliseconds. */
const freshMs = 5

/** A day after the beginning of the half-year that follows on what the clock says. */
export const nextHalfYear = (path: string): Date => {
  const now = new Date(Date.now() + read(path))
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() < 6 ? 6 : 12, 2, 12))
}

/** Sets the clock. */
export const setClock = (path: string, then: Date): void => {
  writeFileSync(`${path}.new`, String(then.getTime() - Date.now()))
  renameSync(`${path}.new`, path)
}

/** Statements about who is alive keep the real time: a column that the server fills by itself is compared with it. */
const setForward = (text: string, ms: number): string =>
  ms === 0 || text.includes('douane.instance')
    ? text
    : text.replaceAll('clock_timestamp()', `(clock_timestamp() + interval '${ms} milliseconds')`)

/** Puts this process under the clock in that file. @returns puts it back under the machine's */
export const followClock = (path: string): (() => void) => {
  const RealDate = Date
  const query = Client.prototype.query as (...args: unknown[]) => unknown
  let ahead = read(path)
  let at = performance.now()
  const shift = (): number => {
    if (performance.now() - at > freshMs) {
      ahead = read(path)
      at = performance.now()
    }
    return ahead
  }
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, self) =>
      Reflect.construct(target, args.length === 0 ? [target.now() + shift()] : args, self) as Date,
  })
  Client.prototype.query = function asked(this: Client, ...args: unknown[]) {
    const [first, ...rest] = args
    if (typeof first === 'string') return Reflect.apply(query, this, [setForward(first, shift()), ...rest])
    const { text } = first as { text?: unknown }
    if (typeof text !== 'string' || 'submit' in (first as object)) return Reflect.apply(query, this, args)
    const set = setForward(text, shift())
    // a prepared statement has one text for ever
    const asks = set === text ? first : { ...(first as object), text: set, name: undefined }
    return Reflect.apply(query, this, [asks, ...rest])
  } as typeof Client.prototype.query
  return () => {
    globalThis.Date = RealDate
    Client.prototype.query = query as typeof Client.prototype.query
  }
}

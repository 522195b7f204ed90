/** A client that writes bytes as they are and reads what comes. */
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Piece } from './hostile.table.ts'

export interface Heard {
  readonly raw: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The peer ended the connection. */
  readonly closed: boolean
}

/** So many answers came whole: what follows each head is as long as the head says. */
export const answers =
  (many: number) =>
  (raw: string): boolean => {
    let at = 0
    for (let whole = 0; whole < many;) {
      const end = raw.indexOf('\r\n\r\n', at)
      if (end === -1) return false
      const head = raw.slice(at, end + 2)
      const interim = /^HTTP\/1\.1 1\d\d /.test(head)
      const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1]
      if (length === undefined && !interim) return false
      at = end + 4 + Number(length ?? 0)
      if (raw.length < at) return false
      whole += interim ? 0 : 1
    }
    return true
  }

/** Nothing is waited for but the end of the connection. */
export const closing = (): boolean => false

export interface Listening {
  /** What came is enough; one whole answer, if it is silent. */
  readonly enough?: (raw: string) => boolean
  /** Milliseconds after which a peer that neither answers nor closes is left. */
  readonly patience?: number
}

export const say = async (
  port: number,
  pieces: readonly Piece[],
  { enough = answers(1), patience = 100_000 }: Listening = {},
): Promise<Heard> => {
  const socket = connect(port, '127.0.0.1')
  const heard = { raw: '', closed: false }
  const over = (): void => void (heard.closed = true)
  socket.on('data', (chunk) => (heard.raw += chunk.toString('latin1')))
  socket.on('error', over).on('close', over).on('end', over)
  const until = async (done: (raw: string) => boolean, ms = patience): Promise<void> => {
    for (const end = performance.now() + ms; !heard.closed && !done(heard.raw); await pause(5))
      if (performance.now() > end) break
  }
  for (const piece of pieces) {
    if (heard.closed || enough(heard.raw)) break
    if (typeof piece === 'number') await pause(piece)
    else if (piece instanceof RegExp) await until((raw) => piece.test(raw))
    else socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)
  }
  await until(enough)
  // what may come behind an answer, and should not
  await until(closing, 30)
  socket.destroy()
  const { raw, closed } = heard
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const lines = head.split('\r\n')
  return {
    raw,
    closed,
    status: Number(lines[0]?.split(' ')[1] ?? 0),
    headers: Object.fromEntries(
      lines
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
    ),
    body: Buffer.from(rest.join('\r\n\r\n'), 'latin1').toString('utf8'),
  }
}

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

/** @param quiet milliseconds without a byte after which the answer is taken for complete */
export const say = async (port: number, pieces: readonly Piece[], quiet = 1_500): Promise<Heard> => {
  const socket = connect(port, '127.0.0.1')
  const heard = { raw: '', closed: false }
  const over = (): void => void (heard.closed = true)
  socket.on('data', (chunk) => (heard.raw += chunk.toString('latin1')))
  socket.on('error', over).on('close', over).on('end', over)
  const whole = (): boolean => {
    const end = heard.raw.indexOf('\r\n\r\n')
    const length = /content-length: (\d+)/i.exec(heard.raw)?.[1]
    return length !== undefined && end !== -1 && heard.raw.length >= end + 4 + Number(length)
  }
  for (const piece of pieces) {
    if (heard.closed || whole()) break
    if (typeof piece === 'number') await pause(piece)
    else socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)
  }
  const until = performance.now() + quiet
  while (!heard.closed && !whole() && performance.now() < until) await pause(5)
  if (!heard.closed) await pause(30)
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

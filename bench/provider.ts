/**
 * The provider of the bench, a process of its own: answers 200 with the body that it received, over bare
 * sockets so that it never is the bottleneck. What arrives under /guarded must hold no original.
 */
import { type Socket, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { marks } from './ticket.ts'

/** What the provider says when asked. */
export interface Arrived {
  /** Requests since the start, all of them and those under /guarded. */
  readonly requests: number
  readonly guarded: number
  /** Guarded requests in which an original stood. */
  readonly leaks: number
  /** Requests that this provider could not read. */
  readonly unread: number
}

const arrived = { requests: 0, guarded: 0, leaks: 0, unread: 0 }
const needles = marks.map((mark) => Buffer.from(mark))

const take = (head: string, message: Buffer, bodyFrom: number): Buffer => {
  arrived.requests += 1
  if (/^[A-Z]+ \/guarded/.test(head)) {
    arrived.guarded += 1
    if (needles.some((needle) => message.includes(needle))) arrived.leaks += 1
  }
  const body = message.subarray(bodyFrom)
  const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(answer, 'latin1'), body])
}

const serve = (socket: Socket): void => {
  let held: Buffer = Buffer.alloc(0)
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    for (;;) {
      const end = held.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = held.toString('latin1', 0, end)
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
      if (length === undefined) {
        arrived.unread += 1
        socket.end('HTTP/1.1 411 Length Required\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
        return
      }
      const size = end + 4 + Number(length)
      if (held.length < size) return
      socket.write(take(head, held.subarray(0, size), end + 4))
      held = held.subarray(size)
    }
  })
}

const server = createServer(serve)
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('message', (asked: { readonly id: number }) =>
  process.send?.({ id: asked.id, value: arrived satisfies Arrived }),
)
process.on('disconnect', () => process.exit())

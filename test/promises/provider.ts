/** A provider on loopback that counts bytes and keeps what it was sent, answering as the test says. */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface Got {
  readonly tid: string
  readonly method: string
  readonly target: string
  /** Request line and headers, as they came. */
  readonly head: string
  readonly body: Buffer
}

export interface Said {
  readonly status?: number
  readonly type?: string
  /** `Name: value` */
  readonly headers?: readonly string[]
  readonly body: Buffer | string
  /** Milliseconds before the answer. */
  readonly after?: number
}

export interface Provider {
  readonly port: number
  /** Bytes since the last `forget`. */
  bytes(): number
  readonly got: Got[]
  forget(): void
  /** What it answers from now on; the first answer of all is an echo. */
  answers(how: (got: Got) => Said): void
  /** Called with the first bytes of each request; the answer waits for it. */
  onFirstByte(listener: ((chunk: Buffer) => Promise<unknown>) | undefined): void
  close(): Promise<void>
}

export const echo = (got: Got): Said => ({
  type: /^content-type: (.+)\r$/im.exec(got.head)?.[1] ?? 'application/json',
  body: got.body,
})

export const openProvider = async (): Promise<Provider> => {
  let bytes = 0
  let how: (got: Got) => Said = echo
  let first: ((chunk: Buffer) => Promise<unknown>) | undefined
  const got: Got[] = []
  const sockets = new Set<Socket>()
  const reply = (socket: Socket, one: Got): void => {
    const { status = 200, type = 'application/json', headers = [], body, after = 0 } = how(one)
    const lines = [
      `HTTP/1.1 ${status} OK`,
      `Content-Type: ${type}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...headers,
    ]
    const whole = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)])
    setTimeout(() => void (socket.destroyed || socket.write(whole)), after)
  }
  const server = createServer((socket) => {
    let pending = Buffer.alloc(0)
    let fresh = true
    let asked: Promise<unknown> = Promise.resolve()
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      bytes += chunk.length
      if (fresh) asked = first?.(chunk) ?? Promise.resolve()
      fresh = false
      pending = Buffer.concat([pending, chunk])
      const end = pending.indexOf('\r\n\r\n')
      if (end === -1) return
      const head = pending.toString('latin1', 0, end + 2)
      const length = Number(/^content-length: (\d+)\r$/im.exec(head)?.[1] ?? 0)
      if (pending.length < end + 4 + length) return
      const body = pending.subarray(end + 4, end + 4 + length)
      pending = pending.subarray(end + 4 + length)
      fresh = true
      const [method = '', target = ''] = head.split(' ')
      const tid = /^douane-transfer: ([0-9a-f]{32})\r$/im.exec(head)?.[1] ?? ''
      const one = { tid, method, target, head, body: Buffer.from(body) }
      got.push(one)
      void asked.then(() => reply(socket, one))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    bytes: () => bytes,
    got,
    forget() {
      bytes = 0
      got.length = 0
    },
    answers: (given) => void (how = given),
    onFirstByte: (listener) => void (first = listener),
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}

/**
 * The provider: raw sockets that count every byte. What it saw is the ground truth of promise 1, whatever the
 * gateway says of itself. It answers with what it got, and sometimes badly: late, with 500, cut in the middle.
 */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Chance } from './chance.ts'

/** One request as it was seen, or the part of it that came. */
export interface Sight {
  /** Douane-Transfer; '' if the head never came whole: nobody could answer for those bytes. */
  readonly tid: string
  readonly bytes: number
  readonly whole: boolean
  /** Something that must not arrive was in it. */
  readonly leaked?: true
}

export interface Provider {
  readonly port: number
  /** Requests whose answer is not written yet. */
  readonly inHand: () => number
  /** Resolves when the next head has come: the worst moment for a gateway to die. */
  readonly next: () => Promise<void>
  /** Everything seen since the last call, requests under way included as they stand once they end. */
  readonly take: () => Sight[]
  readonly close: () => Promise<void>
}

interface Arriving {
  head: string
  tid: string
  bytes: number
  wanted: number
  body: Buffer[]
  got: number
  known: Promise<void>
}

export interface ProviderParts {
  readonly chance: Chance
  /** Asked when the head of a request has come; its answer waits for it. */
  readonly onFirst: (tid: string) => Promise<void>
  /** Is this a body, under this target, that must never arrive? */
  readonly leaks: (target: string, body: string) => boolean
}

const headEnd = '\r\n\r\n'

export const openProvider = async ({ chance, onFirst, leaks }: ProviderParts): Promise<Provider> => {
  let seen: Sight[] = []
  let inHand = 0
  const sockets = new Set<Socket>()
  const waiting: (() => void)[] = []

  const answer = (socket: Socket, body: Buffer): void => {
    if (socket.destroyed) return
    const status = chance.often(0.04) ? '500 Oops' : '200 OK'
    const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
    if (chance.often(0.03)) {
      socket.write(head)
      socket.write(body.subarray(0, body.length >> 1), () => socket.destroy())
    } else {
      socket.write(Buffer.concat([Buffer.from(head), body]))
    }
  }

  const ended = (one: Arriving): void => {
    const body = Buffer.concat(one.body)
    const whole = one.tid !== '' && body.length === one.wanted
    const target = one.head.split(' ')[1] ?? ''
    const leaked = leaks(target, `${one.head}${body.toString('utf8')}`)
    seen.push({ tid: one.tid, bytes: one.bytes, whole, ...(leaked ? { leaked } : {}) })
    one.bytes = 0
  }

  const serve = (socket: Socket): void => {
    const fresh = (): Arriving => ({
      head: '',
      tid: '',
      bytes: 0,
      wanted: 0,
      body: [],
      got: 0,
      known: Promise.resolve(),
    })
    let one = fresh()
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      if (one.bytes > 0) ended(one)
    })
    const take = (chunk: Buffer): void => {
      one.bytes += chunk.length
      if (one.tid !== '') {
        one.got += chunk.length
        return void one.body.push(chunk)
      }
      one.head += chunk.toString('latin1')
      const end = one.head.indexOf(headEnd)
      if (end === -1) return
      const rest = Buffer.from(one.head.slice(end + headEnd.length), 'latin1')
      one.head = one.head.slice(0, end + headEnd.length)
      one.tid = /^douane-transfer: ([0-9a-f]{32})\r$/im.exec(one.head)?.[1] ?? ''
      one.wanted = Number(/^content-length: (\d+)\r$/im.exec(one.head)?.[1] ?? 0)
      one.body = [rest]
      one.got = rest.length
      if (one.tid === '') return
      one.known = onFirst(one.tid)
      for (const wake of waiting.splice(0)) wake()
    }
    socket.on('data', (chunk) => {
      take(chunk)
      if (one.tid === '' || one.got < one.wanted) return
      const done = one
      one = fresh()
      ended(done)
      inHand += 1
      const wait = chance.often(0.25) ? chance.between(5, 300) : 0
      void done.known
        .then(() => new Promise((go) => setTimeout(go, wait)))
        .then(() => answer(socket, Buffer.concat(done.body)))
        .finally(() => (inHand -= 1))
    })
  }

  const server = createServer(serve)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    inHand: () => inHand,
    next: () => new Promise((resolve) => void waiting.push(resolve)),
    take() {
      const taken = seen
      seen = []
      return taken
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}

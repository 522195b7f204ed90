/**
 * The load process: keep-alive sockets in a closed loop, each answer compared byte for byte with the body that
 * was sent. It is asked by the bench for one run at a time.
 */
import { connect } from 'node:net'
import { type Size, people, ticketWriter } from './ticket.ts'

export interface Ask {
  readonly port: number
  readonly path: string
  /** Header lines besides host, content-type and content-length. */
  readonly headers: Readonly<Record<string, string>>
  readonly size: Size
  /** `from` and on, each once; or at random below `from`. */
  readonly draw: 'next' | 'known'
  readonly from: number
  readonly connections: number
  /** Unmeasured and measured seconds; or just so many requests. */
  readonly warmUp: number
  readonly seconds: number
  readonly requests?: number
  /** A header line that every answer must have. */
  readonly expect?: string
}

export interface Ran {
  /** All that were sent, warm-up included; each has its answer when the run is over. */
  readonly sent: number
  readonly measured: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Answers that are not what was sent, or not what was expected; and the first of them, in a word. */
  readonly wrong: number
  readonly first?: string
  /** The first number that was not drawn. */
  readonly next: number
}

async function run(ask: Ask): Promise<Ran> {
  const write = ticketWriter(ask.size)
  const body = write(0)
  const lines = Object.entries(ask.headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = Buffer.from(
    `POST ${ask.path} HTTP/1.1\r\nhost: 127.0.0.1:${ask.port}\r\ncontent-type: application/json\r\n` +
      `${lines.join('')}content-length: ${body.length}\r\n\r\n`,
    'latin1',
  )
  const expect = ask.expect?.toLowerCase()
  const times: number[] = []
  const began = performance.now()
  const from = began + ask.warmUp * 1_000
  const until = ask.requests === undefined ? from + ask.seconds * 1_000 : Infinity
  const limit = ask.requests ?? Infinity
  let next = ask.from
  let sent = 0
  let measured = 0
  let wrong = 0
  let first: string | undefined
  let last = from

  const fault = (what: string): void => {
    wrong += 1
    first ??= what
  }
  const draw = (): number => (ask.draw === 'known' ? Math.floor(Math.random() * ask.from) : next++ % people)

  const one = (): Promise<void> =>
    new Promise((done) => {
      const socket = connect({ port: ask.port, host: '127.0.0.1', noDelay: true })
      let message: Buffer = Buffer.alloc(0)
      let at = 0
      let held: Buffer = Buffer.alloc(0)
      let waiting = false
      const send = (): void => {
        if (sent >= limit || performance.now() >= until) {
          waiting = false
          socket.end()
          return
        }
        message = Buffer.concat([head, write(draw())])
        sent += 1
        waiting = true
        at = performance.now()
        socket.write(message)
      }
      socket.on('connect', send)
      socket.on('data', (chunk) => {
        held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
        const end = held.indexOf('\r\n\r\n')
        if (end < 0) return
        const lower = held.toString('latin1', 0, end + 2).toLowerCase()
        const length = Number(/\r\ncontent-length: *(\d+)/.exec(lower)?.[1])
        if (!(held.length >= end + 4 + length)) {
          if (Number.isNaN(length)) {
            fault('an answer without a length')
            waiting = false
            socket.destroy()
          }
          return
        }
        const now = performance.now()
        const answer = held.subarray(end + 4)
        if (!lower.startsWith('http/1.1 200 '))
          fault(`${lower.slice(9, 12)}: ${answer.toString('utf8', 0, 300)}`)
        else if (!answer.equals(message.subarray(head.length))) fault('another body than was sent')
        else if (expect !== undefined && !lower.includes(`\r\n${expect}\r\n`)) fault(`no ${ask.expect}`)
        if (now >= from && now < until) {
          times.push(now - at)
          measured += 1
          last = now
        }
        held = Buffer.alloc(0)
        send()
      })
      socket.on('error', () => fault('a connection broke'))
      socket.on('close', () => {
        if (waiting) fault('a connection closed without an answer')
        done()
      })
    })

  await Promise.all(Array.from({ length: ask.connections }, one))
  const seconds = ask.requests === undefined ? ask.seconds : (last - began) / 1_000
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0
  return {
    sent,
    measured,
    seconds,
    perSecond: measured / seconds,
    p50: at(0.5),
    p99: at(0.99),
    wrong,
    ...(first === undefined ? {} : { first }),
    next,
  }
}

process.on('message', ({ id, ask }: { readonly id: number; readonly ask: Ask }) => {
  void run(ask).then((value) => process.send?.({ id, value }))
})
process.on('disconnect', () => process.exit())
process.send?.({ port: 0 })

/**
 * A pooler in transaction mode, small and honest: real sockets before a real PostgreSQL, PgBouncer's rules. A client gets a
 * connection of the server for one transaction and never the same twice if another is free; nothing is reset in between;
 * start-up parameters that it does not know are refused; who goes away within a transaction takes the connection along.
 */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { Client } from 'pg'

export interface PoolerAsk {
  readonly host: string
  readonly port: number
  readonly database: string
  /** The password of every user, here and at the server. */
  readonly password: string
  /** Connections of the server for each user. */
  readonly most: number
}

export interface Pooler {
  readonly port: number
  readonly transactions: () => number
  /** Most connections of the server and of clients at one time. */
  readonly most: () => { readonly server: number; readonly clients: number }
  /** Clients whose transactions met more than one connection of the server. */
  readonly mixed: () => number
  close(): Promise<void>
}

const known = new Set([
  'user',
  'database',
  'client_encoding',
  'application_name',
  'datestyle',
  'timezone',
  'standard_conforming_strings',
])

const message = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
const number = (n: number): Buffer => {
  const out = Buffer.alloc(4)
  out.writeInt32BE(n)
  return out
}
const text = (value: string): Buffer => Buffer.from(`${value}\0`)
const failure = (code: string, why: string): Buffer =>
  message('E', text('SFATAL'), text('VFATAL'), text(`C${code}`), text(`M${why}`), Buffer.of(0))
const ready = message('Z', Buffer.from('I'))

/** Cuts a stream into messages of the protocol. */
const cutter = (take: (type: string, whole: Buffer) => void) => {
  let rest = Buffer.alloc(0)
  return (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 5 && rest.length >= 1 + rest.readInt32BE(1)) {
      const end = 1 + rest.readInt32BE(1)
      const whole = rest.subarray(0, end)
      rest = rest.subarray(end)
      take(String.fromCharCode(whole[0]!), whole)
    }
  }
}

interface Server {
  readonly id: number
  readonly socket: Socket
  client: Guest | null
}

interface Guest {
  readonly socket: Socket
  readonly user: string
  server: Server | null
  asking: boolean
  waiting: Buffer[]
  /** Messages that the server answers with ReadyForQuery, not yet answered. */
  owed: number
  readonly met: Set<number>
}

export const openPooler = async (ask: PoolerAsk): Promise<Pooler> => {
  const idle = new Map<string, Server[]>()
  const counts = new Map<string, number>()
  const queue = new Map<string, Guest[]>()
  const guests = new Set<Guest>()
  const servers = new Set<Server>()
  const seen = { transactions: 0, server: 0, clients: 0, mixed: 0, id: 0 }
  const of = <T>(map: Map<string, T[]>, user: string): T[] => {
    const list = map.get(user) ?? []
    map.set(user, list)
    return list
  }

  /** pg logs in (SCRAM and all) and then leaves the socket to us. */
  const connect = async (user: string): Promise<Server> => {
    const { host, port, database, password } = ask
    const client = new Client({ host, port, database, password, user })
    client.on('error', () => undefined)
    await client.connect()
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
    stream.removeAllListeners('data')
    const server: Server = { id: (seen.id += 1), socket: stream, client: null }
    servers.add(server)
    seen.server = Math.max(seen.server, servers.size)
    stream.on(
      'data',
      cutter((type, whole) => answered(server, user, type, whole)),
    )
    stream.on('close', () => {
      servers.delete(server)
      counts.set(user, (counts.get(user) ?? 1) - 1)
      const list = of(idle, user)
      if (list.includes(server)) list.splice(list.indexOf(server), 1)
      server.client?.socket.destroy()
      void serveNext(user)
    })
    return server
  }

  const answered = (server: Server, user: string, type: string, whole: Buffer): void => {
    const guest = server.client
    guest?.socket.write(whole)
    if (type !== 'Z' || guest === null) return
    guest.owed -= 1
    if (guest.owed > 0 || whole[5] !== 0x49) return
    seen.transactions += 1
    guest.server = null
    server.client = null
    of(idle, user).push(server)
    void serveNext(user)
  }

  const lend = (guest: Guest, server: Server): void => {
    guest.server = server
    guest.asking = false
    server.client = guest
    if (guest.met.size === 1 && !guest.met.has(server.id)) seen.mixed += 1
    guest.met.add(server.id)
    for (const whole of guest.waiting.splice(0)) server.socket.write(whole)
  }

  const serveNext = async (user: string): Promise<void> => {
    const line = of(queue, user)
    while (line.length > 0) {
      const count = counts.get(user) ?? 0
      // the one that has rested longest: hardly ever the one that this client had before
      let server = of(idle, user).shift()
      if (server === undefined) {
        if (count >= ask.most) return
        counts.set(user, count + 1)
        server = await connect(user).catch(() => undefined)
        if (server === undefined) {
          counts.set(user, (counts.get(user) ?? 1) - 1)
          for (const guest of line.splice(0)) guest.socket.destroy()
          return
        }
      }
      const guest = line.shift()
      if (guest === undefined || guest.socket.destroyed) of(idle, user).push(server)
      else lend(guest, server)
    }
  }

  const asked = (guest: Guest, type: string, whole: Buffer): void => {
    if (type === 'X') return void guest.socket.end()
    if (type === 'S' || type === 'Q' || type === 'F') guest.owed += 1
    if (guest.server !== null) return void guest.server.socket.write(whole)
    guest.waiting.push(whole)
    if (guest.asking) return
    guest.asking = true
    of(queue, guest.user).push(guest)
    void serveNext(guest.user)
  }

  const greet = (socket: Socket, parameters: ReadonlyMap<string, string>): void => {
    const strange = [...parameters.keys()].find((name) => !known.has(name.toLowerCase()))
    if (strange !== undefined)
      return void socket.end(failure('08P01', `unsupported startup parameter: ${strange}`))
    const user = parameters.get('user') ?? ''
    const guest: Guest = { socket, user, server: null, asking: false, waiting: [], owed: 0, met: new Set() }
    let entered = false
    socket.write(message('R', number(3)))
    socket.on(
      'data',
      cutter((type, whole) => {
        if (entered) return asked(guest, type, whole)
        if (type !== 'p' || whole.toString('utf8', 5, whole.length - 1) !== ask.password)
          return void socket.end(failure('28P01', 'password authentication failed'))
        entered = true
        guests.add(guest)
        seen.clients = Math.max(seen.clients, guests.size)
        const said = {
          server_version: '18.4',
          client_encoding: 'UTF8',
          DateStyle: 'ISO, MDY',
          integer_datetimes: 'on',
          standard_conforming_strings: 'on',
        }
        for (const [name, value] of Object.entries(said)) socket.write(message('S', text(name), text(value)))
        socket.write(Buffer.concat([message('K', number(1), number(1)), ready]))
      }),
    )
    socket.on('close', () => {
      guests.delete(guest)
      guest.server?.socket.destroy()
    })
  }

  const listener = createServer((socket) => {
    socket.on('error', () => undefined)
    const start = (chunk: Buffer): void => {
      const code = chunk.readInt32BE(4)
      if (code === 80_877_103) return void (socket.write('N'), socket.once('data', start))
      if (code !== 196_608) return void socket.destroy()
      const words = chunk.toString('utf8', 8, chunk.readInt32BE(0)).split('\0')
      const parameters = new Map<string, string>()
      for (let i = 0; i + 1 < words.length && words[i] !== ''; i += 2)
        parameters.set(words[i]!, words[i + 1]!)
      greet(socket, parameters)
    }
    socket.once('data', start)
  })
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  return {
    port: (listener.address() as AddressInfo).port,
    transactions: () => seen.transactions,
    most: () => ({ server: seen.server, clients: seen.clients }),
    mixed: () => seen.mixed,
    close: async () => {
      for (const { socket } of guests) socket.destroy()
      for (const { socket } of servers) socket.destroy()
      await new Promise((done) => void listener.close(done))
    },
  }
}

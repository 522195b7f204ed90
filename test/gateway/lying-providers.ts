/** Providers on loopback that misbehave on the wire, and count every byte that they are sent. */
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { CommittedIntent } from '../../src/model/ledger.ts'

export interface LyingProvider {
  readonly url: string
  readonly pair: string
  /** All that arrived, over all connections. */
  readonly received: () => string
  readonly connections: () => number
  readonly close: () => Promise<void>
}

/** @param answer called once per request head that arrived whole */
export const lyingProvider = async (
  answer: (socket: Socket, head: string) => void,
): Promise<LyingProvider> => {
  let received = ''
  let connections = 0
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    connections++
    sockets.add(socket)
    let pending = ''
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      pending += chunk.toString('latin1')
      const end = pending.indexOf('\r\n\r\n')
      if (end === -1) return
      const head = pending.slice(0, end)
      pending = ''
      answer(socket, head)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v2`,
    pair: `127.0.0.1:${port}`,
    received: () => received,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

let intents = 0
/** A committed intent, as a ledger would make one. */
export const committed = (): CommittedIntent =>
  new CommittedIntent(intents, `${intents++}`.padStart(32, '0'), 1)

export const dialLimits = {
  answer_bytes: 65_536,
  provider_connect_ms: 60_000,
  provider_silence_ms: 60_000,
  provider_total_ms: 60_000,
  provider_connections: 8,
}

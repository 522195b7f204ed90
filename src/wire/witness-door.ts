/** The door of a witness: one path, small bodies, nothing else (c2sp.org/tlog-witness). */
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { maxAddCheckpoint } from '../audit/add-checkpoint.ts'
import type { WitnessAnswer } from '../audit/witness.ts'

export interface WitnessDoor {
  readonly address: AddressInfo
  close(): Promise<void>
}

const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > maxAddCheckpoint) return undefined
    parts.push(part)
  }
  const body = Buffer.concat(parts)
  const text = body.toString('utf8')
  return Buffer.from(text).equals(body) ? text : undefined
}

/** @param add answers a body; what it throws is a 500 without a word */
export const openWitnessDoor = (
  host: string,
  port: number,
  add: (text: string) => Promise<WitnessAnswer>,
): Promise<WitnessDoor> => {
  const server = createServer({ maxHeaderSize: 8_192, headersTimeout: 10_000, requestTimeout: 20_000 })
  server.maxConnections = 64
  server.on('request', (request, response) => {
    const answer = (status: number, body = '', type = 'text/plain'): void =>
      void response.writeHead(status, { 'content-type': type }).end(body)
    if (request.method !== 'POST' || !request.url?.endsWith('/add-checkpoint')) {
      request.resume()
      return answer(404)
    }
    const serve = async (): Promise<void> => {
      const text = await bodyOf(request)
      if (text === undefined) return answer(400)
      const { status, body, type } = await add(text)
      answer(status, body, type)
    }
    serve().catch(() => (response.headersSent ? response.destroy() : answer(500)))
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () =>
      resolve({
        address: server.address() as AddressInfo,
        close: () => {
          server.closeAllConnections()
          return new Promise((done) => server.close(() => done()))
        },
      }),
    )
  })
}

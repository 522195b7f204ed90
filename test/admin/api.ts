/** A caller of the control plane, over real HTTP. */
import { request } from 'node:http'
import { connect } from 'node:net'
import type { Whole } from '../promises/gateway.ts'

export interface Said {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** Of JSON. */
  readonly value: any
}

export interface Call {
  readonly key?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  /** A string goes as it is, anything else as JSON. */
  readonly body?: unknown
}

export const callerOf = (port: number, standing?: string) => {
  const call = (path: string, { key = standing, method, headers = {}, body }: Call = {}): Promise<Said> =>
    new Promise((resolve, reject) => {
      const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method: method ?? (sent === undefined ? 'GET' : 'POST'),
          headers: {
            ...(key === undefined || key === '' ? {} : { authorization: `Bearer ${key}` }),
            ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
        },
        (response) => {
          const parts: Buffer[] = []
          response.on('error', reject)
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('end', () => {
            const text = Buffer.concat(parts).toString('utf8')
            const json = String(response.headers['content-type']).includes('json') && text !== ''
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text,
              value: json ? JSON.parse(text) : undefined,
            })
          })
        },
      )
      asked.on('error', reject)
      asked.end(sent)
    })
  return call
}

/** An answer that has come to its end: what follows its head is as long as the head says. */
const isWhole = (answer: string): boolean => {
  const end = answer.indexOf('\r\n\r\n')
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(answer.slice(0, end + 2))?.[1]
  return length !== undefined && answer.length >= end + 4 + Number(length)
}

/** Bytes as they are, and what comes back: one whole answer, or whatever comes until the connection closes. */
export const raw = (port: number, bytes: string, endAfterMs = 100_000): Promise<string> =>
  new Promise((resolve) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const timer = setTimeout(() => socket.destroy(), endAfterMs)
    socket.on('data', (part) => {
      heard += part.toString('latin1')
      if (isWhole(heard)) socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(Buffer.from(heard, 'latin1').toString('utf8'))
    })
  })

/** Access records, oldest first, as `who act count filter`. */
export const accesses = async ({ database }: Pick<Whole, 'database'>): Promise<string[]> => {
  const { rows } = await database.superuser.query<{ body: Buffer }>(
    'SELECT body FROM douane.audit_leaf WHERE log = 1 AND kind = 8 ORDER BY idx',
  )
  return rows.map(({ body }) => {
    const { who, act, count, filter = '' } = JSON.parse(body.toString('utf8'))
    return `${who} ${act} ${count} ${filter}`.trim()
  })
}

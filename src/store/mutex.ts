/**
 * A lock that the kernel gives back on any death: an abstract unix socket (unix(7)), named by what it guards.
 * It holds within one network namespace: two containers must not share a home.
 */
import { createHash } from 'node:crypto'
import { createServer } from 'node:net'

export interface Mutex {
  readonly release: () => Promise<void>
}

/** @returns null if somebody else holds it */
export const seize = (what: string): Promise<Mutex | null> => {
  const name = `\0douane-${createHash('sha256').update(what).digest('hex').slice(0, 32)}`
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(new Error(`no lock: ${error.code}`)),
    )
    server.listen(name, () => {
      server.unref()
      resolve({ release: () => new Promise((done) => server.close(() => done())) })
    })
  })
}

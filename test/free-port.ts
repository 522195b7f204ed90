import { createServer } from 'node:net'

/** Below the range of which the kernel takes ports that nobody named (ip_local_port_range). */
const [from, to] = [10_240, 32_000]

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A port for what is named before it is opened, or opened again: no server on port 0 and no connection gets it meanwhile. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = from + Math.floor(Math.random() * (to - from))
    if (await isFree(port)) return port
  }
}

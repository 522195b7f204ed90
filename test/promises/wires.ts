/**
 * Two wires between a gateway and its database that break as a network does: nothing is closed, nobody is told, bytes just
 * do not arrive. One is a network of its own, with real TCP that repeats what was lost; the other, for machines where
 * none can be made, is a relay that holds bytes back.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** Which way is cut: what the gateway sends, what the database answers, or both. */
export type Cut = 'to the database' | 'to the gateway' | 'both ways'
export const cuts: readonly Cut[] = ['both ways', 'to the database', 'to the gateway']

export interface Wire {
  readonly host: string
  readonly port: number
  cut(which: Cut): void
  heal(): void
  close(): Promise<void>
}

const run = (...command: readonly [string, ...string[]]): string => {
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr || 'failed'}`)
  return stdout
}

/** Whether this machine lets us make a network. */
export const mayMakeNetworks = ((): boolean => {
  const name = `dp${process.pid}`
  try {
    run('ip', 'netns', 'add', name)
    run('ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`)
    run('ip', 'link', 'del', name)
    return true
  } catch {
    return false
  } finally {
    spawnSync('ip', ['netns', 'del', name])
  }
})()

/** Pipes a port of that network to the server's socket; a path is the same in every network. */
const inThere = `
const { connect, createServer } = require('node:net')
const [path, host] = process.argv.slice(1)
createServer((near) => {
  const far = connect(path)
  for (const [one, other] of [[near, far], [far, near]]) {
    one.on('error', () => other.destroy())
    one.pipe(other)
  }
}).listen(5432, host, () => console.log('listening'))
`

let networks = 0

/** @param path of the server's unix socket */
export const openNetwork = async (path: string): Promise<Wire> => {
  const which = networks++
  const name = `dw${process.pid % 1_000_000}n${which}`
  const [outer, inner] = [`${name}a`, `${name}b`]
  const [third, fourth] = [process.pid % 250, (which % 64) * 4]
  const [here, there] = [`10.203.${third}.${fourth + 1}`, `10.203.${third}.${fourth + 2}`]
  const within = (...command: readonly string[]): string => run('ip', 'netns', 'exec', name, ...command)
  run('ip', 'netns', 'add', name)
  run('ip', 'link', 'add', outer, 'type', 'veth', 'peer', 'name', inner, 'netns', name)
  run('ip', 'addr', 'add', `${here}/30`, 'dev', outer)
  run('ip', 'link', 'set', outer, 'up')
  within('ip', 'addr', 'add', `${there}/30`, 'dev', inner)
  within('ip', 'link', 'set', inner, 'up')
  const addressOf = (text: string): string => /link\/ether (\S+)/.exec(text)?.[1] ?? ''
  const [ours, theirs] = [
    addressOf(run('ip', 'link', 'show', outer)),
    addressOf(within('ip', 'link', 'show', inner)),
  ]
  // a frame for an address that nobody has is dropped on arrival, and no sender hears of it
  const nobody = '02:00:00:00:00:01'
  const sendTo = (address: string): void =>
    void run('ip', 'neigh', 'replace', there, 'lladdr', address, 'dev', outer, 'nud', 'permanent')
  const answerTo = (address: string): void =>
    void within('ip', 'neigh', 'replace', here, 'lladdr', address, 'dev', inner, 'nud', 'permanent')
  const heal = (): void => {
    sendTo(theirs)
    answerTo(ours)
  }
  heal()
  const pipe = spawn('ip', ['netns', 'exec', name, process.execPath, '-e', inThere, path, there], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(pipe.stdout, 'data')
  return {
    host: there,
    port: 5432,
    cut: (which) => {
      if (which !== 'to the gateway') sendTo(nobody)
      if (which !== 'to the database') answerTo(nobody)
    },
    heal,
    close: async () => {
      const ended = once(pipe, 'exit')
      pipe.kill('SIGKILL')
      await ended
      run('ip', 'netns', 'del', name)
    },
  }
}

/** What is held back arrives when the wire is whole again, as TCP would repeat it. */
export const openRelay = async (path: string): Promise<Wire> => {
  let held: Cut | undefined
  const pairs = new Set<readonly [Socket, Socket]>()
  const holds = (way: Cut): boolean => held === 'both ways' || held === way
  const flow = (): void => {
    for (const [near, far] of pairs) {
      if (holds('to the database')) near.pause()
      else near.resume()
      if (holds('to the gateway')) far.pause()
      else far.resume()
    }
  }
  const server = createServer({ pauseOnConnect: true }, (near) => {
    const far = connect(path)
    const pair = [near, far] as const
    pairs.add(pair)
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on('data', (bytes) => void other.write(bytes))
      one.on('error', () => one.destroy())
      one.on('close', () => {
        pairs.delete(pair)
        other.destroy()
      })
    }
    flow()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    cut: (which) => {
      held = which
      flow()
    },
    heal: () => {
      held = undefined
      flow()
    },
    close: async () => {
      for (const [near, far] of pairs) {
        near.destroy()
        far.destroy()
      }
      await new Promise<void>((done) => void server.close(() => done()))
    },
  }
}

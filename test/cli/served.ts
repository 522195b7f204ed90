/** A gateway on a home of its own, started as a person starts it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Provider } from '../promises/provider.ts'
import { douane, emptyHome, start, writePolicies } from './douane.ts'

export const until = async (holds: () => boolean, ms = 60_000): Promise<void> => {
  const began = performance.now()
  while (!holds()) {
    if (performance.now() - began > ms) throw new Error('it never held')
    await sleep(50)
  }
}
/** A home with our register, whose ports are free ones. */
export const homeOf = ({ port }: Pick<Provider, 'port'>): string => {
  const home = emptyHome()
  writePolicies(home, { port })
  writeFileSync(
    join(home, 'douane.yaml'),
    `region: FR\ndata: {port: 0}\ncontrol: {port: 0}\ndial_exceptions: ['127.0.0.1:${port}']\n`,
    { mode: 0o600 },
  )
  return home
}
/** Starts `serve` and keeps what it says. */
export const serve = (home: string) => {
  const child = start(['serve'], { home })
  const said = { text: '' }
  child.stdout.on('data', (part: Buffer) => (said.text += part.toString('utf8')))
  child.stderr.on('data', (part: Buffer) => (said.text += part.toString('utf8')))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, said, ended }
}

/** Serves, and makes a key of the client acme. */
export const served = async (provider: Pick<Provider, 'port'>) => {
  const home = homeOf(provider)
  const { child, said, ended } = serve(home)
  await until(() => said.text.includes('control plane  http'))
  const port = Number(/data plane +http:\/\/127\.0\.0\.1:(\d+)/.exec(said.text)?.[1])
  const { value } = await douane(['keys', 'client', 'acme', '--json'], { home })
  // A key that is made while it runs works within a second.
  await sleep(1_100)
  return { home, child, said, ended, port, key: value.key as string }
}

/** A gateway on a home of its own, started as a person starts it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openKeyRing } from '../../src/config/credentials.ts'
import { makeSecrets } from '../../src/config/secrets.ts'
import { type Ask, type Heard, sendTo } from '../promises/gateway.ts'
import type { Provider } from '../promises/provider.ts'
import { emptyHome, start, writePolicies } from './douane.ts'

export const until = async (holds: () => boolean | Promise<boolean>, ms = 100_000): Promise<void> => {
  const began = performance.now()
  while (!(await holds())) {
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

/** As a client sends: what was refused because a database was slow, and told so, is sent again. */
export const sendOn = async (
  port: number,
  target: string,
  ask: Ask & { readonly key: string },
): Promise<Heard> => {
  for (;;) {
    const heard = await sendTo(port, target, ask)
    if (!['LOG_UNAVAILABLE', 'VAULT_UNAVAILABLE', 'POLICY_STALE'].includes(heard.code ?? '')) return heard
    await sleep(100)
  }
}

/** Serves; a key of the client acme is there. */
export const served = async (provider: Pick<Provider, 'port'>) => {
  const home = homeOf(provider)
  makeSecrets(home)
  const key = openKeyRing(home).makeClientKey('acme')
  const { child, said, ended } = serve(home)
  await until(() => said.text.includes('control plane  http'))
  const port = Number(/data plane +http:\/\/127\.0\.0\.1:(\d+)/.exec(said.text)?.[1])
  return { home, child, said, ended, port, key }
}

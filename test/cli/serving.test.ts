/** A gateway that runs: started, looked into from beside, edited, asked to stop. All on its own PostgreSQL. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openProvider } from '../promises/provider.ts'
import { douane } from './douane.ts'
import { homeOf, sendOn, serve, served, until } from './served.ts'

const provider = await openProvider()
afterAll(() => provider.close())
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const postmaster = (home: string): number | undefined => {
  const found = ['pg/data/postmaster.pid', 'pg/postmaster.pid']
    .map((path) => join(home, path))
    .find(existsSync)
  return found === undefined ? undefined : Number(readFileSync(found, 'utf8').split('\n')[0])
}
test('from the first start to the last: transfers, an auditor beside it, a stop that leaves nothing running', async () => {
  const { home, child, said, ended, port } = await served(provider)
  const server = postmaster(home) as number
  expect(alive(server)).toBe(true)

  // What is read from beside uses its database.
  const { key } = (await douane(['keys', 'client', 'acme', '--json'], { home })).value as { key: string }
  const send = () => sendOn(port, '/tana/lots', { key, body: '{"name":"Hélène Marchetti"}' })
  // A key that is made while it runs works a moment later.
  await until(async () => (await send()).status !== 401)
  const sent = await send()
  expect([sent.status, sent.headers['douane-verdict']]).toEqual([200, 'treat'])
  const shown = await douane(['audit', 'show', sent.tid], { home })
  expect([shown.code, shown.out]).toEqual([0, expect.stringMatching(/^May go to tana \(Madagascar\)/)])
  expect(shown.out).not.toMatch(/marchetti/i)
  const french = await douane(['audit', 'show', sent.tid, '--lang', 'fr', '--json'], { home })
  expect(french.value.explanation.sentence).toMatch(/^Peut partir vers tana/)
  const out = join(home, 'export')
  expect((await douane(['audit', 'export', '--out', out], { home })).code).toBe(0)
  writeFileSync(join(home, 'pin'), (await douane(['audit', 'keys'], { home })).out)
  expect((await douane(['audit', 'verify', out, '--pin', join(home, 'pin')], { home })).code).toBe(0)
  expect(alive(server)).toBe(true)

  child.kill('SIGTERM')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(alive(server)).toBe(false)
  expect(said.text).toContain('process.stopped')
  expect(said.text).not.toMatch(/marchetti/i)
}, 180_000)

test.each([300, 1_500, 3_000])(
  'a stop that is asked for %i ms after the start stops everything',
  async (ms) => {
    const home = homeOf(provider)
    const { child, said, ended } = serve(home)
    // Node itself needs a moment before it hears anything.
    await until(() => said.text.includes('process.started'))
    await sleep(ms)
    const server = postmaster(home)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(server === undefined || !alive(server)).toBe(true)
    expect(postmaster(home)).toBeUndefined()
  },
  120_000,
)

/** An operator stops and starts: what is in flight ends well, nothing new begins, and the data are found again. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { startInstance } from '../../bench/torture/instance.ts'
import { makeSecrets } from '../../src/config/secrets.ts'
import { openKeyRing } from '../../src/config/credentials.ts'
import { makeHome, openWhole, sendTo } from './gateway.ts'
import { openProvider } from './provider.ts'

const office = await openProvider()
const home = makeHome(office.port)
const cache = `${home}-cache`
afterAll(async () => {
  await office.close()
  for (const path of [home, cache, `${home}.log`]) rmSync(path, { recursive: true, force: true })
})

/** What a test waits for, and calls. */
const sign = () => {
  let give: () => void = () => undefined
  const given = new Promise<void>((resolve) => (give = resolve))
  return { give, given }
}
/** Until the process has logged it. */
const said = (log: string, event: string) => async (): Promise<void> =>
  await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8').includes(event)).toBe(true)

const body = '{"nom": "Rakotomalala", "email": "helene@exemple.fr"}'

test('SIGTERM: the transfer in flight ends well, a new one is refused, and a second start finds its data', async () => {
  makeSecrets(home)
  const key = openKeyRing(home).makeClientKey('acme')
  const first = startInstance({ home, cache })
  const port = (await first.ready) as number
  expect(port, first.said()).toBeDefined()
  const [stopping, release] = [said(`${home}.log`, 'process.stopping'), sign()]
  office.onFirstByte(() => release.given)
  // An idle connection that was opened before, too.
  const inFlight = sendTo(port, '/tana/x', { key, body })
  await expect.poll(() => office.got.length).toBe(1)
  first.kill('SIGTERM')
  await stopping()
  const late = await sendTo(port, '/tana/late', { key, body }).then(
    ({ code }) => code,
    (error: NodeJS.ErrnoException) => error.code,
  )
  expect(['SHUTTING_DOWN', 'ECONNREFUSED', 'ECONNRESET']).toContain(late)
  release.give()
  const ended = await inFlight
  expect(ended.status).toBe(200)
  expect(ended.text).toBe(body)
  expect(await first.ended).toEqual({ code: 0, signal: null })
  expect(office.got).toHaveLength(1)

  const token = (JSON.parse(office.got[0]?.body.toString('utf8') ?? '{}') as { nom: string }).nom
  const second = startInstance({ home, cache })
  const again = (await second.ready) as number
  expect(again, second.said()).toBeDefined()
  office.answers(() => ({ body: `{"reply": "${token.toLowerCase()}"}` }))
  const restored = await sendTo(again, '/tana/x', { key, method: 'GET' })
  expect(restored.text).toBe('{"reply": "Rakotomalala"}')
  // Killed without a word, and started again: the same.
  second.kill('SIGKILL')
  await second.ended
  const third = startInstance({ home, cache })
  const once = (await third.ready) as number
  expect(once, third.said()).toBeDefined()
  expect((await sendTo(once, '/tana/x', { key, method: 'GET' })).text).toBe('{"reply": "Rakotomalala"}')
  third.kill('SIGTERM')
  expect(await third.ended).toEqual({ code: 0, signal: null })
})

test('while it drains, a request on a connection that was open already is told to go elsewhere', async () => {
  const slow = await openProvider()
  const release = sign()
  slow.onFirstByte(() => release.given)
  const whole = await openWhole({ provider: slow })
  const inFlight = whole.send('/tana/x', { body })
  await expect.poll(() => slow.got.length).toBe(1)
  const asked = request({
    host: '127.0.0.1',
    port: whole.running.data.port,
    method: 'POST',
    path: '/to/tana/x',
    headers: {
      authorization: `Bearer ${whole.keys.acme}`,
      'content-type': 'application/json',
      'content-length': body.length,
    },
  })
  // The head is on its way before the signal, the body comes after it.
  asked.flushHeaders()
  asked.write(body.slice(0, 10))
  await expect.poll(() => whole.look<string>('/metrics')).toMatch(/^douane_in_flight 2$/m)
  const stopping = whole.stop()
  const answer = new Promise<number>((resolve, reject) => {
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject)
  })
  asked.end(body.slice(10))
  release.give()
  // It was admitted before: it is in flight, too, and ends well.
  expect(await answer).toBe(200)
  expect((await inFlight).text).toBe(body)
  await stopping
  expect(slow.got).toHaveLength(2)
  await slow.close()
})

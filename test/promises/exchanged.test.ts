/** A policy that is exchanged while a transfer is under way: what has not left is judged by the new one. */
import { request } from 'node:http'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { callerOf } from '../admin/api.ts'
import { openWhole, recordsOf } from './gateway.ts'
import { openProvider } from './provider.ts'

/** An analyser finds nothing, and takes the time that a test gives it. */
const analyser = await openProvider()
analyser.answers(() => ({ body: '[]' }))
const whole = await openWhole({
  extra: analyser,
  settings: [`analyser: {url: 'http://127.0.0.1:${analyser.port}', timeout_ms: 20000}`],
})
afterAll(() => analyser.close())
const call = callerOf(whole.running.control.port, whole.keys.dpo)
const approver = whole.installation.keyRing.makePersonKey({ who: 'marie', roles: ['approver'] })

const order = async (which: 'suspend' | 'resume', seen: string | number): Promise<void> => {
  const key = which === 'resume' ? { key: approver } : {}
  await call(`/v1/providers/tana/${which}`, { ...key, body: { reason: 'A breach was notified.' } })
  await expect
    .poll(
      async () => {
        const { status, code } = await whole.send('/tana/probe', { body: '{"nom":"Ravelo"}' })
        return code ?? status
      },
      { timeout: 5_000 },
    )
    .toBe(seen)
}
beforeEach(() => {
  whole.provider.forget()
  analyser.onFirstByte(undefined)
})

const arrived = (): string[] =>
  whole.provider.got.map(({ target }) => target).filter((one) => one !== '/probe')

test('a body that arrives slowly meets a suspension of which its first half knew nothing', async () => {
  const body = '{"nom":"Ravelo"}'
  const asked = request({
    ...{ host: '127.0.0.1', port: whole.running.data.port, method: 'POST', path: '/to/tana/slow' },
    headers: {
      authorization: `Bearer ${whole.keys.acme}`,
      'content-type': 'application/json',
      'content-length': body.length,
    },
  })
  const answered = new Promise<string>((resolve, reject) =>
    asked.on('error', reject).on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve(text))
    }),
  )
  asked.write(body.slice(0, 5))
  await order('suspend', 'ENTRY_INACTIVE')
  asked.end(body.slice(5))
  const problem = JSON.parse(await answered) as { code: string; transfer: string }
  expect(problem.code).toBe('ENTRY_INACTIVE')
  expect(arrived()).toEqual([])
  await order('resume', 200)
})

test('a payload that is looked into for long, too; its refusal is by the policy that refused it', async () => {
  const asked = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  analyser.onFirstByte(async () => {
    asked.resolve()
    await go.promise
  })
  const sent = whole.send('/tana/long', { body: '{"note":"le rendez-vous est fixé demain"}' })
  await asked.promise
  await order('suspend', 'ENTRY_INACTIVE')
  go.resolve()
  const { code, tid } = await sent
  expect(code).toBe('ENTRY_INACTIVE')
  expect(arrived()).toEqual([])
  const records = await recordsOf(whole)
  const at = records.findIndex(({ k }) => k === 'override')
  const suspended = records.findLastIndex(({ act }) => act === 'suspended')
  expect(at).toBeGreaterThan(0)
  expect((await recordsOf(whole, tid)).map(({ k, orders }) => [k, orders])).toEqual([
    ['refusal', suspended + 1],
  ])
  await order('resume', 200)
})

test('no intent stands behind a suspension that its transfer did not know', async () => {
  const records = await recordsOf(whole)
  const late = records.filter(({ k, orders }, at) => {
    const before = records.slice(0, at).findLastIndex(({ k: kind }) => kind === 'override')
    return k === 'intent' && before >= 0 && (orders as number) <= before
  })
  expect(late).toEqual([])
})

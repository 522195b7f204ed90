/** Ten megabytes: they pass, come home, and nobody stands still meanwhile. */
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openWhole, recordsOf } from './gateway.ts'
import { echo } from './provider.ts'

const whole = await openWhole()
const mebibyte = 1_048_576

/** Sentences of which every twentieth names somebody. */
const lines = (bytes: number): string => {
  const plain = 'Le colis est arrivé ce matin et la facture du mois a été payée par le service. '
  const said = (n: number): string =>
    `${plain.repeat(20)}Merci de rappeler jean.rakoto${n}@exemple.fr au 06 12 34 56 78.\n`
  const out: string[] = []
  for (let n = 0, length = 0; length < bytes; n++, length += Buffer.byteLength(out.at(-1)!)) out.push(said(n))
  return out.join('')
}

describe('a payload of ten mebibytes', { timeout: 600_000 }, () => {
  test('passes and comes home as it was, while other transfers go on', async () => {
    const text = lines(10 * mebibyte - 4_096)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10 * mebibyte)
    const state = { done: false }
    const big = whole
      .send('/tana/lots', { body: text, type: 'text/plain' })
      .finally(() => (state.done = true))
    let meanwhile = 0
    while (!state.done) {
      const small = await whole.send('/tana/x', { body: '{"nom": "Rakotomalala"}' })
      expect(small.text).toBe('{"nom": "Rakotomalala"}')
      if (!state.done) meanwhile++
    }
    const heard = await big
    expect([heard.status, heard.code]).toEqual([200, undefined])
    expect(heard.body.equals(Buffer.from(text))).toBe(true)
    const arrived = whole.provider.got.find((got) => got.tid === heard.tid)!.body.toString('utf8')
    expect(arrived).not.toContain('jean.rakoto')
    // Were it judged on the gateway's own thread, at most two or three would have got a turn.
    expect(meanwhile).toBeGreaterThan(30)
    const kinds = (await recordsOf(whole, heard.tid)).map(({ k }) => k)
    expect(kinds).toEqual(['intent', 'outcome'])
  })

  test('one byte more than the cap is refused before it is read', async () => {
    const heard = await whole.send('/tana/x', {
      body: Buffer.alloc(10 * mebibyte + 1, 0x20),
      type: 'text/plain',
    })
    expect([heard.status, heard.code]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  test('an answer of ten mebibytes full of other tokens holds nobody up', async () => {
    const token = 'NAME-7Q4K-DM2X-RT9H '
    const body = token.repeat((10 * mebibyte) / token.length)
    whole.provider.answers((got) => (got.target.endsWith('/big') ? { type: 'text/plain', body } : echo(got)))
    const state = { done: false }
    const big = whole.send('/tana/big', { body: '{"nom": "Rakoto"}' }).finally(() => (state.done = true))
    await expect.poll(() => whole.provider.got.some(({ target }) => target.endsWith('/big'))).toBe(true)
    let meanwhile = 0
    while (!state.done) {
      await whole.send('/tana/x', { body: '{"nom": "Rakotomalala"}' })
      if (!state.done) meanwhile++
    }
    const heard = await big
    expect(heard.status).toBe(200)
    expect(heard.body.length).toBe(body.length)
    expect(meanwhile).toBeGreaterThan(10)
  })
})

test('a client that goes away while its payload is looked into: nothing leaves, nothing is held', async () => {
  whole.provider.answers(echo)
  whole.provider.forget()
  const { port } = whole.running.data
  // so much that it is looked into for long after its client has gone
  const body = Buffer.from(lines(10 * mebibyte - 4_096))
  const headers = {
    authorization: `Bearer ${whole.keys.acme}`,
    'content-type': 'text/plain',
    'content-length': body.length,
  }
  const asked = request({ host: '127.0.0.1', port, method: 'POST', path: '/to/tana/gone', headers })
  asked.on('error', () => undefined)
  await new Promise<void>((resolve) => asked.end(body, resolve))
  await pause(200)
  asked.destroy()
  // The next one has the thread to itself.
  const next = await whole.send('/tana/next', { body: lines(mebibyte), type: 'text/plain' })
  expect(next.status).toBe(200)
  expect(whole.provider.got.map(({ target }) => target)).not.toContain('/gone')
  await expect.poll(async () => whole.look<string>('/metrics')).toMatch(/^douane_held_bytes 0$/m)
})

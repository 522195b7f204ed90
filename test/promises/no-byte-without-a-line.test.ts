/** Promise 1: no byte of a request is written to a provider before its intent is durably committed. */
import { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { Refused } from '../../src/errors.ts'
import type { Ledger } from '../../src/model/ledger.ts'
import { CommittedIntent } from '../../src/model/ledger.ts'
import { usual } from '../../src/store/deadlines.ts'
import { openWhole, recordsOf } from './gateway.ts'
import { openProvider } from './provider.ts'

const fault: { commit: Ledger['commit'] | undefined } = { commit: undefined }
const elsewhere = await openProvider()
afterAll(() => elsewhere.close())
const whole = await openWhole({
  extra: elsewhere,
  rewire: (installation) => ({
    ...installation,
    ledger: {
      ...installation.ledger,
      commit: (work) => (fault.commit ?? ((given) => installation.ledger.commit(given)))(work),
    },
  }),
})
const { provider, database } = whole
const person = (n: number): string => JSON.stringify({ nom: 'Rakoto', email: `jean.rakoto${n}@exemple.fr` })

afterEach(() => {
  fault.commit = undefined
  provider.onFirstByte(undefined)
  provider.forget()
  vi.restoreAllMocks()
})

describe('no byte without a line', () => {
  test('when the first byte arrives, the intent is in the database already', async () => {
    const asked: Promise<number | null>[] = []
    provider.onFirstByte((chunk) => {
      const tid = /douane-transfer: ([0-9a-f]{32})/i.exec(chunk.toString('latin1'))?.[1] ?? ''
      // An open one: an attempt before it, which met another's new value, was closed as not sent.
      const sql = `SELECT FROM douane.audit_leaf i WHERE log = 0 AND kind = 1 AND tid = $1::uuid AND NOT EXISTS (SELECT
        FROM douane.audit_leaf o WHERE o.log = 0 AND o.kind = 2 AND o.tid = i.tid AND o.attempt = i.attempt)`
      const answer = database.superuser.query(sql, [tid]).then(({ rowCount }) => rowCount)
      asked.push(answer)
      return answer
    })
    const heard = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        whole.send(n % 4 === 0 ? '/lyon/x' : '/tana/x', { body: person(n % 25) }),
      ),
    )
    expect(heard.map(({ status }) => status)).toEqual(heard.map(() => 200))
    expect(await Promise.all(asked)).toEqual(heard.map(() => 1))
  })

  const ways: [string, Ledger['commit'], string][] = [
    ['refuses', () => Promise.reject(new Refused('LOG_UNAVAILABLE')), 'LOG_UNAVAILABLE'],
    ['fails in a way that nobody foresaw', () => Promise.reject(new Error('boom')), 'INTERNAL'],
    [
      'throws at once',
      () => {
        throw new RangeError('boom')
      },
      'INTERNAL',
    ],
    [
      'answers with something that only looks like a committed intent',
      () => Promise.resolve({ index: 1, tid: '0'.repeat(32), attempt: 1 } as unknown as CommittedIntent),
      'BUSY',
    ],
    ['answers with nothing', () => Promise.resolve(undefined as unknown as CommittedIntent), 'INTERNAL'],
  ]
  test.each(ways)('a ledger that %s: zero bytes', async (_how, commit, code) => {
    fault.commit = commit
    const heard = await whole.send('/tana/x', { body: person(100) })
    expect(heard.code).toBe(code)
    expect(JSON.parse(heard.text).forwarded).toBe('no')
    expect(provider.bytes()).toBe(0)
  })

  test('a ledger that answers twice with the same committed intent: one transfer goes, the other does not', async () => {
    let kept: Awaited<ReturnType<Ledger['commit']>> | undefined
    fault.commit = async (work) => (kept ??= await whole.installation.ledger.commit(work))
    expect((await whole.send('/tana/x', { body: person(101) })).status).toBe(200)
    expect(provider.got).toHaveLength(1)
    expect((await whole.send('/tana/x', { body: person(102) })).status).toBe(500)
    expect(provider.got).toHaveLength(1)
  })

  test('another instance keeps meeting the same value: BUSY, zero bytes, each attempt closed as not sent', async () => {
    fault.commit = async (work) => {
      const done = await whole.installation.ledger.commit({
        ...work,
        keep: { subjects: [], aliases: [], pseudonyms: [] },
      })
      return { clash: true, index: (done as CommittedIntent).index }
    }
    const heard = await whole.send('/tana/x', { body: person(103) })
    expect(heard.code).toBe('BUSY')
    expect(provider.bytes()).toBe(0)
    const records = await recordsOf(whole, heard.tid)
    expect(records.map(({ k, attempt, end }) => [k, attempt, end])).toEqual([
      ['intent', 1, undefined],
      ['outcome', 1, 'not_sent'],
      ['intent', 2, undefined],
      ['outcome', 2, 'not_sent'],
      ['intent', 3, undefined],
      ['outcome', 3, 'not_sent'],
    ])
  })

  test('a commit that hangs in the database: 503, zero bytes, and what was committed too late says not sent', async () => {
    const hasty = await openWhole({ deadlines: { commit: usual.commit } })
    const holder = await hasty.database.superuser.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT FROM douane.audit_head WHERE log = 0 FOR UPDATE')
    const heard = await hasty.send('/tana/x', { body: person(104) })
    expect(heard.status).toBe(503)
    expect(heard.code).toBe('LOG_UNAVAILABLE')
    expect(hasty.provider.bytes()).toBe(0)
    await holder.query('ROLLBACK')
    holder.release()
    // It recovers by itself.
    await expect.poll(async () => (await hasty.send('/tana/x', { body: person(105) })).status).toBe(200)
    await expect
      .poll(async () => {
        const records = await recordsOf(hasty, heard.tid)
        return (
          records.filter(({ k }) => k === 'intent').length ===
          records.filter(({ end }) => end === 'not_sent').length
        )
      })
      .toBe(true)
    expect(hasty.provider.got.map(({ tid }) => tid)).not.toContain(heard.tid)
  })

  test('a refusal has its line too, and a transfer has exactly one intent and one outcome', async () => {
    const refused = await whole.send('/stale/x', { body: person(106) })
    expect(refused.code).toBe('TIA_EXPIRED')
    expect((await recordsOf(whole, refused.tid)).map(({ k, code }) => [k, code])).toEqual([
      ['refusal', 'TIA_EXPIRED'],
    ])
    const done = await whole.send('/tana/x', { body: person(107) })
    await expect
      .poll(async () => (await recordsOf(whole, done.tid)).map(({ k }) => k))
      .toEqual(['intent', 'outcome'])
    expect((await recordsOf(whole, done.tid))[1]).toMatchObject({
      end: 'delivered',
      status: 200,
      restored: 2,
    })
  })
})

describe('who dials out', () => {
  interface Dial {
    readonly to: string
    readonly stack: string
    readonly intents: number
  }
  const watch = (): Dial[] => {
    const dials: Dial[] = []
    const original = Socket.prototype.connect
    vi.spyOn(Socket.prototype, 'connect').mockImplementation(function connect(
      this: Socket,
      ...args: unknown[]
    ) {
      const given = (Array.isArray(args[0]) ? args[0][0] : args[0]) as { port?: unknown; path?: unknown }
      const to = typeof given === 'object' ? String(given.path ?? given.port) : String(given)
      dials.push({ to, stack: String(new Error('who').stack), intents: whole.installation.ledger.openFrom() })
      return Reflect.apply(original, this, args) as Socket
    })
    return dials
  }

  test('a whole life of transfers dials the provider and the database, and nobody else', async () => {
    const dials = watch()
    for (const n of [1, 2, 3]) await whole.send('/rabat/x', { body: person(200 + n) })
    await whole.send('/tana/x', { body: '{"diagnostic": "diabète"}' })
    await whole.send('/tana/x?email=jean@exemple.fr', { method: 'GET' })
    await whole.look('/v1/transfers?limit=5')
    await pause(1_200)
    // The client of this test is undici-free node:http; it dials the gateway's own ports.
    const ours = new Set([whole.running.data.port, whole.running.control.port].map(String))
    const outward = dials.filter(({ to }) => !ours.has(to))
    const database = outward.filter(({ to }) => to.includes('.s.PGSQL.'))
    const others = outward.filter(({ to }) => !to.includes('.s.PGSQL.'))
    expect(others.map(({ to }) => to)).toEqual(others.map(() => String(elsewhere.port)))
    expect(others.length).toBeGreaterThan(0)
    expect(elsewhere.got).toHaveLength(3)
    for (const { stack } of others) expect(stack).toMatch(/node_modules\/undici\/lib\/core\/connect/)
    for (const { stack } of database) expect(stack).toMatch(/node_modules\/pg\//)
  })

  test('what is refused dials nobody', async () => {
    await whole.send('/tana/warm-up', { body: person(300) })
    const dials = watch()
    for (const target of ['/stale/x', '/foreign/x', '/asleep/x', '/nobody/x'])
      expect((await whole.send(target, { body: person(301) })).status).toBeGreaterThanOrEqual(400)
    expect(dials.filter(({ to }) => to === String(provider.port))).toEqual([])
  })
})

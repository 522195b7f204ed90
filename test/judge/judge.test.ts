/** The line from read to treat, without a store: what leaves, what is kept, what may be told of it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { makeDetector } from '../../src/detect/classify.ts'
import { Refused } from '../../src/errors.ts'
import { type Passage, decide } from '../../src/judge/decide.ts'
import { dress, judge } from '../../src/judge/judge.ts'
import { shapeOf } from '../../src/judge/shape.ts'
import type { Incoming } from '../../src/model/document.ts'
import { loadFolder } from '../../src/policy/load.ts'
import { throwAwayKeys } from '../../src/pseudonym/keys.ts'
import { memoryVault } from '../../src/pseudonym/memory-vault.ts'
import { register } from '../promises/register.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-judge-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
cpSync(join(import.meta.dirname, '../../policies'), folder, { recursive: true })
rmSync(join(folder, 'register'), { recursive: true })
for (const [path, text] of Object.entries(register(9))) {
  mkdirSync(dirname(join(folder, 'register', path)), { recursive: true })
  writeFileSync(join(folder, 'register', path), text)
}
const bundle = await loadFolder(folder)
const detector = makeDetector()
const keys = throwAwayKeys()

const incoming = (body: string, type = 'application/json', target = '/lots'): Incoming => ({
  method: 'POST',
  target,
  headers: body === '' ? [] : [['content-type', type]],
  body: Buffer.from(body),
})
const passage = (provider: string, more: Partial<Passage> = {}): Passage => ({
  tid: '0'.repeat(32),
  client: bundle.clients.get('acme')!,
  provider: bundle.providers.get(provider)!,
  purpose: 'payroll',
  now: new Date('2026-11-23T10:00:00Z'),
  region: 'FR',
  ...more,
})
const judged = (body: string, provider = 'tana', vault = memoryVault()) =>
  judge(incoming(body), passage(provider), bundle, detector, keys, vault)

const record = '{"name":"Hélène Marchetti","email":"h.marchetti@example.com","note":""}'

describe('what leaves', () => {
  test('to a third country: no value, and a row to keep for each pseudonym', async () => {
    const { decision, outgoing, keep } = await judged(record)
    expect(decision.verdict).toBe('treat')
    expect(outgoing?.body.toString()).not.toMatch(/marchetti/i)
    expect(keep.pseudonyms.length).toBeGreaterThanOrEqual(2)
  })

  test('inside the EEA: the very bytes', async () => {
    const { decision, outgoing } = await judged(record, 'lyon')
    expect([decision.verdict, outgoing?.body.toString()]).toEqual(['allow', record])
  })

  test('nothing, when a rule refuses', async () => {
    const { decision, outgoing, keep, unresolvable } = await judged(record, 'stale')
    expect([decision.verdict, decision.code, outgoing, unresolvable]).toEqual([
      'refuse',
      'TIA_EXPIRED',
      undefined,
      0,
    ])
    expect(keep.pseudonyms).toEqual([])
  })

  test('the same pseudonym the second time, once the first was kept', async () => {
    const vault = memoryVault()
    const first = await judged(record, 'tana', vault)
    expect(vault.keep(first.keep)).toBe(true)
    const second = await judged(record, 'tana', vault)
    expect(second.outgoing?.body).toEqual(first.outgoing?.body)
    expect(second.keep.pseudonyms).toEqual([])
  })

  test('dressing again after a clash judges nothing again', async () => {
    const decided = await decide(incoming(record), passage('tana'), bundle, detector)
    const [one, two] = [await dress(decided, keys, memoryVault()), await dress(decided, keys, memoryVault())]
    expect(one.decision).toBe(two.decision)
    expect(one.outgoing?.body).not.toEqual(two.outgoing?.body)
  })

  test('a token that is nobody’s is counted and does not reach a third country', async () => {
    const vault = memoryVault()
    const other = await judged('{"name":"Ana Lopes"}')
    const token = JSON.parse(other.outgoing!.body.toString()).name as string
    const { unresolvable, outgoing } = await judged(JSON.stringify({ ref: token }), 'tana', vault)
    expect(unresolvable).toBe(1)
    expect(outgoing?.body.toString()).not.toContain(token)
  })
})

describe('what is refused before it is judged', () => {
  test.each([
    ['a type that is not read', incoming('MZ', 'application/octet-stream'), {}, 'MEDIA_UNSUPPORTED'],
    ['JSON that ends too early', incoming('{'), {}, 'PAYLOAD_UNREADABLE'],
    ['a purpose that nobody registered', incoming('{}'), { purpose: 'marketing' }, 'PURPOSE_UNKNOWN'],
    ['a purpose that every object has', incoming('{}'), { purpose: 'toString' }, 'PURPOSE_UNKNOWN'],
    ['JSON that says it is text', incoming('{"a":1}', 'text/plain'), {}, 'MEDIA_MISMATCH'],
  ])('%s', async (_name, given, more, code) => {
    await expect(decide(given, passage('tana', more), bundle, detector)).rejects.toMatchObject({ code })
  })

  test('whatever comes is decided or refused with a code', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded', 'x/y', ''),
        async (bytes, type) => {
          const given = {
            ...incoming('', type),
            headers: [['content-type', type]] as const,
            body: Buffer.from(bytes),
          }
          const end = await judge(given, passage('tana'), bundle, detector, keys, memoryVault()).then(
            ({ decision }) => decision.verdict,
            (error: unknown) => (error instanceof Refused ? 'refused' : error),
          )
          expect(['allow', 'treat', 'refuse', 'refused']).toContain(end)
        },
      ),
      { numRuns: 300, seed: 7 },
    )
  })
})

describe('the shape that is kept', () => {
  test('places, categories and treatments: no value, and no name that nobody declared', async () => {
    const body = '{"name":"Hélène Marchetti","h.marchetti@example.com":{"email":"b@example.com"}}'
    const decided = await decide(incoming(body), passage('tana'), bundle, detector)
    const shape = shapeOf(decided, detector)
    expect(shape.findings).toContainEqual([
      'body:name',
      'name',
      expect.any(Number),
      expect.any(String),
      0,
      'pseudonymise',
    ])
    const text = JSON.stringify(shape)
    expect(text).not.toMatch(/marchetti|example\.com/i)
    expect(
      Object.values(shape)
        .flat(2)
        .filter((one) => typeof one === 'number' && !Number.isInteger(one)),
    ).toEqual([])
  })

  test('of very many findings the rest is a number', async () => {
    const body = JSON.stringify([...Array(2_100).keys()].map((i) => ({ email: `a${i}@example.com` })))
    const shape = shapeOf(await decide(incoming(body), passage('tana'), bundle, detector), detector)
    expect(shape.findings).toHaveLength(2_000)
    expect(shape.more).toBeGreaterThanOrEqual(100)
  })
})

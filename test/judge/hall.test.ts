/** Large payloads: what a thread finds is what would have been found here. */
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { makeDetector } from '../../src/detect/classify.ts'
import { Refused } from '../../src/errors.ts'
import { type Hall, type HallOptions, large, openHall } from '../../src/judge/hall.ts'
import { type Inspected, inspectHere } from '../../src/judge/inspect.ts'
import { identifiersIn } from '../../src/judge/identifiers.ts'
import { type Incoming, type Path, steps } from '../../src/model/document.ts'

const detector = makeDetector()
const halls: Hall[] = []
const open = (more: Partial<HallOptions> = {}): Hall => {
  const hall = openHall({
    ...{ threads: 1, ms: 120_000, memoryMb: 1_024, queue: 4 },
    limits: { depth: 64, fields: 1_000_000 },
    ...more,
  })
  halls.push(hall)
  return hall
}
afterAll(async () => {
  for (const hall of halls) await hall.stop()
})
const hall = open()

const options = { today: '2026-11-27', places: ['/tickets/{id.case}'] }
const incoming = (body: string, type = 'application/json'): Incoming => ({
  method: 'POST',
  target: '/tickets/T-881?mail=jean@exemple.fr',
  headers: [['content-type', type]],
  body: Buffer.from(body),
})

const lies = (path: Path, nodes: ReadonlySet<Path>): boolean => path === null || nodes.has(path)
const same = (there: Inspected, here: Inspected): void => {
  expect(there.classification.findings).toEqual(here.classification.findings)
  const placed = (one: Inspected) =>
    one.classification.records.map(({ path, child }) => ({ path: steps(path), child }))
  expect(placed(there)).toEqual(placed(here))
  // Two places are one only if they are one object: each must be a node of this very document.
  const nodes = new Set<Path>()
  for (const { path } of there.document.fields)
    for (let node = path; node !== null && !nodes.has(node); node = node.up) nodes.add(node)
  expect(there.classification.records.every(({ path }) => lies(path, nodes))).toBe(true)
}

const note = fc.constantFrom(
  'RAS',
  'Bonjour, je suis Jean Dupont, mon numéro est le 06 12 34 56 78.',
  'Le compte FR76 3000 6000 0112 3456 7890 189 de Mme Rakoto, merci.',
  'arrêt maladie depuis le 12/05/2026',
  'Please call Grace Smith back at +44 20 7946 0958.',
  'é\u0301 œ 🙂 \ud83d',
)
const value = fc.oneof(note, fc.string({ maxLength: 30 }), fc.double({ noNaN: true }), fc.boolean())
const key = fc.constantFrom('nom', 'prenom', 'tel', 'commentaire', 'x', 'date_naissance', 'a@b.fr', 'Ωmega')
const record = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value, { maxKeys: 3 })), {
  minKeys: 1,
  maxKeys: 6,
})

describe('above 256 KiB', { timeout: 300_000 }, () => {
  test('records are found alike', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 12 }), async (records) => {
        const one = JSON.stringify(records).slice(1, -1)
        const payload = incoming(
          `[${Array(Math.ceil(large / one.length) + 1)
            .fill(one)
            .join(',')}]`,
        )
        expect(payload.body.length).toBeGreaterThan(large)
        // A payload that only repeats names may cost more than its size allows: then in both.
        const code = (thrown: Refused): string => thrown.code
        const here = await inspectHere(payload, detector, options).catch(code)
        const there = await hall.inspect(payload, detector, options).catch(code)
        expect(typeof there === 'string' ? there : '').toBe(typeof here === 'string' ? here : '')
        if (typeof there === 'string' || typeof here === 'string') return
        compared++
        same(there, here)
      }),
      { numRuns: 4 },
    )
    expect(compared).toBeGreaterThan(0)
  })

  test('own recognisers go with the payload', async () => {
    const own = makeDetector([{ id: 'lot', category: 'id.case', confidence: 0.9, pattern: 'LOT-\\d{4}' }])
    const payload = incoming(`["${'LOT-1234 puis LOT-5678; '.repeat(12_000)}"]`)
    const there = await hall.inspect(payload, own, options)
    same(there, await inspectHere(payload, own, options))
    expect(there.classification.findings.filter(({ recogniser }) => recogniser === 'own:lot')).toHaveLength(
      24_000,
    )
    const plain = await hall.inspect(payload, detector, options)
    expect(plain.classification.findings.some(({ recogniser }) => recogniser === 'own:lot')).toBe(false)
  })

  test('text and form too', async () => {
    const text = 'Bonjour, je suis Jean Dupont, né le 12/05/1985, jean@exemple.fr.\n'.repeat(4_500)
    const form = 'nom=Dupont&mail=jean%40exemple.fr&'.repeat(9_000)
    for (const payload of [incoming(text, 'text/plain'), incoming(form, 'application/x-www-form-urlencoded')])
      same(await hall.inspect(payload, detector, options), await inspectHere(payload, detector, options))
  })

  test.each([
    ['JSON that ends too early', `[${'1,'.repeat(200_000)}`, 'application/json', 'PAYLOAD_UNREADABLE'],
    ['more work than its size allows', 'hf_ '.repeat(100_000), 'text/plain', 'CLASSIFY_BUDGET'],
    ['JSON that says it is text', `[${'1,'.repeat(200_000)}1]`, 'text/plain', 'MEDIA_MISMATCH'],
    ['a type that is not read', 'x'.repeat(large + 1), 'application/octet-stream', 'MEDIA_UNSUPPORTED'],
  ])('%s is refused with the same code', async (_title, body, type, code) => {
    const payload = incoming(body, type)
    await expect(hall.inspect(payload, detector, options)).rejects.toMatchObject({ code })
    await expect(inspectHere(payload, detector, options)).rejects.toMatchObject({ code })
  })

  test('identifiers of an answer are those that are found here', async () => {
    const body = Buffer.from(JSON.stringify(Array.from({ length: 15_000 }, (_, i) => `z${i}@a.fr`)))
    expect(body.length).toBeLessThan(large)
    const twice = Buffer.concat([Buffer.from('['), body, Buffer.from(','), body, Buffer.from(']')])
    const document = await hall.readAnswer('application/json', twice)
    const answer = { document: document!, type: 'application/json', body: twice }
    const there = await hall.identifiers(answer, detector)
    expect(there).toHaveLength(3 * 30_000)
    expect(there).toEqual(identifiersIn(document!, detector, 1e9))
  })
})

describe('limits', () => {
  const body = incoming(`[${'1,'.repeat(200_000)}1]`)

  test('what it will weigh is told before it is read again, and may refuse it', async () => {
    const held: number[] = []
    await hall.inspect(body, detector, { ...options, hold: (bytes) => void held.push(bytes) })
    expect(held).toHaveLength(1)
    expect(held[0]).toBeGreaterThan(200_000 * 150)
    const hold = (): never => {
      throw new Refused('OVERLOADED')
    }
    await expect(hall.inspect(body, detector, { ...options, hold })).rejects.toMatchObject({
      code: 'OVERLOADED',
    })
  })

  test('fields are those of the settings, large or small', async () => {
    const narrow = open({ limits: { depth: 64, fields: 1_000 } })
    for (const payload of [body, incoming(`[${'1,'.repeat(2_000)}1]`)])
      await expect(narrow.inspect(payload, detector, options)).rejects.toMatchObject({
        code: 'PAYLOAD_TOO_COMPLEX',
      })
  })

  test('a client that goes away ends the work', async () => {
    const control = new AbortController()
    const slow = incoming('Bonjour, je suis Jean Dupont. '.repeat(200_000), 'text/plain')
    const asked = hall.inspect(slow, detector, { ...options, gone: () => control.signal })
    setTimeout(() => control.abort(new Error('gone')), 50)
    await expect(asked).rejects.toThrow('gone')
    await expect(hall.inspect(body, detector, options)).resolves.toBeDefined()
  })

  test('a classifier that fails refuses, and says where without saying what', async () => {
    const faults: unknown[] = []
    const one = open({ onFault: (error) => faults.push(error) })
    const broken = {
      ...detector,
      classify: () => Promise.reject(new TypeError('no')),
    }
    await expect(one.inspect(incoming('{}'), broken, options)).rejects.toMatchObject({
      code: 'CLASSIFY_FAILED',
    })
    expect(faults).toHaveLength(1)
  })

  test('after the end nothing is taken', async () => {
    const one = open()
    await one.stop()
    await expect(one.inspect(body, detector, options)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' })
  })
})

/** The analyser's adapter against real servers on loopback, honest ones and liars. */
import { type RequestListener, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openPresidio, partsOf } from '../../src/outbound/presidio.ts'
import { makeDetector } from '../../src/detect/classify.ts'
import { openHall } from '../../src/judge/hall.ts'
import type { Incoming } from '../../src/model/document.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Asked {
  readonly path: string | undefined
  readonly text: string
  readonly language: string
}
type Answer = (asked: Asked) => unknown

/** A server that answers each question with this JSON; `raw` takes the whole answer into its hands. */
const serve = async (answer: Answer, raw?: RequestListener) => {
  const asked: Asked[] = []
  const running = { now: 0, most: 0 }
  const server = createServer((request, response) => {
    if (raw !== undefined) return void raw(request, response)
    running.most = Math.max(running.most, ++running.now)
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one = { path: request.url, ...JSON.parse(Buffer.concat(parts).toString('utf8')) } as Asked
      asked.push(one)
      setTimeout(() => {
        running.now--
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(answer(one)))
      }, 5)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/presidio/`, asked, running }
}
const open = (url: string, timeout_ms = 20_000) => {
  const analyser = openPresidio({ url, language: 'fr', timeout_ms }, { dial_exceptions: [new URL(url).host] })
  closing.push(() => analyser.close())
  return analyser
}
/** As Python counts. */
const row = (text: string, value: string, type = 'PERSON', score = 0.85) => {
  const start = [...text.slice(0, text.indexOf(value))].length
  return { entity_type: type, start, end: start + [...value].length, score }
}

describe('an analyser that keeps its promise', () => {
  test('is asked with text and language; its offsets are code points', async () => {
    const text = '🙂🙂 Bonjour Zoé 𝒜b, à demain'
    const { url, asked } = await serve(({ text: given }) => [
      row(given, 'Zoé'),
      row(given, '𝒜b', 'LOCATION', 0.4),
    ])
    const [found] = await open(url).analyse([text])
    expect(asked).toEqual([{ path: '/presidio/analyze', text, language: 'fr' }])
    expect(
      found!.map(({ start, end, category, confidence, recogniser }) => [
        text.slice(start, end),
        category,
        confidence,
        recogniser,
      ]),
    ).toEqual([
      ['Zoé', 'name', 0.85, 'analyser:person'],
      ['𝒜b', 'location.place', 0.4, 'analyser:location'],
    ])
  })

  test('never more questions at once than it may', async () => {
    const { url, running, asked } = await serve(() => [])
    await open(url).analyse(Array.from({ length: 40 }, (_, n) => `un texte ${n}`))
    expect(asked).toHaveLength(40)
    expect(running.most).toBeLessThanOrEqual(4)
  })

  test('a type that is not known joins nothing, `constructor` neither', async () => {
    const { url } = await serve(({ text }) => [row(text, 'un', 'SOMETHING'), row(text, 'un', 'constructor')])
    expect(await open(url).analyse(['un texte'])).toEqual([[]])
  })

  test('a long text is asked in parts, and comes back with its own offsets', async () => {
    const text = `${'un mot '.repeat(20_000)}Zoé ${'un mot '.repeat(20_000)}`
    const { url, asked } = await serve(({ text: given }) =>
      given.includes('Zoé') ? [row(given, 'Zoé')] : [],
    )
    const [found] = await open(url).analyse([text])
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.map((one) => one.text).join('')).toBe(text)
    expect(found!.map(({ start, end }) => text.slice(start, end))).toEqual(['Zoé'])
    expect(
      partsOf('🙂'.repeat(10), 5).every(({ start, end }) => '🙂'.repeat(10).slice(start, end).isWellFormed()),
    ).toBe(true)
  })
})

describe('one that lies refuses the payload', () => {
  test.each<readonly [string, Answer]>([
    ['an end beyond the text', () => [{ entity_type: 'PERSON', start: 0, end: 99, score: 1 }]],
    ['a start below nothing', () => [{ entity_type: 'PERSON', start: -1, end: 2, score: 1 }]],
    ['an end before its start', () => [{ entity_type: 'PERSON', start: 3, end: 2, score: 1 }]],
    ['half a place', () => [{ entity_type: 'PERSON', start: 0.5, end: 2, score: 1 }]],
    ['a score beyond one', () => [{ entity_type: 'PERSON', start: 0, end: 2, score: 7 }]],
    ['a score that is text', () => [{ entity_type: 'PERSON', start: 0, end: 2, score: '1' }]],
    ['no type', () => [{ start: 0, end: 2, score: 1 }]],
    ['an object', () => ({ error: 'no' })],
    ['nothing', () => null],
    ['a row that is null', () => [null]],
    [
      'more findings than a text can hold',
      () => Array.from({ length: 29 }, () => ({ entity_type: 'PERSON', start: 0, end: 2, score: 1 })),
    ],
  ])('%s', async (_title, answer) => {
    const { url } = await serve(answer)
    await expect(open(url).analyse(['un texte'])).rejects.toMatchObject({ code: 'CLASSIFY_FAILED' })
  })

  test.each<readonly [string, RequestListener]>([
    [
      'another status',
      (_request, response) => void response.writeHead(500, { 'content-type': 'application/json' }).end('[]'),
    ],
    [
      'a redirect',
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    [
      'another type',
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('[]'),
    ],
    [
      'JSON that ends too early',
      (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('[{'),
    ],
    [
      'an answer without end',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const more = (): void =>
          void (response.destroyed || (response.write(' '.repeat(262_144)), setTimeout(more, 1)))
        more()
      },
    ],
    ['no answer at all', () => undefined],
    ['a connection that is cut', (request) => void request.socket.destroy()],
    [
      'an answer that drips',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const timer = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(timer))
      },
    ],
  ])('%s', async (_title, raw) => {
    const { url } = await serve(() => [], raw)
    await expect(open(url, 500).analyse(['un texte'])).rejects.toMatchObject({ code: 'CLASSIFY_FAILED' })
  })

  test('many findings in each of many texts are too many in all', async () => {
    const many = Array.from({ length: 20_000 }, () => ({ entity_type: 'X', start: 0, end: 1, score: 1 }))
    const people = many.map((one) => ({ ...one, entity_type: 'PERSON' }))
    const texts = Array.from({ length: 40 }, (_, n) => `${n} ${'un mot '.repeat(3_000)}`)
    const one = await serve(() => people)
    await expect(open(one.url).analyse(texts)).rejects.toMatchObject({ code: 'CLASSIFY_FAILED' })
    expect(one.asked.length).toBeLessThan(texts.length)
    const other = await serve(() => many)
    expect(await open(other.url).analyse(texts.slice(0, 2))).toEqual([[], []])
  })

  test('a private address that is no exception is not dialled', async () => {
    const { url, asked } = await serve(() => [])
    const analyser = openPresidio({ url, language: 'fr', timeout_ms: 2_000 }, { dial_exceptions: [] })
    closing.push(() => analyser.close())
    await expect(analyser.analyse(['un texte'])).rejects.toMatchObject({ code: 'CLASSIFY_FAILED' })
    expect(asked).toEqual([])
  })

  test('nobody there', async () => {
    await expect(open('http://127.0.0.1:1').analyse(['un texte'])).rejects.toMatchObject({
      code: 'CLASSIFY_FAILED',
    })
  })
})

describe('in the hall', () => {
  const incoming = (body: unknown): Incoming => ({
    method: 'POST',
    target: '/',
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify(body)),
  })
  const options = { today: '2026-11-27', places: [] }
  const hallWith = (url: string, ms = 60_000) => {
    const hall = openHall({
      ...{ threads: 1, ms, memoryMb: 1_024, queue: 4 },
      limits: { depth: 64, fields: 1_000_000 },
      analyser: open(url),
    })
    closing.push(() => hall.stop())
    return hall
  }
  const said = 'le rendez-vous est fixé dans la salle bleue demain'

  test.each([
    ['small', { note: said }],
    ['large', { note: said, more: Array.from({ length: 30_000 }, (_, n) => `n${n}-abcdef`) }],
  ])('what it finds joins ours: %s', async (_title, body) => {
    const { url } = await serve(({ text }) => (text === said ? [row(text, 'salle bleue', 'LOCATION')] : []))
    const { document, classification } = await hallWith(url).inspect(incoming(body), makeDetector(), options)
    const own = classification.findings.filter(({ recogniser }) => recogniser.startsWith('analyser:'))
    expect(
      own.map(({ field, start, end, category }) => [
        document.fields[field]!.text.slice(start, end),
        category,
      ]),
    ).toEqual([['salle bleue', 'location.place']])
  })

  test('it takes nothing from what we found', async () => {
    const { url } = await serve(({ text }) => [
      { entity_type: 'DATE_TIME', start: 0, end: [...text].length, score: 1 },
    ])
    const body = { note: 'rappeler jean@exemple.fr au 06 12 34 56 78 demain' }
    const { classification } = await hallWith(url).inspect(incoming(body), makeDetector(), options)
    const found = classification.findings.map(({ category }) => category)
    expect(found).toEqual(expect.arrayContaining(['contact.email', 'contact.phone', 'freetext', 'date']))
  })

  const lots = incoming({ notes: Array.from({ length: 400 }, (_, n) => `${said} ${n}`) })

  test('one that answers each question in time, and all of them never, is given up', async () => {
    const { url, asked } = await serve(() => [])
    await expect(hallWith(url, 50).inspect(lots, makeDetector(), options)).rejects.toMatchObject({
      code: 'CLASSIFY_FAILED',
    })
    expect(asked.length).toBeLessThan(400)
  })

  test('nobody waits for the answer any more: no more questions, of a small payload either', async () => {
    const gone = new AbortController()
    const left = new Error('the client went away')
    const { url, asked } = await serve(() => {
      gone.abort(left)
      return []
    })
    const asking = hallWith(url).inspect(lots, makeDetector(), { ...options, gone: () => gone.signal })
    await expect(asking).rejects.toBe(left)
    expect(asked.length).toBeLessThan(12)
  })

  test('what is no running text is not asked about; a failure refuses', async () => {
    const { url, asked } = await serve(() => 'no')
    const hall = hallWith(url)
    await hall.inspect(
      incoming({ iban: 'FR7630006000011234567890189', n: 12, x: '' }),
      makeDetector(),
      options,
    )
    expect(asked).toEqual([])
    await expect(hall.inspect(incoming({ note: said }), makeDetector(), options)).rejects.toMatchObject({
      code: 'CLASSIFY_FAILED',
    })
  })
})

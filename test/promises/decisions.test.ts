/** Promises 5 to 8, as the people who rely on them would say them. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openWhole } from './gateway.ts'
import { openProvider } from './provider.ts'

const office = await openProvider()
afterAll(() => office.close())
const plain = await openWhole({ provider: office })
const restricted = await openWhole({
  provider: office,
  policies: {
    'rules/own.yaml': `rules:
  - id: own-no-address
    decide: remove
    when: {provider: tana, category: contact.email}
    because: {en: The office needs no addresses., fr: Le bureau n'a pas besoin d'adresses., article: 'GDPR 5(1)(c)'}
  - id: own-lyon-masks-names
    decide: mask
    when: {provider: lyon, category: name}
    because: {en: Names are masked for the accountant., fr: Les noms sont masqués pour le comptable., article: 'GDPR 5(1)(c)'}
  - id: own-weaker
    decide: allow
    when: {provider: tana, category: [name, fin.iban]}
    because: {en: Somebody hoped to open this., fr: Quelqu'un espérait ouvrir ceci., article: 'GDPR 6'}
`,
  },
})
beforeEach(() => office.forget())

const person = {
  nom: 'Rakotomalala',
  email: 'helene.r@exemple.fr',
  iban: 'FR7630004008120000123456749',
  lot: 7,
}
const payload = JSON.stringify(person)
type Sent = Record<keyof typeof person, unknown>
const arrived = (at = -1): Sent => JSON.parse(office.got.at(at)?.body.toString('utf8') ?? 'null') as Sent
const token = /^[A-Z]+(-[0-9A-Z]{4}){3}$/

describe('5. the strictest wins', () => {
  test('a restriction of the DPO narrows what goes, and a rule that says allow opens nothing', async () => {
    await plain.send('/tana/x', { body: payload })
    const before = arrived()
    await restricted.send('/tana/x', { body: payload })
    const after = arrived()
    expect(before.email).toMatch(token)
    expect(after.email).toBeNull()
    expect(after.nom).toMatch(token)
    expect(after.iban).toMatch(token)
    expect(after.lot).toBe(7)
  })

  test('in the EEA too: what went in clear is masked', async () => {
    await plain.send('/lyon/x', { body: payload })
    expect(arrived()).toEqual(person)
    await restricted.send('/lyon/x', { body: payload })
    expect(arrived()).toEqual({ ...person, nom: '*****' })
  })

  test('without a contract no rule helps: the route is closed', async () => {
    const heard = await plain.send('/foreign/x', { body: payload })
    expect(heard.code).toBe('CONTRACT_MISSING')
    expect(office.bytes()).toBe(0)
  })
})

describe('6. a pseudonym is useless elsewhere', () => {
  const stringsOf = (sent: Sent): string[] =>
    Object.values(sent).filter((one) => typeof one === 'string' && token.test(one)) as string[]

  test('two providers get different pseudonyms for the same person, and the same one each time', async () => {
    await plain.send('/tana/x', { body: payload })
    const first = stringsOf(arrived())
    await plain.send('/tana/y', { body: payload })
    expect(stringsOf(arrived())).toEqual(first)
    await plain.send('/rabat/x', { body: payload })
    const other = stringsOf(arrived())
    expect(other).toHaveLength(first.length)
    expect(other.filter((one) => first.includes(one))).toEqual([])
  })

  test("one provider's token does not resolve in what comes from another provider, or to another client", async () => {
    await plain.send('/tana/x', { body: payload })
    const mine = String(arrived().nom)
    office.answers(() => ({ body: JSON.stringify({ reply: `Bonjour ${mine}` }) }))
    const home = await plain.send('/tana/x', { method: 'GET' })
    expect(home.text).toContain('Bonjour Rakotomalala')
    const elsewhere = await plain.send('/rabat/x', { method: 'GET' })
    expect(elsewhere.text).toBe(JSON.stringify({ reply: `Bonjour ${mine}` }))
    expect(elsewhere.headers['douane-unresolved']).toBe('1')
    const stranger = await plain.send('/tana/x', { method: 'GET', key: plain.keys.globex })
    expect(stranger.text).toContain(mine)
    expect(stranger.headers['douane-restored']).toBe('0')
    office.answers((got) => ({ body: got.body }))
  })

  test('a client that sends a token of one provider to another sends a new one, never the original', async () => {
    await plain.send('/tana/x', { body: payload })
    const mine = String(arrived().nom)
    const heard = await plain.send('/rabat/x', { body: JSON.stringify({ commentaire: mine }) })
    expect(heard.status).toBe(200)
    const text = office.got.at(-1)?.body.toString('utf8') ?? ''
    expect(text).not.toContain('Rakotomalala')
    expect(text).not.toContain(mine)
  })
})

describe('7. restore or say so', () => {
  test('a token that a clerk retyped badly comes home; a spoilt one is left and counted', async () => {
    await plain.send('/tana/x', { body: payload })
    const mine = String(arrived().nom)
    const [word = '', a = '', b = '', c = ''] = mine.split('-')
    const wrongOne = `${word}-${a}-${b}-${c.slice(0, 3)}${c.endsWith('7') ? '8' : '7'}`
    const spoilt = `${word}-${a.slice(0, 2)}${a.endsWith('XX') ? 'YY' : 'XX'}-${b.slice(0, 2)}${b.endsWith('ZZ') ? 'QQ' : 'ZZ'}-${c}`
    office.answers(() => ({
      body: JSON.stringify({
        exact: mine,
        lower: `de ${mine.toLowerCase()} hier`,
        spaced: `${word} ${a} ${b} ${c}`,
        wrapped: `${word}-${a}\n${b}-${c}`,
        corrected: wrongOne,
        spoilt,
      }),
    }))
    const heard = await plain.send('/tana/x', { method: 'GET' })
    office.answers((got) => ({ body: got.body }))
    expect(JSON.parse(heard.text)).toEqual({
      exact: 'Rakotomalala',
      lower: 'de Rakotomalala hier',
      spaced: 'Rakotomalala',
      wrapped: 'Rakotomalala',
      corrected: 'Rakotomalala',
      spoilt,
    })
    expect(heard.headers).toMatchObject({
      'douane-restored': '5',
      'douane-corrected': '1',
      'douane-unresolved': '1',
    })
  })

  test('numbers come home in their spelling, and an answer that cannot be read passes as it is and says so', async () => {
    const body = '{"telephone": 33612345678, "taux": 1.0, "matricule": 4417}'
    const heard = await plain.send('/tana/x', { body })
    expect(heard.text).toBe(body)
    expect(office.got[0]?.body.toString('utf8')).not.toContain('33612345678')
    office.answers(() => ({ type: 'image/png', body: Buffer.from([0x89, 0x50, 0, 1]) }))
    const unread = await plain.send('/tana/x', { method: 'GET' })
    office.answers((got) => ({ body: got.body }))
    expect(unread.body).toEqual(Buffer.from([0x89, 0x50, 0, 1]))
    expect(unread.headers['douane-restored']).toBe('unread')
  })

  test('a token in Location, in a foreign link, in an image or in a JSON URL tells nobody who it is', async () => {
    await plain.send('/tana/x', { body: payload })
    const mine = String(arrived().email)
    office.answers(() => ({
      headers: [
        `Location: https://evil.example/tana/x?t=${mine}`,
        `Link: <https://evil.example/${mine}>; rel="next"`,
        `X-Token: ${mine}`,
      ],
      body: JSON.stringify({
        link: `https://evil.example/p?who=${mine}`,
        markdown: `![x](https://evil.example/i.png?w=${mine})`,
        html: `<img src="//evil.example/${mine}.gif">`,
        encoded: `https://evil.example/?u=${encodeURIComponent(mine)}`,
        own: `voir ${mine}`,
      }),
    }))
    const heard = await plain.send('/tana/x', { method: 'GET' })
    office.answers((got) => ({ body: got.body }))
    const { own, ...foreign } = JSON.parse(heard.text) as Record<string, string>
    expect(own).toBe('voir helene.r@exemple.fr')
    for (const text of Object.values(foreign)) expect(text).not.toContain('helene')
    expect(JSON.stringify(heard.headers)).not.toContain('helene')
    expect(heard.headers['location']).toBeUndefined()
    expect(heard.headers['link']).toBeUndefined()
  })

  test('an answer of ten megabytes of [ passes unread, and the gateway lives', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024, '[')
    office.answers(() => ({ body }))
    const heard = await plain.send('/tana/x', { method: 'GET' })
    office.answers((got) => ({ body: got.body }))
    expect(heard.status).toBe(200)
    expect(heard.headers['douane-restored']).toBe('unread')
    expect(heard.body.equals(body)).toBe(true)
    expect((await plain.send('/tana/x', { body: payload })).text).toBe(payload)
  })
})

describe('8. every decision can be explained', () => {
  interface Explained {
    readonly sentence: string
    readonly rules: readonly { rule: string; file: string; line: number; article: string }[]
  }

  test.each([
    [
      'what the DPO forbade',
      restricted,
      '/tana/x',
      payload,
      'own-no-address',
      'rules/own.yaml',
      2,
      'GDPR 5(1)(c)',
    ],
    [
      'an expired assessment',
      plain,
      '/stale/x',
      payload,
      '18-impact-assessment',
      'rules/route.yaml',
      undefined,
      /EDPB/,
    ],
    [
      'health data',
      plain,
      '/tana/x',
      '{"diagnostic": "diabète"}',
      '26-special-category',
      'rules/content.yaml',
      undefined,
      /GDPR 9/,
    ],
  ] as const)(
    '%s: rule, file, line and article, in English and in French',
    async (_what, whole, target, body, rule, file, line, article) => {
      const { tid } = await whole.send(target, { body })
      const [en, fr] = [
        await whole.look<Explained>(`/v1/transfers/${tid}/explain`),
        await whole.look<Explained>(`/v1/transfers/${tid}/explain?lang=fr`),
      ]
      for (const told of [en, fr]) {
        const spoken = told.rules.find((one) => one.rule === rule)
        expect(spoken).toBeDefined()
        expect(spoken?.file).toBe(file)
        expect(spoken?.line).toBe(line ?? spoken?.line)
        expect(spoken?.line).toBeGreaterThan(1)
        expect(spoken?.article).toMatch(article)
      }
      expect(en.sentence.length).toBeGreaterThan(20)
      expect(fr.sentence).not.toBe(en.sentence)
    },
  )

  test('the record names the bundle and the engine, and the bundle of that day is kept', async () => {
    const { tid } = await plain.send('/tana/x', { body: payload })
    const shown = await plain.look<{ records: { record: { bundle: string; engine: string } }[] }>(
      `/v1/transfers/${tid}`,
    )
    const record = shown.records[0]?.record
    expect(record?.engine).toMatch(/^douane\/\d+\.\d+\.\d+\+[0-9a-f]{12}$/)
    const stored = await plain.installation.bundles.get(record?.bundle ?? '')
    expect(stored?.files.map(({ path }) => path)).toContain('rules/route.yaml')
    const other = await restricted.send('/tana/x', { body: payload })
    const there = await restricted.look<{ records: { record: { bundle: string } }[] }>(
      `/v1/transfers/${other.tid}`,
    )
    expect(there.records[0]?.record.bundle).not.toBe(record?.bundle)
  })
})

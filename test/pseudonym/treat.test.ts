import { describe, expect, test } from 'vitest'
import { Refused } from '../../src/errors.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Recall } from '../../src/pseudonym/recall.ts'
import { house, json, raw } from './making.ts'
import type { Marks } from './making.ts'

const employee = {
  matricule: 'E-1207',
  nom: 'Rakoto',
  prenom: 'Hanitra',
  nir: '285017500100142',
  email: 'hanitra.rakoto@moreau.example',
  date_naissance: '12/03/1985',
  ville: 'Lyon',
  cp: 69003,
  net: 3120.5,
  actif: true,
}
const marks: Marks = {
  matricule: 'id.employee',
  nom: 'name',
  prenom: 'name',
  nir: ['id.national', 'remove'],
  email: 'contact.email',
  date_naissance: ['birth.date', { name: 'generalise', parameter: 'year' }],
  ville: ['contact.city', 'generalise'],
  cp: ['contact.postcode', 'generalise'],
  net: ['hr.salary', 'generalise'],
}
const tokenForm = (word: string): RegExp => new RegExp(`^${word}(-[0-9A-HJKMNP-TV-Z]{4}){3}$`)

describe('a payroll record on its way to Antananarivo', () => {
  test('becomes what the design says of it', async () => {
    const { out } = JSON.parse(`{"out":${(await house().send(json({ employees: [employee] }), marks)).out}}`)
    const [sent] = out.employees
    expect(sent).toEqual({
      matricule: expect.stringMatching(tokenForm('ID')),
      nom: expect.stringMatching(tokenForm('NOM')),
      prenom: expect.stringMatching(tokenForm('NOM')),
      nir: null,
      email: expect.stringMatching(tokenForm('COURRIEL')),
      date_naissance: '1985',
      ville: 'FR',
      cp: 69,
      net: 3000,
      actif: true,
    })
  })

  test('comes home as it left, from memory and from the vault', async () => {
    const home = house()
    const { out, sent } = await home.send(json({ employees: [employee] }), marks)
    const { matricule, nom, prenom, email } = employee
    const [treated] = JSON.parse(out).employees
    const expected = JSON.stringify({ employees: [{ ...treated, matricule, nom, prenom, email }] })
    const counts = { restored: 4, corrected: 0, unresolved: 0 }
    expect(await home.answer(out, { sent })).toMatchObject({ out: expected, ...counts })
    expect(await home.answer(out)).toMatchObject({ out: expected, ...counts })
  })

  test('no plain value is in the rows that are kept', async () => {
    const home = house()
    await home.send(json({ employees: [employee] }), marks)
    const rows = home.vault.rows()
    const bytes = JSON.stringify(rows, (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    )
    expect(rows.pseudonyms).toHaveLength(4)
    const values = [...Object.values(employee).map(String), 'rakoto', '285017']
    expect(values.filter((value) => value.length > 4 && bytes.includes(value))).toEqual([])
  })
})

describe('sameness', () => {
  const body = { matricule: 'E-1207', nom: 'Rakoto' }
  const two: Marks = { matricule: 'id.employee', nom: 'name' }

  test('the same matricule has the same token each month', async () => {
    const home = house()
    const first = await home.send(json(body), two)
    const second = await home.send(json({ ...body, month: '2026-12' }), two)
    expect(JSON.parse(second.out)).toMatchObject(JSON.parse(first.out))
    expect(second.keep.pseudonyms).toEqual([])
  })

  test('two providers cannot join their files, nor two purposes, nor two clients', async () => {
    const home = house()
    const texts = await Promise.all([
      home.send(json(body), two),
      home.send(json(body), two, { provider: 'rabat' }),
      home.send(json(body), two, { purpose: 'support' }),
      home.send(json(body), two, { client: 'durand' }),
    ])
    const matricules = texts.map(({ out }) => JSON.parse(out).matricule)
    expect(new Set(matricules).size).toBe(4)
    const { pseudonyms, subjects } = home.vault.rows()
    expect(new Set(pseudonyms.map(({ index }) => index.toString('hex'))).size).toBe(8)
    // The subject is the client's own: one for moreau, one for durand, and no reference in common.
    expect(new Set(subjects.map(({ ref }) => ref.toString('hex'))).size).toBe(2)
  })

  test.each([
    ['another spelling of a number', '1.0', '1.00', false],
    ['a number and the same text', '7', '"7"', false],
    ['composed and decomposed letters', '"Ren\u00e9"', '"Rene\u0301"', true],
    ['another case', '"Rakoto"', '"RAKOTO"', false],
    ['an escape is only a spelling of JSON', '"Ren\u00e9"', '"Ren\\u00e9"', true],
  ])('%s: %s and %s', async (_, a, b, same) => {
    const home = house()
    const send = async (value: string): Promise<string> =>
      (await home.send(raw(`{"v":${value}}`), { v: 'id.employee' })).out
    expect((await send(a)) === (await send(b))).toBe(same)
  })

  test('scope transfer: each transfer its own tokens; an Idempotency-Key makes a retry the same bytes', async () => {
    const home = house()
    const rules = { retention_days: 30, scope: 'transfer' } as const
    const plain = [await home.send(json(body), two, { rules }), await home.send(json(body), two, { rules })]
    expect(plain[0]!.out).not.toBe(plain[1]!.out)
    const keyed = { rules, idempotencyKey: 'k-1' }
    const retried = [await home.send(json(body), two, keyed), await home.send(json(body), two, keyed)]
    expect(retried[0]!.out).toBe(retried[1]!.out)
    expect((await home.send(json(body), two, { rules, idempotencyKey: 'k-2' })).out).not.toBe(retried[0]!.out)
  })

  test('scope case: the same case, the same tokens; without Douane-Case it is refused', async () => {
    const home = house()
    const rules = { retention_days: 30, scope: 'case' } as const
    const a = await home.send(json(body), two, { rules, case: 'T-1' })
    expect((await home.send(json(body), two, { rules, case: 'T-1' })).out).toBe(a.out)
    expect((await home.send(json(body), two, { rules, case: 'T-2' })).out).not.toBe(a.out)
    await expect(home.send(json(body), two, { rules })).rejects.toMatchObject({ code: 'CASE_MISSING' })
  })

  test('a silent purpose: numbers are the provider’s, names the case’s or the transfer’s', async () => {
    const home = house()
    const rules = { retention_days: 30 }
    const [a, b] = [await home.send(json(body), two, { rules }), await home.send(json(body), two, { rules })]
    expect(JSON.parse(a.out).matricule).toBe(JSON.parse(b.out).matricule)
    expect(JSON.parse(a.out).nom).not.toBe(JSON.parse(b.out).nom)
    const c = await home.send(json(body), two, { rules, case: 'T-1' })
    const d = await home.send(json(body), two, { rules, case: 'T-1' })
    expect(c.out).toBe(d.out)
  })

  test('POST /tickets and then GET /tickets/T-881 meet', async () => {
    const home = house()
    const rules = { retention_days: 30 }
    const posted = await home.send(json({ id: 'T-881' }), { id: 'id.case' }, { rules })
    const document = raw('', '/tickets/T-881', 'application/json')
    const segment = document.fields.find(({ text }) => text === 'T-881')!
    const finding: Finding = {
      ...{ field: segment.index, start: 0, end: 5, category: 'id.case', confidence: 1 },
      ...{ recogniser: 'places', evidence: 'places', record: 0 },
    }
    const treatment = { finding: 0, treatment: { name: 'pseudonymise' }, rules: [] } as const
    const { target } = await home.send(
      document,
      {},
      {
        rules,
        classification: { findings: [finding], records: [{ path: null, child: false }] },
        decision: {
          ...{
            verdict: 'treat',
            treatments: [treatment],
            spoken: [],
            notes: [],
            counts: {},
            weak: 0,
            bundle: '',
          },
          route: {
            ...{
              client: '',
              provider: '',
              purpose: '',
              class: 'third',
              countries: [],
              ground: [],
              ground_ref: [],
            },
          },
        },
      },
    )
    expect(target).toBe(`/tickets/${JSON.parse(posted.out).id}`)
  })

  test('a value twice in one payload has one token and one row', async () => {
    const home = house()
    const { out, keep } = await home.send(json({ list: [{ nom: 'Rakoto' }, { nom: 'Rakoto' }] }), {
      nom: 'name',
    })
    const { list } = JSON.parse(out)
    expect(list[0].nom).toBe(list[1].nom)
    expect(keep.pseudonyms).toHaveLength(1)
  })

  test('two instances meet the same new value: the loser is told and sends the winner’s token', async () => {
    const home = house()
    const [a, b] = await Promise.all([home.send(json(body), two), home.send(json(body), two)])
    expect(b.out).toBe(a.out)
    expect(home.vault.rows().pseudonyms).toHaveLength(2)
  })
})

describe('methods', () => {
  test.each([
    ['mask', '"Rakoto"', '"*****"'],
    ['mask', '12345678', '"*****"'],
    ['mask', 'true', 'null'],
    ['remove', '"Rakoto"', 'null'],
    ['remove', '12', 'null'],
    ['remove', 'false', 'null'],
    ['pseudonymise', 'true', 'null'],
    ['allow', 'true', 'true'],
  ] as const)('%s of %s is %s', async (name, value, expected) => {
    const { out } = await house().send(raw(`{"v":${value}}`), { v: ['name', name] })
    expect(out).toBe(`{"v":${expected}}`)
  })

  test('a pseudonymised number becomes a string and comes home as the number it was, in its spelling', async () => {
    const home = house()
    const document = raw('{"v":12.50,"n": 1e3 }')
    const { out } = await home.send(document, { v: 'id.employee', n: 'id.customer' })
    expect(out).toMatch(/^\{"v":"ID-[^"]+","n": "ID-[^"]+" \}$/)
    expect((await home.answer(out)).out).toBe('{"v":12.50,"n": 1e3 }')
    const inText = JSON.stringify({ note: `le ${JSON.parse(out).v}, vu` })
    expect((await home.answer(inText)).out).toBe('{"note":"le 12.50, vu"}')
  })

  test.each([
    ['pseudonymise', 'hmac'],
    ['pseudonymise', 'fpe'],
    ['generalise', 'century'],
  ] as const)('%s: %s is not known here and refuses', async (name, parameter) => {
    const sending = house().send(json({ v: '1985' }), { v: ['birth.date', { name, parameter }] })
    await expect(sending).rejects.toMatchObject({ code: 'CANNOT_TREAT' })
  })

  test('a block that was overlooked refuses', async () => {
    const sending = house().send(json({ v: 'x' }), { v: ['health', 'block'] })
    await expect(sending).rejects.toBeInstanceOf(Refused)
  })

  test('free text that may pass has its spans replaced; free text that is masked goes whole', async () => {
    const note = 'Mme Hanitra Rakoto a appelé, son matricule est E-1207.'
    const spans = [
      { key: 'note', text: 'Hanitra Rakoto', category: 'name' },
      { key: 'note', text: 'E-1207', category: 'id.employee' },
    ] as const
    const home = house()
    const { out } = await home.send(json({ note }), {}, { spans })
    expect(JSON.parse(out).note).toMatch(/^Mme NOM-\S+ a appelé, son matricule est ID-\S+\.$/)
    expect(JSON.parse((await home.answer(out)).out).note).toBe(note)
    const masked = await home.send(json({ note }), { note: ['freetext', 'mask'] }, { spans })
    expect(masked.out).toBe('{"note":"*****"}')
  })
})

describe('the store is asked once, and not at all when nothing is to be known', () => {
  const counting = (recall: Recall): Recall & { asked: number } => {
    const it = {
      asked: 0,
      known: (ask: Parameters<Recall['known']>[0]) => (it.asked++, recall.known(ask)),
      resolve: (...ask: Parameters<Recall['resolve']>) => (it.asked++, recall.resolve(...ask)),
    }
    return it
  }

  test('once for a record, never for a payload without pseudonyms', async () => {
    const home = house()
    const recall = counting(home.vault)
    await home.send(json({ employees: [employee, { ...employee, matricule: 'E-2' }] }), marks, { recall })
    expect(recall.asked).toBe(1)
    await home.send(json({ month: '2026-11', net: 3120 }), { net: ['hr.salary', 'generalise'] }, { recall })
    expect(recall.asked).toBe(1)
  })
})

describe('tokens in outgoing payloads', () => {
  const two: Marks = { nom: 'name' }

  test('of this client and provider: stay as they are, and are no finding', async () => {
    const home = house()
    const { out } = await home.send(json({ nom: 'Rakoto' }), two)
    const again = await home.send(json(out), two)
    expect(again).toMatchObject({ out, unresolvable: 0, keep: { pseudonyms: [] } })
    // Its answer is restored from memory though this transfer only passed it on.
    const down: Recall = {
      known: home.vault.known,
      resolve: () => Promise.reject(new Refused('VAULT_UNAVAILABLE')),
    }
    expect((await home.answer(out, { sent: again.sent, recall: down })).out).toBe('{"nom":"Rakoto"}')
  })

  test('made for another provider: opened and treated afresh', async () => {
    const home = house()
    const first = await home.send(json({ nom: 'Rakoto' }), two)
    const second = await home.send(
      json({ note: `vu ${JSON.parse(first.out).nom} hier` }),
      {},
      { provider: 'rabat' },
    )
    expect(JSON.parse(second.out).note).toMatch(/^vu NOM-\S+ hier$/)
    expect(second.out).not.toContain(JSON.parse(first.out).nom)
    expect((await home.answer(second.out, { provider: 'rabat' })).out).toBe('{"note":"vu Rakoto hier"}')
    // The same subject: erasing the person erases both.
    expect(home.vault.rows().subjects).toHaveLength(1)
    const twice = await home.send(
      json({ note: `vu ${JSON.parse(first.out).nom} hier` }),
      {},
      { provider: 'rabat' },
    )
    expect(twice.out).toBe(second.out)
  })

  test('of another client: nobody’s, removed for a third country, left elsewhere, reported', async () => {
    const home = house()
    const { out } = await home.send(json({ nom: 'Rakoto' }), two, { client: 'durand' })
    expect(await home.send(json(out), two, { spans: [] })).toMatchObject({ unresolvable: 1 })
    const third = await home.send(json(out), {})
    expect(third).toMatchObject({ out: '{"nom":null}', unresolvable: 1 })
    const eea = await home.send(json(out), {}, { destination: 'eea' })
    expect(eea).toMatchObject({ out, unresolvable: 1 })
  })
})

import { describe, expect, test } from 'vitest'
import { house, json } from './making.ts'
import type { Marks, Over, Span } from './making.ts'

const marks: Marks = {
  matricule: 'id.employee',
  client_no: 'id.customer',
  nir: ['id.national', 'remove'],
  nom: 'name',
  email: 'contact.email',
  tel: 'contact.phone',
  ne_le: ['birth.date', 'generalise'],
  iban: 'fin.iban',
}
type Sent = Record<string, unknown>

/** Whose the value of each token is: subjects numbered in order of appearance in the payloads. */
const subjectsOf = async (bodies: readonly unknown[], over: Over = {}): Promise<number[][]> => {
  const home = house()
  const seen: string[] = []
  const out: number[][] = []
  for (const body of bodies) {
    const sending = await home.send(json(body), marks, { own: ['contact_urgence'], ...over })
    const rows = home.vault.rows().pseudonyms
    const numbers: number[] = []
    JSON.stringify(JSON.parse(sending.out) as Sent, (_, value) => {
      for (const token of String(value).match(/[A-Z]+(-[0-9A-Z]{4}){3}/g) ?? []) {
        if (typeof value !== 'string') continue
        const symbols = token.split('-').slice(1).join('').slice(0, 9)
        const ref = rows.find((row) => row.token === symbols)!.subject.toString('hex')
        if (!seen.includes(ref)) seen.push(ref)
        numbers.push(seen.indexOf(ref))
      }
      return value
    })
    out.push(numbers)
  }
  return out
}

describe('whose a value is', () => {
  test.each<readonly [string, readonly unknown[], number[][]]>([
    ['a payroll record is one person', [{ matricule: 'E1', nom: 'A', bank: { iban: 'FR76' } }], [[0, 0, 0]]],
    [
      'two employees with the same name are two persons',
      [
        {
          list: [
            { matricule: 'E1', iban: 'F1', nom: 'Jean' },
            { matricule: 'E2', iban: 'F2' },
          ],
        },
      ],
      [[0, 0, 0, 1, 1]],
    ],
    [
      'an emergency contact is another person',
      [{ matricule: 'E1', nom: 'A', contact_urgence: { nom: 'B', tel: '0612345678' } }],
      [[0, 0, 1, 1]],
    ],
    [
      'the same matricule in two payloads is one person',
      [
        { matricule: 'E1', nom: 'A' },
        { matricule: 'E1', nom: 'B' },
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'a stronger number learnt later joins',
      [
        { matricule: 'E1', nom: 'A' },
        { nir: '285', matricule: 'e-1', nom: 'B' },
        { nir: '2 85', nom: 'C' },
      ],
      [[0, 0], [0, 0], [0]],
    ],
    [
      'also within one payload, in any order',
      [
        {
          list: [
            { matricule: 'E1', nom: 'A' },
            { nir: '285', matricule: 'E1', nom: 'B' },
            { nir: '285', nom: 'C' },
          ],
        },
      ],
      [[0, 0, 0, 0, 0]],
    ],
    [
      'an e-mail speaks for a record without a number',
      [
        { matricule: 'E1', email: 'a@b.example' },
        { email: 'A@b.example', nom: 'A' },
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'a shared mailbox is nobody: two numbers with one e-mail are two persons',
      [
        { matricule: 'E1', email: 'rh@b.example', nom: 'A' },
        { matricule: 'E2', email: 'rh@b.example', nom: 'B' },
      ],
      [
        [0, 0, 0],
        [1, 0, 1],
      ],
    ],
    [
      'a phone in common joins nothing',
      [
        { matricule: 'E1', tel: '06', nom: 'A' },
        { matricule: 'E2', tel: '06', nom: 'B' },
      ],
      [
        [0, 0, 0],
        [1, 0, 1],
      ],
    ],
    ['a name alone is only itself', [{ list: [{ nom: 'A' }, { nom: 'B' }] }], [[0, 1]]],
    [
      'name and birth date name a person who has nothing stronger',
      [
        { nom: 'Jean Martin', ne_le: '12/03/1985', iban: 'F1' },
        { nom: 'MARTIN Jean', ne_le: '1985-03-12', iban: 'F2' },
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'the same name with another birth day is another person',
      [
        { nom: 'Jean Martin', ne_le: '12/03/1985', iban: 'F1' },
        { nom: 'Jean  Martin', ne_le: '1985-03-14', iban: 'F2' },
      ],
      [
        [0, 0],
        [1, 1],
      ],
    ],
  ])('%s', async (_, bodies, expected) => {
    expect(await subjectsOf(bodies)).toEqual(expected)
  })

  const note = (text: string): Span => ({ key: 'note', text, category: 'name' })
  test.each<readonly [string, unknown, readonly Span[], number[][]]>([
    [
      'the record’s own name in its note',
      { matricule: 'E1', nom: 'Jean Martin', note: 'vu M. MARTIN hier' },
      [note('MARTIN')],
      [[0, 0, 0]],
    ],
    [
      'a colleague’s name in a note is not the record’s',
      { matricule: 'E1', nom: 'Jean Martin', note: 'vu Paul Roux' },
      [note('Paul Roux')],
      [[0, 0, 1]],
    ],
    [
      'the name of another record in a message belongs to that record',
      { matricule: 'E1', nom: 'Jean Martin', messages: [{ note: 'Jean Martin a écrit' }] },
      [note('Jean Martin')],
      [[0, 0, 0]],
    ],
    [
      'a name that two records share is nobody’s but its own',
      {
        list: [
          { matricule: 'E1', nom: 'Jean Martin' },
          { matricule: 'E2', nom: 'Jean Martin' },
          { note: 'Martin a écrit' },
        ],
      },
      [note('Martin')],
      [[0, 0, 1, 0, 2]],
    ],
  ])('free text: %s', async (_, body, spans, expected) => {
    expect(await subjectsOf([body], { spans })).toEqual(expected)
  })

  test('Douane-Subject names the person of a payload that holds one record, and joins what it knows', async () => {
    expect(await subjectsOf([{ nom: 'A' }, { nom: 'B' }], { subject: 'S-1' })).toEqual([[0], [0]])
    const two = { list: [{ nom: 'A' }, { nom: 'B' }] }
    expect(await subjectsOf([{ nom: 'C' }, two], { subject: 'S-1' })).toEqual([[0], [1, 2]])
  })

  test('a person is told by every identifier when nothing of theirs is kept', async () => {
    const home = house()
    const clear: Marks = { matricule: ['id.employee', 'allow'], email: ['contact.email', 'allow'] }
    const first = await home.send(json({ matricule: 'E1', email: 'a@b.example' }), clear)
    expect(first.keep).toEqual({ subjects: [], aliases: [], pseudonyms: [] })
    const second = await home.send(json({ email: 'A@B.example' }), clear)
    const hex = (list: readonly Buffer[]): string[] => list.map((ref) => ref.toString('hex'))
    expect(hex(first.subjects)).toEqual(expect.arrayContaining(hex(second.subjects)))
  })
})

import { describe, expect, test } from 'vitest'
import { classify } from './fixture.ts'

describe('path segments: only what has a checksum, a fixed form or a place named by the register', () => {
  test.each([
    [['clients', 'jean@exemple.fr'], [], ['contact.email jean@exemple.fr']],
    [['calls', '+33612345678'], [], ['contact.phone +33612345678']],
    [['calls', '0612345678'], [], []],
    [['accounts', 'FR7630006000011234567890189'], [], ['fin.iban FR7630006000011234567890189']],
    [['people', '185056912345641'], [], ['id.national 185056912345641']],
    [['people', 'Jean Dupont'], [], []],
    [['tickets', 'T-881', 'close'], ['/tickets/{id.case}'], ['id.case T-881']],
    [['v2', 'tickets', 'T-881'], ['/tickets/{id.case}'], []],
    [
      ['clients', 'C1', 'tickets', 'T-2'],
      ['/clients/{id.customer}/tickets/{id.case}'],
      ['id.customer C1', 'id.case T-2'],
    ],
    [['tickets'], ['/tickets/{id.case}'], []],
    [['tickets', 'T-881'], ['/tickets/{no.such}'], []],
  ])('%j with %j → %j', async (segments, places, found) =>
    expect((await classify(undefined, { segments, places })).acting).toEqual(found),
  )
})

describe('keys and parameter names', () => {
  test.each<[unknown, string[], string]>([
    [{ 'jean@exemple.fr': 12 }, ['contact.email jean@exemple.fr'], 'an address as a key'],
    [{ FR7630006000011234567890189: 12 }, ['fin.iban FR7630006000011234567890189'], 'an IBAN as a key'],
    [
      { nom: 'Durand', prenom: 'Élodie', heures: { 'durand elodie': 151 } },
      ['name Durand', 'name Élodie', 'name durand elodie'],
      'a name that is a value elsewhere',
    ],
    [{ heures: { 'Mme Durand': 151 } }, ['name Durand'], 'a titled name'],
    [{ heures: { 'Jean Dupont': 151 } }, [], 'a name that nobody told'],
    [{ version: { '10.2.3.4': true } }, [], 'no fixed form'],
  ])('%j → %j (%s)', async (body, found) => expect((await classify(body)).acting).toEqual(found))
})

describe('headers', () => {
  test.each([
    [{ 'accept-language': 'fr-FR' }, []],
    [{ 'content-type': 'application/json' }, []],
    [{ prefer: 'return=minimal' }, []],
    [{ 'x-user-email': 'jean@exemple.fr' }, ['contact.email jean@exemple.fr']],
    [{ 'x-client-ip': '10.11.12.13' }, ['online.ip 10.11.12.13']],
  ])('%j → %j', async (headers, found) =>
    expect((await classify(undefined, { headers })).acting).toEqual(found),
  )
})

test('a parameter’s value is read like any other', async () => {
  const { acting } = await classify(undefined, { parameters: { nom: 'Durand', prenom: 'Ann', page: '2' } })
  expect(acting).toEqual(['name Durand', 'name Ann'])
})

/** What `policy check` says of sector packs, regimes, observed countries, certificates and derogations. */
import { describe, expect, test } from 'vitest'
import type { Bundle } from '../../src/policy/bundle.ts'
import { faultsOf, moreau, outcome, tana, withFiles } from './load-fixture.ts'

const client = 'register/clients/moreau.yaml'
const provider = 'register/providers/tana-paie.yaml'
const rules = 'packs/health/rules.yaml'
const rule = `rules:
  - id: health-note
    decide: note
    because: {en: E., fr: F., article: GDPR 9}
`
const derogation = (more = '', name = 'CLAIM-1'): string => `case: ${name}
provider: tana-paie
letter: e
data_subjects_max: 2
transfers_max: 3
reason: One claim.
approver: A. Martin
valid_to: 2026-12-31
${more}`
const c = (line: string) => ({ [client]: `${moreau}${line}` })
const purpose = (key: string) => ({ [client]: moreau.replace('nir_basis: payroll', key) })
const p = (lines: string) => ({
  [provider]: tana.replace('status: approved\n', `status: approved\n${lines}\n`),
})

type Files = Readonly<Record<string, string | undefined>>

describe('what the register may say beside contract and legs', () => {
  test.each<[string, Files, string, string | undefined]>([
    [
      'a pack that is not there',
      { ...c('packs: [healt]\n'), [rules]: rule },
      '"healt" is not a pack of this folder',
      'did you mean "health"?',
    ],
    [
      'packs without a folder',
      c('packs: [health]\n'),
      '"health" is not a pack of this folder',
      'there is no folder packs/ here',
    ],
    [
      'a pack of a provider',
      { ...p('packs: [bank]'), [rules]: rule },
      '"bank" is not a pack of this folder',
      'known here: health',
    ],
    [
      'a pack file of another name',
      { 'packs/health/more.yaml': rule },
      'nothing is read from this place',
      'packs/NAME/rules.yaml and packs/NAME/cases.yaml',
    ],
    [
      'a regime misspelt',
      purpose('regimes: [fr_bank_secrecie]'),
      '"fr_bank_secrecie" is not a regime of law/localisation.yaml',
      'did you mean "fr_bank_secrecy"?',
    ],
    [
      'a regime of another country',
      purpose('regimes: [de_social_data]'),
      'de_social_data binds clients in DE, not in FR',
      'remove it',
    ],
    [
      'a parent country that is none',
      p('control: {parent_country: UK}'),
      '"UK" is not a country code',
      'write GB',
    ],
    [
      'addresses as a source to trust',
      p('trusted_sources: [ip_geo]'),
      'the geography of IP addresses is too often wrong to refuse a route',
      'remove it: it stays a note',
    ],
    [
      'a certificate without a day',
      p('security: {hds: {version: 2}}'),
      '"to" is missing',
      'to: Where the data go; of a certificate the last day',
    ],
    [
      'an LEI cut short',
      p('lei: 9695005MSX1OYEMGDF'),
      '"lei" cannot be "9695005MSX1OYEMGDF"',
      'a legal entity identifier has 20 capital letters and digits (ISO 17442)',
    ],
    [
      'a derogation whose file has another name',
      { 'derogations/CLAIM-2.yaml': derogation() },
      'the file is not named like its case',
      'rename it to CLAIM-1.yaml',
    ],
    [
      'a derogation for nobody',
      { 'derogations/CLAIM-1.yaml': derogation().replace('tana-paie', 'tana-pay') },
      '"tana-pay" is not a provider of the register',
      'did you mean "tana-paie"?',
    ],
    [
      'a derogation without a count',
      { 'derogations/CLAIM-1.yaml': derogation().replace('transfers_max: 3\n', '') },
      '"transfers_max" is missing',
      'transfers_max: How many transfers it carries',
    ],
    [
      'a letter that Art. 49 has not',
      { 'derogations/CLAIM-1.yaml': derogation().replace('letter: e', 'letter: h') },
      '"letter" cannot be "h"',
      'known here: a, b, c, d, e, f, g, subpar_2',
    ],
    [
      'a derogation that ends before it begins',
      { 'derogations/CLAIM-1.yaml': derogation('approved_on: 2027-01-01\n') },
      'the derogation ends before it was approved',
      undefined,
    ],
    [
      'a derogation for a client of nobody',
      { 'derogations/CLAIM-1.yaml': derogation('client: moreu\n') },
      '"moreu" is not a client of the register',
      'did you mean "moreau"?',
    ],
    ['no mechanisms', { 'law/mechanisms.yaml': undefined }, 'this file is missing', 'douane init brings one'],
    [
      'no sector laws',
      { 'law/localisation.yaml': undefined },
      'this file is missing',
      'douane init brings one',
    ],
  ])('%s', (_what, files, message, hint) => {
    const found = faultsOf(withFiles(files))
    expect(found.map((fault) => fault.message.en)).toEqual([message])
    expect(found[0]?.hint?.en).toBe(hint)
    expect(found[0]?.line).toBeGreaterThan(0)
  })

  test('a folder that says it all has no fault, and its rules wait for the pack', () => {
    const got = outcome(
      withFiles({
        ...c('packs: [health]\nvault: {admin: client}\n'),
        ...p(
          'control: {parent_country: FR}\nobserved: [{country: MG, source: audit, on: 2026-01-01}]\ntrusted_sources: [audit]',
        ),
        [rules]: rule,
        'derogations/CLAIM-1.yaml': derogation('client: moreau\n'),
      }),
    ) as Bundle
    expect(got.rules.map(({ id, pack }) => [id, pack])).toEqual([['health-note', 'health']])
    expect(got.derogations.map((each) => each.case)).toEqual(['CLAIM-1'])
    expect(got.deciding.map(({ path }) => path)).toContain('derogations/CLAIM-1.yaml')
  })
})

import { describe, expect, test } from 'vitest'
import { calendar } from '../../src/policy/calendar.ts'
import { loadFiles } from '../../src/policy/load.ts'
import { moreau, shippedFiles, tana } from './hand.ts'

const extended = `${tana.replace(
  'status: approved\n',
  `status: approved
valid_to: 2027-05-31
security: {iso27001_to: 2027-01-15, hds: {version: 2, to: 2028-05-01}}
`,
)}`.replace('signed_on: 2025-03-01, art28', 'signed_on: 2025-03-01, end_on: 2027-03-31, art28')

const uk = `id: leeds
name: Leeds Ltd
country: GB
base_url: https://leeds.example
status: approved
contracts:
  - client: moreau
    dpa: {ref: L-1, signed_on: 2025-01-01, art28_3_a_to_h: true, purposes: [payroll], categories: [name]}
`

const bundle = loadFiles([
  ...shippedFiles(),
  { path: 'register/clients/moreau.yaml', text: moreau },
  { path: 'register/providers/tana-paie.yaml', text: extended },
  { path: 'register/providers/leeds.yaml', text: uk },
  {
    path: 'derogations/CLAIM-17.yaml',
    text: `case: CLAIM-17
provider: tana-paie
letter: e
data_subjects_max: 2
transfers_max: 3
reason: One claim.
approver: A. Martin
valid_to: 2026-12-31
`,
  },
])

const on = '2026-11-23'
const of = (day = on, days?: number) =>
  calendar(bundle, day, days).map(({ date, kind, days: left }) => `${date} ${kind} ${left}`)

describe('the calendar of the coming 180 days', () => {
  test('lists what ends and what is due, the next first, with file and line', () => {
    expect(of()).toEqual([
      '2026-12-31 derogation_ends 38',
      '2027-01-15 certificate_ends 53',
      '2027-02-10 tia_review 79',
      '2027-03-31 contract_ends 128',
    ])
    const [, , tia] = calendar(bundle, on)
    expect(tia).toMatchObject({
      client: 'moreau',
      provider: 'tana-paie',
      file: 'register/providers/tana-paie.yaml',
      en: 'the transfer impact assessment TIA-7 is due for review',
      fr: "l'analyse d'impact des transferts TIA-7 est à réviser",
    })
    const line = extended.split('\n')[(tia?.line ?? 0) - 1]
    expect(line).toContain('review_by')
  })
  test('the last day of the window counts, the day after does not', () => {
    expect(of('2026-12-02')).toContain('2027-05-31 provider_ends 180')
    expect(of('2026-12-01')).not.toContain('2027-05-31 provider_ends 181')
  })
  test('adequacy shows for countries that the register uses, and the law data want a look after a year', () => {
    expect(of('2031-11-01')).toContain('2031-12-27 adequacy_ends 56')
    expect(of('2027-11-01', 30)).toContain('2027-11-22 law_check 21')
    expect(of('2027-11-01', 30).filter((each) => each.includes('law_check'))).toHaveLength(1)
  })
  test('what is past and still owed stays; what is past and over does not', () => {
    const late = of('2027-03-01')
    expect(late).toContain('2027-02-10 tia_review -19')
    expect(late.some((each) => each.includes('derogation_ends'))).toBe(false)
  })
})

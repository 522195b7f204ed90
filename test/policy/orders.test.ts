/** What orders do to a route: a suspension refuses, a lifted rule is silent until its end and says so. */
import { describe, expect, test } from 'vitest'
import { checkFiles } from '../../src/admin/check.ts'
import type { Decision } from '../../src/model/decision.ts'
import type { Document } from '../../src/model/document.ts'
import type { Bundle } from '../../src/policy/bundle.ts'
import { evaluate, openRoute } from '../../src/policy/evaluate.ts'
import { explain } from '../../src/policy/explain.ts'
import {
  type Lift,
  type Orders,
  afterRecord,
  dueBundles,
  dueSince,
  noOrders,
} from '../../src/policy/orders.ts'
import { liftFault, ruleDigest } from '../../src/policy/lifted.ts'
import { liftText, mandateHolds, newApproverKey, signMandate, signerOf } from '../../src/policy/mandate.ts'
import { loadFiles } from '../../src/policy/load.ts'
import { small } from './load-fixture.ts'

const rule = (id: string, overridable: boolean, decide = 'block'): string => `  - id: ${id}
    decide: ${decide}
    overridable: ${overridable}
    when: {provider: tana-paie}
    because: {en: No., fr: Non., article: GDPR 5}
`
const bundleWith = (rules: string): Bundle =>
  loadFiles([
    ...small.filter(({ path }) => path !== 'rules/own.yaml'),
    {
      path: 'rules/own.yaml',
      text: `rules:
  - id: open
    decide: grant
    when: {}
    because: {en: Yes., fr: Oui., article: GDPR 5}
${rules}`,
    },
  ])
/** What the rule `no` of bundleWith says. */
const says = (bundle: Bundle, id = 'no'): string => ruleDigest(bundle.rules.find((one) => one.id === id)!)
const lift = (more: Partial<Lift> = {}): Lift => ({
  says: says(bundleWith(rule('no', true))),
  ...{ id: 'a'.repeat(32), rule: 'no', client: 'moreau', provider: 'tana-paie', purpose: '' },
  ...{ until: '2026-12-01T10:00:00.000Z', by: 'marie', kid: 'k', why: 'one batch' },
  ...more,
})
const ordersWith = (...lifts: Lift[]): Orders => ({
  ...noOrders,
  next: 9,
  lifts: new Map(lifts.map((one) => [one.id, one])),
})
const nothing = { fields: [], write: () => ({}) } as unknown as Document
const decide = (bundle: Bundle, orders: Orders | undefined, at?: string): Decision =>
  evaluate(
    openRoute(orders === undefined ? bundle : { ...bundle, orders }, {
      ...{ client: 'moreau', provider: 'tana-paie', purpose: 'payroll', method: 'POST', media: '' },
      on: '2026-11-27',
      ...(at === undefined ? {} : { at: new Date(at) }),
    }),
    nothing,
    { findings: [], records: [] } as never,
  )
const blocked = (decision: Decision): string[] =>
  decision.spoken.filter((one) => one.decide === 'block').map((one) => one.rule)

describe('a lifted rule', () => {
  const bundle = bundleWith(rule('no', true))
  const before = '2026-12-01T09:59:59.999Z'

  test.each([
    ['before its end', lift(), before, []],
    ['at its end', lift(), '2026-12-01T10:00:00.000Z', ['no']],
    ['after it, on the same day and route', lift(), '2026-12-01T23:00:00.000Z', ['no']],
    ['for another client', lift({ client: 'other' }), before, ['no']],
    ['for another provider', lift({ provider: 'other' }), before, ['no']],
    ['for another purpose', lift({ purpose: 'support' }), before, ['no']],
    ['for this purpose', lift({ purpose: 'payroll' }), before, []],
    ['with an end that is no time', lift({ until: 'never' }), before, ['no']],
    ['that is another', lift({ rule: 'yes' }), before, ['no']],
    ['where nobody says when it is', lift(), undefined, ['no']],
  ])('%s', (_when, one, at, expected) => {
    expect(blocked(decide(bundle, ordersWith(one), at))).toEqual(expected)
  })

  test('that is not overridable speaks all the same', () => {
    expect(blocked(decide(bundleWith(rule('no', false)), ordersWith(lift()), before))).toEqual(['no'])
  })

  test('is named by the decision, its sentence and its record', () => {
    const decision = decide(bundle, ordersWith(lift()), before)
    expect(decision.spoken.map((one) => one.rule)).toContain(`override:${'a'.repeat(32)}`)
    expect(decision.orders).toBe(9)
    expect(explain(decision, 'en', String).details).toContainEqual(
      expect.stringContaining(
        'Rule no is lifted on this route until 2026-12-01T10:00:00.000Z, by marie: one batch',
      ),
    )
    expect(explain(decision, 'fr', String).details).toContainEqual(
      expect.stringContaining('La règle no est levée sur cette route'),
    )
  })
})

describe('an override of a rule that says something else now', () => {
  const at = '2026-12-01T09:00:00.000Z'
  const noteOf = (bundle: Bundle, one = lift()): string | undefined =>
    decide(bundle, ordersWith(one), at).notes.find(({ rule: id }) => id.startsWith('override:'))?.en
  const rewritten = (from: string, to: string): Bundle => bundleWith(rule('no', true).replace(from, to))

  test.each([
    ['under another condition', 'when: {provider: tana-paie}', 'when: {client: moreau, provider: tana-paie}'],
    ['with another decision', 'decide: block', 'decide: remove'],
    ['on another ground', 'article: GDPR 5', 'article: GDPR 44'],
    ['with another code', 'overridable: true', 'overridable: true\n    code: SPECIAL_CATEGORY'],
  ])('%s counts for nothing, and the decision says so', (_how, from, to) => {
    const bundle = rewritten(from, to)
    expect(noteOf(bundle)).toBe(
      'The override of rule no by marie (until 2026-12-01T10:00:00.000Z) counts no more: the rule says something else now than when it was lifted, so it acts.',
    )
    const { spoken } = decide(bundle, ordersWith(lift()), at)
    expect(spoken.some(({ decide: how }) => how === 'override')).toBe(false)
  })

  test('in other words only, or with keys in another order, still counts', () => {
    expect(noteOf(rewritten('en: No.', 'en: Not there.'))).toBeUndefined()
    const [one, two] = ['{client: moreau, provider: tana-paie}', '{provider: tana-paie, client: moreau}'].map(
      (when) => rewritten('{provider: tana-paie}', when),
    )
    expect(says(one!)).toBe(says(two!))
  })

  test('whose rule is gone, may not be lifted any more or grants is said to be so, in both languages', () => {
    expect(noteOf(bundleWith(rule('other', true)))).toContain('there is no such rule any more')
    const fixed = decide(bundleWith(rule('no', false)), ordersWith(lift()), at)
    expect(fixed.notes.map(({ fr }) => fr)).toContainEqual(
      expect.stringContaining('ne compte plus : cette règle ne peut plus être levée : elle agit.'),
    )
    expect(blocked(fixed)).toEqual(['no'])
    expect(
      liftFault(
        lift(),
        bundleWith(rule('no', true)).rules.find(({ id }) => id === 'open'),
      ),
    ).toBe('fixed')
  })

  test('of an earlier version of the log, which names no wording, counts for nothing', () => {
    expect(blocked(decide(bundleWith(rule('no', true)), ordersWith(lift({ says: '' })), at))).toEqual(['no'])
  })
})

test('policy check names the overrides that a folder would make void, at their rules', () => {
  const files = [
    ...small.filter(({ path }) => path !== 'rules/own.yaml'),
    { path: 'rules/own.yaml', text: `rules:\n${rule('no', true, 'remove')}` },
  ]
  const of = (...lifts: Lift[]) =>
    checkFiles(files, lifts)
      .warnings.filter(({ message }) => message.startsWith('The override'))
      .map(({ file, line, message }) => `${file}:${line}: ${message}`)
  const still = lift({ says: says(bundleWith(rule('no', true, 'remove'))) })
  expect(of(still)).toEqual([])
  expect(of(lift(), lift({ rule: 'gone' }))).toEqual([
    expect.stringMatching(/^rules\/own\.yaml:2: .* counts no more: the rule says something else now/),
    expect.stringMatching(/^rules:1: .* counts no more: there is no such rule any more/),
  ])
})

describe('a signature', () => {
  const ask = {
    log: 'l',
    rule: 'r',
    says: 's',
    client: 'c',
    provider: 'p',
    purpose: '',
    until: 'u',
    why: 'w',
    nonce: 'n',
  }

  test('is of one text by one key', async () => {
    const [one, two] = [await newApproverKey('marie'), await newApproverKey('marie')]
    const jws = await signMandate(liftText(ask), one)
    expect(signerOf(jws)).toBe(one.kid)
    expect(await mandateHolds(jws, liftText(ask), one.x)).toBe(true)
    expect(await mandateHolds(jws, liftText(ask), two.x)).toBe(false)
    for (const key of Object.keys(ask) as (keyof typeof ask)[])
      expect(await mandateHolds(jws, liftText({ ...ask, [key]: 'another' }), one.x)).toBe(false)
  })

  test.each([
    '',
    '.',
    '..',
    'e30..',
    `e30..${'A'.repeat(86)}`,
    `${'A'.repeat(2_000)}..${'A'.repeat(86)}`,
    '{}',
  ])('that is none (%#) is none', async (jws) => {
    const { x } = await newApproverKey('marie')
    expect(await mandateHolds(jws, 'text', x)).toBe(false)
    expect(signerOf(jws)).toBeUndefined()
  })
})

describe('two bundles that fall due together', () => {
  test('take effect in the order of their dates, then of their approvals', () => {
    const approval = (from: string, index: number) => [
      { by: 'm', kid: 'k', from, t: '2026-11-27T00:00:00.000Z', index },
    ]
    const orders = {
      ...noOrders,
      approvals: new Map([
        ['late', approval('2026-12-02T00:00:00.000Z', 1)],
        ['early', approval('2026-12-01T00:00:00.000Z', 5)],
        ['atOnce', approval('', 3)],
        ['after', approval('2026-12-09T00:00:00.000Z', 2)],
      ]),
    }
    expect(dueBundles(orders, 1, '2026-12-03T00:00:00.000Z')).toEqual(['atOnce', 'early', 'late'])
    expect(dueBundles(orders, 2, '2026-12-03T00:00:00.000Z')).toEqual([])
    expect(dueBundles(orders, 0, '2026-12-03T00:00:00.000Z')).toEqual([])
  })

  test('after days in which nothing ran: what was approved today replaces what fell due meanwhile', () => {
    const orders = {
      ...noOrders,
      approvals: new Map([
        ['today', [{ by: 'm', kid: 'k', from: '', t: '2026-12-05T09:00:00.000Z', index: 9 }]],
        [
          'planned',
          [
            {
              ...{ by: 'm', kid: 'k', from: '2026-12-01T00:00:00.000Z' },
              ...{ t: '2026-11-27T00:00:00.000Z', index: 5 },
            },
          ],
        ],
        // A day in the past is no way to come before what is in force.
        [
          'backdated',
          [
            {
              ...{ by: 'm', kid: 'k', from: '2026-11-01T00:00:00.000Z' },
              ...{ t: '2026-12-05T09:00:01.000Z', index: 10 },
            },
          ],
        ],
      ]),
    }
    expect(dueBundles(orders, 1, '2026-12-05T09:00:02.000Z')).toEqual(['planned', 'today', 'backdated'])
  })
})

describe('from when a bundle is approved', () => {
  const by = (who: string, from: string, t: string, index: number) => ({ by: who, kid: who, from, t, index })
  test.each([
    ['one person, at once', 1, [by('a', '', '02', 1)], '02'],
    ['one person of two', 2, [by('a', '', '02', 1)], undefined],
    ['one person twice', 2, [by('a', '', '02', 1), by('a', '', '03', 2)], undefined],
    ['two people, the later date', 2, [by('a', '09', '02', 1), by('b', '', '03', 2)], '09'],
    ['one person twice, the earlier date', 1, [by('a', '09', '02', 1), by('a', '05', '03', 2)], '05'],
    ['a date that was over when the second signed', 2, [by('a', '04', '02', 1), by('b', '', '06', 2)], '06'],
  ])('%s', (_what, needed, given, expected) => {
    expect(dueSince(given, needed)?.from).toBe(expected)
  })
})

describe('a suspension by the DPO', () => {
  const say = async (orders: Orders, act: 'suspended' | 'resumed', role: string): Promise<Orders> =>
    afterRecord(
      orders,
      orders.next,
      {
        ...({ v: 1, k: 'override', t: '2026-11-27T00:00:00.000Z', act, by: role } as const),
        ...{ provider: 'tana', roles: [role], why: 'x' },
      },
      { approvals: 0, holds: async () => true },
    )

  test('does not become the operator’s by suspending once more', async () => {
    const held = await say(await say(noOrders, 'suspended', 'dpo'), 'suspended', 'operator')
    expect(held.holds.get('tana')?.roles).toEqual(['dpo'])
    expect((await say(held, 'resumed', 'operator')).holds.size).toBe(1)
    expect((await say(held, 'resumed', 'approver')).holds.size).toBe(0)
  })

  test('takes over the operator’s', async () => {
    const held = await say(await say(noOrders, 'suspended', 'operator'), 'suspended', 'dpo')
    expect((await say(held, 'resumed', 'operator')).holds.size).toBe(1)
  })
})

describe('the time of a record', () => {
  const approved = (bundle: string, t: string, from = '') =>
    ({ v: 1, k: 'policy', act: 'approved', bundle, t, from, by: 'marie', jws: '', nonce: bundle }) as const
  const marie = { kid: 'k', name: 'marie', x: '', revoked: false }
  const header = Buffer.from('{"kid":"k"}').toString('base64url')
  const fold = async (...records: readonly Parameters<typeof afterRecord>[2][]): Promise<Orders> => {
    let orders: Orders = { ...noOrders, approvers: new Map([['k', marie]]) }
    for (const record of records)
      orders = await afterRecord(
        orders,
        orders.next,
        { ...record, jws: `${header}..${'A'.repeat(86)}` } as typeof record,
        { approvals: 1, holds: async () => true },
      )
    return orders
  }

  test('that is before the one in front of it puts nothing before it', async () => {
    const orders = await fold(
      approved('first', '2026-12-02T09:00:00.000Z'),
      approved('backdated', '2026-01-01T00:00:00.000Z'),
    )
    expect(dueBundles(orders, 1, '2026-12-02T09:00:01.000Z')).toEqual(['first', 'backdated'])
    expect(orders.approvals.get('backdated')?.[0]?.t).toBe('2026-12-02T09:00:00.000Z')
  })

  test('of an activation does not bring its day nearer than the log has come', async () => {
    const planned = approved('later', '2026-12-02T09:00:00.000Z', '2027-01-01T00:00:00.000Z')
    const by = { v: 1, k: 'policy', bundle: 'later', by: 'x' } as const
    const orders = await fold(planned, { ...by, t: '2026-12-31T23:59:59.999Z' })
    expect(orders.active).toBeUndefined()
    expect((await fold(planned, { ...by, t: '2027-01-01T00:00:00.000Z' })).active?.bundle).toBe('later')
  })

  test('a withdrawal takes back what waits, by a signature, and not what is in force', async () => {
    const t = '2026-12-02T09:00:00.000Z'
    const gone = { v: 1, k: 'policy', act: 'withdrawn', bundle: 'later', by: 'marie', t, nonce: 'n' } as const
    const planned = approved('later', t, '2027-01-01T00:00:00.000Z')
    const orders = await fold(planned, gone)
    expect([orders.approvals.size, orders.spent.has('n')]).toEqual([0, true])
    expect((await fold(planned, { ...gone, by: 'paul' })).approvals.size).toBe(1)
    const active = { v: 1, k: 'policy', bundle: 'later', by: 'x', t: '2027-01-01T00:00:00.000Z' } as const
    expect((await fold(planned, active, gone)).active?.bundle).toBe('later')
  })
})

test('a rollback keeps its folder from coming back, until it is activated again', async () => {
  const rules = { approvals: 0, holds: async () => true } as const
  let orders = noOrders
  const say = async (bundle: string, act?: 'rolled_back'): Promise<void> => {
    const record = { v: 1, k: 'policy', t: '2026-11-27T00:00:00.000Z', bundle, by: 'x' } as const
    orders = await afterRecord(orders, orders.next, { ...record, ...(act && { act }) }, rules)
  }
  await say('a')
  await say('b')
  await say('a', 'rolled_back')
  expect([orders.active?.bundle, [...orders.left], orders.past]).toEqual(['a', ['b'], ['b', 'a']])
  await say('b')
  expect([...orders.left]).toEqual([])
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groundFor } from '../../src/law/answer.ts'
import type { GroundAsk } from '../../src/law/answer.ts'
import { dayAfter } from '../../src/law/date.ts'
import type { Leg, Provider } from '../../src/model/register.ts'
import { client, contract, law, provider, scc, tia, today } from './world.ts'

const ask = (its: Provider, more: Partial<GroundAsk> = {}): GroundAsk => ({
  law,
  client,
  provider: its,
  purpose: 'payroll',
  categories: ['name', 'hr.salary'],
  on: today,
  ...more,
})

describe('the ground in force, why, what is missing, and until when', () => {
  test('clauses to Madagascar, until the day after the review of the assessment', () => {
    expect(groundFor(ask(provider('MG', [contract([scc])])))).toMatchObject({
      class: 'third',
      ground: 'scc_ec',
      reasons: ['C-2025-14; TIA-7'],
      missing: [],
      outside: { contract: [], tia: [] },
      changes: '2027-02-11',
    })
  })
  test('after that the assessment is missing, and no date helps', () => {
    const got = groundFor(ask(provider('MG', [contract([scc])]), { on: '2027-02-11' }))
    expect(got).toMatchObject({ ground: 'none', missing: ['tia_expired'] })
    expect(got.changes).toBeUndefined()
  })
  test('categories outside the contract and the assessment', () => {
    const narrow = { ...scc, tia: { ...tia, data_scope: ['name'] } }
    const got = groundFor(
      ask(provider('MG', [contract([narrow])]), { categories: ['name', 'hr.salary', 'fin.iban'] }),
    )
    expect(got.missing).toEqual(['category_outside', 'tia_scope'])
    expect(got.outside).toEqual({ contract: ['fin.iban'], tia: ['hr.salary', 'fin.iban'] })
  })
  test('an objection window changes the answer on its end', () => {
    const leg: Leg = {
      ...scc,
      kind: 'sub_processing',
      authorised_on: '2026-01-01',
      objection_until: '2026-12-10',
    }
    expect(groundFor(ask(provider('MG', [contract([leg])])))).toMatchObject({
      missing: ['subprocessor_unauthorised'],
      changes: '2026-12-11',
    })
  })
  test('the United Kingdom: first the notice of 180 days, then the end', () => {
    const uk: Leg = { from: 'FR', to: 'GB', exporter: 'client', importer: 'provider', kind: 'processing' }
    const its = provider('GB', [contract([uk])])
    expect(groundFor(ask(its))).toMatchObject({ ground: 'adequacy', changes: '2031-06-30' })
    expect(groundFor(ask(its, { on: '2031-07-01' }))).toMatchObject({
      ground: 'adequacy',
      changes: '2031-12-28',
    })
  })
  test('no purpose said: the first of the contract; a purpose that nobody knows is outside it', () => {
    const { purpose: _, ...silent } = ask(provider('MG', [contract([scc])]))
    expect(groundFor(silent).missing).toEqual([])
    expect(groundFor({ ...silent, purpose: 'spam' }).missing).toEqual(['purpose_outside'])
  })
})

const date = fc.integer({ min: 0, max: 60 }).map((n) => {
  const at = new Date(Date.UTC(2026, 10, 20) + n * 86_400_000)
  return at.toISOString().slice(0, 10)
})

test('the next change is the one that asking day by day finds', () => {
  fc.assert(
    fc.property(
      fc.record({
        review: date,
        done: date,
        signed: date,
        end: fc.option(date, { nil: undefined }),
        objection: fc.option(date, { nil: undefined }),
        art19: fc.option(date, { nil: undefined }),
        iso: fc.option(date, { nil: undefined }),
        on: date,
      }),
      ({ review, done, signed, end, objection, art19, iso, on }) => {
        const leg: Leg = {
          ...scc,
          kind: 'sub_processing',
          authorised_on: signed,
          signed_on: signed,
          ...(objection === undefined ? {} : { objection_until: objection }),
          tia: { ...tia, done_on: done, review_by: review },
        }
        const its = provider('MG', [contract([leg], end === undefined ? {} : { end_on: end })], {
          ...(art19 === undefined ? {} : { incident: { art19_sent_on: art19 } }),
          ...(iso === undefined ? {} : { security: { iso27001_to: iso } }),
        })
        const { changes, ...now } = groundFor(ask(its, { on }))
        let day = dayAfter(on)
        let found: string | undefined
        for (let n = 0; n < 140 && found === undefined; n++, day = dayAfter(day)) {
          const { changes: _, ...then } = groundFor(ask(its, { on: day }))
          if (JSON.stringify(then) !== JSON.stringify(now)) found = day
        }
        expect(changes).toBe(found)
      },
    ),
    { numRuns: 30 },
  )
})

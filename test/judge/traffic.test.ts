/** A kept shape decides again as the payload did. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeDetector } from '../../src/detect/classify.ts'
import { decide } from '../../src/judge/decide.ts'
import { fromShape } from '../../src/judge/from-shape.ts'
import { type Shape, shapeOf } from '../../src/judge/shape.ts'
import { openTraffic, trafficLines } from '../../src/judge/traffic.ts'
import { evaluate, openRoute } from '../../src/policy/evaluate.ts'
import { loadFolder } from '../../src/policy/load.ts'
import { register } from '../promises/register.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-traffic-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
cpSync(join(import.meta.dirname, '../../policies'), folder, { recursive: true })
rmSync(join(folder, 'register'), { recursive: true })
for (const [path, text] of Object.entries(register(9))) {
  mkdirSync(dirname(join(folder, 'register', path)), { recursive: true })
  writeFileSync(join(folder, 'register', path), text)
}
const bundle = await loadFolder(folder)
const detector = makeDetector()
const route = openRoute(bundle, {
  client: 'acme',
  provider: 'tana',
  purpose: 'payroll',
  method: 'POST',
  media: 'application/json',
  on: '2026-11-23',
  region: 'FR',
})

describe('from a kept shape', () => {
  test.each([
    '{"employees":[{"nom":"Marchetti","prenom":"Hélène","iban":"FR7630006000011234567890189"}]}',
    '{"email":"h.marchetti@example.com","nir":"2 85 07 69 123 456 23","date_naissance":"1985-07-14"}',
    '{"note":"Madame Hélène Marchetti a appelé le 0612345678 au sujet de son salaire","genre":"F"}',
    '{"enfants":[{"prenom":"Zoé","date_naissance":"2019-03-01","telephone":"+33612345678"}]}',
    '{"%72":"x","ville":"Lyon","code_postal":"69003","salaire_brut":3120.5}',
    '{"month":"2026-11"}',
  ])('%s', async (body) => {
    const decided = await decide(
      {
        method: 'POST',
        target: '/lots',
        headers: [['content-type', 'application/json']],
        body: Buffer.from(body),
      },
      {
        tid: '0'.repeat(32),
        client: bundle.clients.get('acme')!,
        provider: bundle.providers.get('tana')!,
        purpose: 'payroll',
        now: new Date('2026-11-23T10:00:00Z'),
        region: 'FR',
      },
      bundle,
      detector,
    )
    const shape = JSON.parse(JSON.stringify(shapeOf(decided, detector))) as Shape
    const { document, found } = fromShape(shape)
    const again = evaluate(route, document, found)
    expect(again.verdict).toBe(decided.decision.verdict)
    expect(again.treatments.map(({ finding, treatment }) => [finding, treatment])).toEqual(
      decided.decision.treatments.map(({ finding, treatment }) => [finding, treatment]),
    )
  })

  test('whatever stands in a shape, it is read to its end', () => {
    const odd: Shape = {
      fields: 3,
      media: '',
      findings: [
        ['', 'name', 900, 'x', 3, ''],
        ['body:', 'name', 900, 'x', 0, ''],
        ['nowhere:a[2].{4}[0]..b', 'fin.iban', 1000, 'nir', 0, 'mask'],
      ],
      more: 7,
      children: [5],
    }
    const { document, found } = fromShape(odd)
    expect([document.fields.length, found.records.length, found.records[5]?.child]).toEqual([3, 6, true])
    expect(evaluate(route, document, found).treatments).toHaveLength(3)
  })
})

test('transfers are counted by provider; what is not kept is said', () => {
  const traffic = openTraffic(bundle, {
    ...bundle,
    rules: bundle.rules.filter(({ decide: its }) => its !== 'grant'),
  })
  const record = {
    t: '2026-11-23T10:00:00.000Z',
    client: 'acme',
    provider: 'tana',
    purpose: 'payroll',
    method: 'POST',
    media: 'application/json',
  }
  const shape: Shape = {
    fields: 1,
    media: '',
    findings: [['body:nom', 'name', 900, 'key', 0, 'pseudonymise']],
    more: 2,
    children: [],
  }
  traffic.passed(record, shape)
  traffic.passed(record, undefined)
  traffic.refused('lyon')
  const result = traffic.result()
  expect(result).toMatchObject([
    { provider: 'lyon', transfers: 0, refused: 1 },
    { provider: 'tana', transfers: 1, newlyRefused: 1, erased: 1, partial: 1 },
  ])
  expect(trafficLines(result, 1, 'en')).toEqual([
    'real traffic of the last 1 day, decided again from what was kept of it',
    '  lyon: 0 transfers, 1 refused then and not decided again',
    '  tana: 1 transfer, 1 newly refused, 1 kept in part, 1 without a kept shape',
  ])
  expect(trafficLines(result, 1, 'fr').slice(1)).toEqual([
    '  lyon : 0 transferts, 1 refusé alors et non redécidé',
    '  tana : 1 transfert, 1 nouvellement refusé, 1 conservé en partie, 1 sans forme conservée',
  ])
  expect(trafficLines([], 7, 'fr').at(-1)).toBe('  aucun transfert')
})

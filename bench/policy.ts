/**
 * Evaluation alone: µs of processor time per decision on 20 findings, at 50 and at 1,000 rules, once with rules of other routes (they drop
 * out when the route is opened) and once with rules of this one. `node bench/policy.ts`
 */
import { readFileSync, readdirSync } from 'node:fs'
import type { Category } from '../src/model/category.ts'
import type { Document, Field } from '../src/model/document.ts'
import type { Classification } from '../src/model/finding.ts'
import type { Bundle, Rule, When } from '../src/policy/bundle.ts'
import { evaluate, openRoute } from '../src/policy/evaluate.ts'
import { loadFiles } from '../src/policy/load.ts'

const policies = new URL('../policies/', import.meta.url)
const register = new URL('../src/demo/register/', import.meta.url)
const yaml = (folder: URL, prefix: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.startsWith('register'))
    .map((path) => ({
      path: prefix + path,
      text: readFileSync(new URL(path, folder), 'utf8').replaceAll(/\{port-[a-z]+\}/g, '1'),
    }))
const shipped = loadFiles([...yaml(policies, ''), ...yaml(register, 'register/')])

const kinds: Category[] = [
  'name',
  'contact.email',
  'contact.phone',
  'birth.date',
  'fin.iban',
  'hr.salary',
  'freetext',
  'id.employee',
  'contact.city',
  'gender',
]
const fields: Field[] = Array.from({ length: 20 }, (_, index) => ({
  index,
  part: 'body',
  place: 'leaf',
  kind: 'text',
  path: { up: { up: null, step: 'salaries', ordinal: 0 }, step: index, ordinal: index },
  key: `k${index}`,
  text: 'abcdefgh',
}))
const document: Document = {
  media: 'json',
  fields,
  write: () => ({ body: Buffer.alloc(0), target: '/', headers: [] }),
}
const found: Classification = {
  findings: fields.map(({ index }) => ({
    field: index,
    start: 0,
    end: 8,
    category: kinds[index % kinds.length]!,
    confidence: 1,
    recogniser: 'bench',
    evidence: '',
    record: 0,
  })),
  records: [{ path: null, child: false }],
}

const others = (n: number): When => ({ client: [`client-${n}`], category: ['fin'], path: ['**.iban'] })
const ours = (n: number): When =>
  n % 2 === 0
    ? { category: [kinds[n % kinds.length]!], path: [`never.${n}`] }
    : { class: ['third'], category: ['comms'], found: ['health'] }
const withRules = (count: number, when: (n: number) => When): Bundle => {
  const more: Rule[] = Array.from({ length: count - shipped.rules.length }, (_, n) => ({
    id: `bench-${n}`,
    decide: { name: 'mask' },
    when: when(n),
    because: { en: 'E.', fr: 'F.', article: 'GDPR 5' },
    overridable: false,
    source: { file: 'rules/bench.yaml', line: n + 1, column: 1 },
  }))
  return { ...shipped, rules: [...shipped.rules, ...more] }
}

const ask = {
  client: 'moreau',
  provider: 'tana-paie',
  purpose: 'payroll',
  method: 'POST',
  media: 'application/json',
  on: '2026-11-23',
  region: 'FR',
}
const rounds = 15
const each = 3000
const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!

// What is measured is a gateway that runs, not one that starts.
const warm = openRoute(shipped, ask)
for (let n = 0; n < 3 * each; n++) evaluate(warm, document, found)

const measure = (bundle: Bundle): number => {
  const from = process.cpuUsage()
  for (let n = 0; n < each; n++) evaluate(openRoute(bundle, ask), document, found)
  return process.cpuUsage(from).user / each
}

for (const [what, when] of [
  ['rules of other routes', others],
  ['rules of this route that do not fire', ours],
] as const) {
  const counts = [50, 1000] as const
  const bundles = counts.map((count) => {
    const bundle = withRules(count, when)
    const started = performance.now()
    const route = openRoute(bundle, ask)
    console.log(`${what}, ${count}: opening ${(performance.now() - started).toFixed(1)} ms once`)
    const decision = evaluate(route, document, found)
    if (decision.verdict !== 'treat' || decision.treatments.length !== 20)
      throw new Error('not what is measured')
    measure(bundle)
    return bundle
  })
  // Side by side: what else the machine does meets both.
  const times = Array.from({ length: rounds }, () => bundles.map(measure))
  for (const [at, count] of counts.entries()) {
    const its = times.map((round) => round[at] ?? 0)
    const spread = Math.max(...its) - Math.min(...its)
    console.log(
      `${what}, ${count}: ${median(its).toFixed(1)} µs of processor a decision of 20 findings (spread ${spread.toFixed(1)})`,
    )
  }
  const ratio = median(times.map(([few = 1, many = 1]) => many / few))
  console.log(`${what}: 1,000 rules cost ${ratio.toFixed(2)} times what 50 do`)
}

/** Treat and restore of one payroll record with six findings, warm: µs per transfer. `node bench/pseudonym.ts` */
import { randomBytes } from 'node:crypto'
import type { Category } from '../src/model/category.ts'
import type { Document } from '../src/model/document.ts'
import type { Finding } from '../src/model/finding.ts'
import { read } from '../src/payload/read.ts'
import { cachedRecall } from '../src/pseudonym/cached-recall.ts'
import { findTokens } from '../src/pseudonym/find.ts'
import { throwAwayKeys } from '../src/pseudonym/keys.ts'
import { memoryVault } from '../src/pseudonym/memory-vault.ts'
import { restore } from '../src/pseudonym/restore.ts'
import { treat } from '../src/pseudonym/treat.ts'

const record = {
  matricule: 'E-1207',
  nom: 'Rakoto',
  prenom: 'Hanitra',
  email: 'hanitra.rakoto@moreau.example',
  tel: '+33612345678',
  iban: 'FR7630006000011234567890189',
  motif: 'prime',
  commentaire: 'Merci de verser la prime de novembre avec le salaire, comme convenu au printemps. '.repeat(5),
}
const kinds: Record<string, Category> = {
  matricule: 'id.employee',
  nom: 'name',
  prenom: 'name',
  email: 'contact.email',
  tel: 'contact.phone',
  iban: 'fin.iban',
}
const asJson = (body: string): Document =>
  read({
    method: 'POST',
    target: '/pay',
    headers: [['content-type', 'application/json']],
    body: Buffer.from(body),
  })

const document = asJson(JSON.stringify(record))
const findings = document.fields.flatMap(({ index, key, place, text }): Finding[] =>
  place === 'leaf' && Object.hasOwn(kinds, key)
    ? [
        {
          ...{ field: index, start: 0, end: text.length, category: kinds[key]!, confidence: 1 },
          ...{ recogniser: 'bench', evidence: 'bench', record: 0 },
        },
      ]
    : [],
)
const keys = throwAwayKeys()
const vault = memoryVault()
const recall = cachedRecall(vault)
const here = { client: 'moreau', provider: 'tana', purpose: 'payroll' }
const ask = (scope: 'provider' | 'transfer') => ({
  ...{
    ...here,
    document,
    language: 'fr',
    keys,
    recall,
    now: new Date(),
    rules: { retention_days: 400, scope },
  },
  classification: { findings, records: [{ path: null, child: false }] },
  decision: {
    ...{ verdict: 'treat' as const, spoken: [], notes: [], counts: {}, weak: 0, bundle: '' },
    route: { ...here, class: 'third' as const, countries: [], ground: [], ground_ref: [] },
    treatments: findings.map((_, finding) => ({
      finding,
      treatment: { name: 'pseudonymise' as const },
      rules: [],
    })),
  },
  tid: randomBytes(16).toString('hex'),
})

const measure = async (title: string, run: () => unknown, runs = 3_000): Promise<void> => {
  for (let i = 0; i < runs; i++) await run()
  const rounds: number[] = []
  for (let round = 0; round < 5; round++) {
    const begun = process.cpuUsage()
    for (let i = 0; i < runs; i++) await run()
    const { user, system } = process.cpuUsage(begun)
    rounds.push((user + system) / runs)
  }
  const sorted = rounds.toSorted((a, b) => a - b)
  const [low, middle, high] = [sorted[0]!, sorted[2]!, sorted[4]!].map((value) => value.toFixed(1))
  console.log(`${title.padEnd(52)} ${middle} µs CPU (${low} … ${high})`)
}

for (const scope of ['provider', 'transfer'] as const) {
  const first = await treat(ask(scope))
  vault.keep(first.keep)
  recall.remember(first.keep)
  const answer = asJson(document.write(first.edits).body.toString())
  await measure(`treat, 6 findings, scope ${scope}, warm`, () => treat(ask(scope)))
  const back = {
    document: answer,
    client: 'moreau',
    provider: 'tana',
    sent: first.sent,
    recall,
    keys,
    origins: [],
  }
  const { restored } = await restore(back)
  if (restored !== 6) throw new Error('the bench is void: not everything came back')
  await measure('restore, 6 pseudonyms, from memory', () => restore(back))
}
const prose = record.commentaire.repeat(40)
await measure(`look for tokens in ${prose.length} characters of prose`, () => findTokens(prose), 100)

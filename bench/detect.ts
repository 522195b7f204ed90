/**
 * MB/s of the detector on one core: ticket text and a payroll record of about 1 KB, with names, identifiers alone, names
 * alone; what a start costs; and other tools on the same tickets where they are installed (bench/detection/run.ts tells how).
 * Run: node bench/detect.ts [--npm FOLDER]
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Document, Field, PathNode } from '../src/model/document.ts'
import { makeBudget } from '../src/detect/budget.ts'
import { makeDetector } from '../src/detect/classify.ts'
import { classifyText } from '../src/detect/classify-text.ts'
import { loadModel } from '../src/detect/names/tagger/model.ts'
import { makeTagger } from '../src/detect/names/tagger/tagger.ts'
import { npmPeers } from './detection/peers.ts'
import { first, last, pick, ticket } from './detection/tickets.ts'

const payroll = (n: number) => ({
  mois: '2026-10',
  societe: 'MOREAU SARL',
  siret: '73282932000074',
  lot: n,
  salarie: {
    matricule: `E-${1000 + n}`,
    nom: pick(last, n),
    prenom: pick(first, n >> 3),
    nir: '2 85 05 69 123 456 51',
    date_naissance: '1985-05-12',
    lieu_naissance: 'Lyon',
    sexe: 'F',
    situation_familiale: 'mariée',
    nationalite: 'française',
    langue: 'fr',
    adresse: { rue: `${n % 99} rue des Lilas`, cp: '69003', ville: 'Lyon', pays: 'FR' },
    email: `salarie${n}@moreau.example`,
    tel: '+33 6 12 34 56 78',
    banque: { iban: 'FR76 3000 6000 0112 3456 7890 189', bic: 'AGRIFRPP' },
    salaire_brut: 3120.5,
    net: 2401.22,
    imposable: 2510.11,
    lignes: [
      { code: '1000', libelle: 'Salaire de base', base: 151.67, taux: 20.5746, montant: 3120.5 },
      { code: '4100', libelle: 'Cotisation santé', base: 3120.5, taux: 0.07, montant: -218.43 },
    ],
    contact_urgence: { nom: 'Paul Mercier', tel: '+33 6 98 76 54 32' },
    commentaire: n % 2 === 0 ? 'RAS' : `Prime versée à ${pick(last, n)} en novembre, dossier complet.`,
  },
})

const documentOf = (body: unknown): Document => {
  const fields: Field[] = []
  const walk = (value: unknown, path: PathNode | null, key: string) => {
    if (Array.isArray(value))
      value.forEach((one, ordinal) => walk(one, { up: path, step: ordinal, ordinal }, key))
    else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, one], ordinal) => {
        const node = { up: path, step: name, ordinal }
        fields.push({
          index: fields.length,
          part: 'body',
          place: 'key',
          kind: 'text',
          path: node,
          key,
          text: name,
        })
        walk(one, node, name)
      })
    } else {
      const kind = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text'
      fields.push({ index: fields.length, part: 'body', place: 'leaf', kind, path, key, text: String(value) })
    }
  }
  walk(body, null, '')
  return {
    media: typeof body === 'string' ? 'text' : 'json',
    fields,
    write: () => ({ body: Buffer.alloc(0), target: '/', headers: [] }),
  }
}

const detector = makeDetector()
const run = async (name: string, bodies: readonly unknown[]) => {
  const documents = bodies.map(documentOf)
  const bytes = bodies.reduce<number>(
    (sum, body) => sum + Buffer.byteLength(typeof body === 'string' ? body : JSON.stringify(body)),
    0,
  )
  let findings = 0
  const once = async () => {
    findings = 0
    for (const document of documents)
      findings += (await detector.classify(document, { today: '2026-11-23', places: [] })).findings.length
  }
  await once()
  const rounds: number[] = []
  for (let round = 0; round < 7; round++) {
    const before = process.cpuUsage()
    await once()
    const { user, system } = process.cpuUsage(before)
    rounds.push(user + system)
  }
  const median = rounds.sort((a, b) => a - b)[3]!
  console.log(
    `${name.padEnd(22)} ${(bytes / median).toFixed(1).padStart(7)} MB/s  ${(median / bodies.length).toFixed(1).padStart(7)} µs each  ${Math.round(bytes / bodies.length)} B each  ${(findings / bodies.length).toFixed(1)} findings each`,
  )
}

const many = Array.from({ length: 2000 }, (_, n) => n)
const tickets = many.map(ticket)
const ticketBytes = tickets.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
await run('ticket text', tickets)
await run('payroll record, JSON', many.map(payroll))

/** Median of five rounds after one to warm up. */
const each = async (name: string, work: (text: string) => unknown): Promise<number> => {
  const rounds: number[] = []
  for (let round = 0; round < 6; round++) {
    const before = process.cpuUsage()
    for (const text of tickets) await work(text)
    const { user, system } = process.cpuUsage(before)
    if (round > 0) rounds.push(ticketBytes / (user + system))
  }
  const speed = rounds.sort((a, b) => a - b)[2]!
  console.log(`${name.padEnd(22)} ${speed.toFixed(1).padStart(7)} MB/s`)
  return speed
}

await each('identifiers alone', (text) => detector.identifiers(text))
const tagger = makeTagger(loadModel())
await each('names alone', (text) => tagger.tag(text, makeBudget(text.length)))
const whole = await each('all of it', (text) => classifyText(detector, text))

const { values } = parseArgs({ options: { npm: { type: 'string' } } })
const { tools, missing } = npmPeers(values.npm)
const docs = tickets.map((text, n) => ({ id: String(n), lang: 'fr', text, spans: [] }))
for (const tool of tools) {
  const { seconds } = await tool.run(docs)
  const speed = ticketBytes / 1e6 / seconds
  console.log(
    `${tool.name.padEnd(22)} ${speed.toFixed(2).padStart(7)} MB/s  Douane with names is ${(whole / speed).toFixed(1)} times as fast`,
  )
}
if (missing.length > 0) console.log(`not installed: ${missing.join(', ')}`)

const script = fileURLToPath(new URL('detection/start.ts', import.meta.url))
type Start = Record<'wall' | 'cpu' | 'resident' | 'bare', number>
const start = (kept: string | undefined): Start =>
  JSON.parse(
    execFileSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { ...process.env, ...(kept === undefined ? {} : { NODE_COMPILE_CACHE: kept }) },
    }),
  ) as Start
const say = (name: string, kept: string | undefined): void => {
  const starts = Array.from({ length: 5 }, () => start(kept))
  const middle = (key: keyof Start) =>
    starts
      .map((one) => one[key])
      .sort((a, b) => a - b)[2]!
      .toFixed(0)
  console.log(
    `start, ${name}: ${middle('wall')} ms, ${middle('cpu')} ms of processor; ${middle('resident')} MB resident, ${middle('bare')} MB before the detector`,
  )
}
// As the product starts (src/main.ts): Node keeps what it made of the sources.
const kept = mkdtempSync(join(tmpdir(), 'douane-start-'))
try {
  start(kept)
  say('what was compiled is kept', kept)
} finally {
  rmSync(kept, { recursive: true })
}
say('compiled anew', undefined)

/**
 * Writes all that the detector says of corpora, payloads and hostile texts, one line a finding, with what each document cost:
 * a change that should alter nothing is compared with the state before by `cmp`. The file holds values' places, no values.
 * Run: node bench/detection/dump.ts DATA OUT, where DATA has dev/ and payloads/ of the shared data.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeBudget, unitsPerCharacter } from '../../src/detect/budget.ts'
import { makeDetector } from '../../src/detect/classify.ts'
import type { Document } from '../../src/model/document.ts'
import { readCorpora } from '../eval/corpora.ts'
import { documentOf, readLeaves } from '../payloads/read.ts'
import { hostileRows, prepare } from './hostile.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const [data, out] = positionals
if (data === undefined || out === undefined) throw new Error('node bench/detection/dump.ts DATA OUT')

const detector = makeDetector()
const lines: string[] = []

const textDocument = (text: string): Document => ({
  media: 'text',
  fields: [{ index: 0, part: 'body', place: 'leaf', kind: 'text', path: null, key: '', text }],
  write: () => ({ body: Buffer.alloc(0), target: '/', headers: [] }),
})

const classify = async (name: string, document: Document): Promise<void> => {
  const characters = document.fields.reduce((sum, { text }) => sum + text.length + 8, 0)
  const budget = makeBudget(characters, unitsPerCharacter)
  const { findings, records } = await detector.classify(document, { today: '2026-11-27', places: [] }, budget)
  lines.push(`${name} spent ${budget.spent} ${JSON.stringify(records)}`)
  for (const one of findings) lines.push(JSON.stringify(one))
}

for (const { name, docs } of readCorpora(join(data, 'dev'), 'all')) {
  for (const { id, text } of docs) {
    await classify(`${name} ${id}`, textDocument(text))
    // As it is typed in a hurry, and as forms print it.
    if (text.length < 400) {
      await classify(`${name} ${id} lower`, textDocument(text.toLowerCase()))
      await classify(`${name} ${id} upper`, textDocument(text.toUpperCase()))
    }
    const budget = makeBudget(text.length)
    lines.push(JSON.stringify(detector.identifiers(text, budget)), String(budget.spent))
  }
}

for (const file of readdirSync(join(data, 'payloads')).sort()) {
  const text = readFileSync(join(data, 'payloads', file), 'utf8').replace(/^\uFEFF/, '')
  await classify(`${file} as text`, textDocument(text.slice(0, 200_000)))
  if (/\.(?:md|json)$/.test(file) && /README|labels/.test(file)) continue
  await classify(file, documentOf(readLeaves(file, text)))
}

for (const row of hostileRows) {
  const { spent } = await prepare(row, 20_000).run()
  lines.push(`${row.step}: ${row.title} spent ${spent}`)
}

writeFileSync(out, `${lines.join('\n')}\n`)
console.log(`${lines.length} lines`)

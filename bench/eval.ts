/**
 * Scores the detector on labelled texts. Run: node bench/eval.ts DIR [--half held|tune|all] [--only NAME] [--out FILE]
 * DIR holds *.jsonl or *.jsonl.gz, one record a line: {"id","lang","text","spans":[{"start","end","type"}]}.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { makeDetector } from '../src/detect/classify.ts'
import { classifyText } from '../src/detect/classify-text.ts'
import { type Found, type Gold, type Tally, figures, makeTally, score } from './eval/score.ts'
import { isHeld } from './train/random.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string', default: 'held' },
    only: { type: 'string' },
    out: { type: 'string' },
    misses: { type: 'string' },
  },
})
const folder = positionals[0] ?? '../shared/data/dev'
const detector = makeDetector()
/** corpus/lang → type → counts */
const rows = new Map<string, Map<string, Tally>>()
const wanted = (id: string) => values.half === 'all' || isHeld(id) === (values.half === 'held')

for (const name of readdirSync(folder).sort()) {
  if (!/\.jsonl(\.gz)?$/.test(name) || (values.only !== undefined && !name.includes(values.only))) continue
  const bytes = readFileSync(join(folder, name))
  const lines = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')
  for (const line of lines) {
    if (line === '') continue
    const doc = JSON.parse(line) as { id: string; lang: string; text: string; spans: Gold[] }
    if (!wanted(doc.id)) continue
    const found: Found[] = []
    for (const one of await classifyText(detector, doc.text)) {
      if (one.confidence >= 0.5 && one.category !== 'freetext') found.push(one)
    }
    const key = `${name.replace(/\.jsonl(\.gz)?$/, '')}/${doc.lang}`
    let row = rows.get(key)
    if (row === undefined) rows.set(key, (row = new Map()))
    const tally = (type: string) => {
      let one = row.get(type)
      if (one === undefined) row.set(type, (one = makeTally()))
      return one
    }
    score(doc.text, doc.spans, found, tally)
  }
}

const percent = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(3)).padStart(7)
console.log(
  `${'corpus/lang'.padEnd(24)} ${'type'.padEnd(16)}    gold  recall  strict    prec      F1      F2  leaked  fa/1000`,
)
const report: Record<string, unknown>[] = []
for (const [key, row] of rows) {
  for (const [type, tally] of [...row].sort((a, b) => b[1].gold - a[1].gold)) {
    const one = figures(tally)
    report.push({ corpus: key, type, ...tally, ...one })
    if (tally.gold === 0 && type !== 'all') continue
    console.log(
      `${key.padEnd(24)} ${type.padEnd(16)} ${String(tally.gold).padStart(7)} ${percent(one.recall)} ${percent(one.strict)} ${percent(one.precision)} ${percent(one.f1)} ${percent(one.f2)} ${percent(one.leaked)} ${percent(one.falseAlarms)}`,
    )
  }
}
const out =
  values.out ??
  fileURLToPath(
    new URL(`results/eval-${new Date().toISOString().replace(/[:.]/g, '-')}.json`, import.meta.url),
  )
mkdirSync(dirname(out), { recursive: true })
writeFileSync(
  out,
  JSON.stringify({ folder, half: values.half, version: detector.version, rows: report }, null, 1),
)
console.log(out)

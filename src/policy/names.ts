import type { PolicyFault } from '../errors.ts'
import { misnamed } from '../law/iso-3166.ts'
import { isCountry } from '../law/territory.ts'
import type { LawData } from '../law/data.ts'
import type { Both } from '../lang.ts'
import { categories, isBelow, specialCategories } from '../model/category.ts'
import type { Source } from './bundle.ts'
import { didYouMean, isNo, meant, write } from './fault-words.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

/** A sentence of `policy check` that stops nothing. */
export interface Warning {
  readonly source: Source
  readonly message: Both
}

/** Where one file's checks put what they find. */
export interface Findings {
  readonly faults: PolicyFault[]
  readonly warnings: Warning[]
}

const groups: ReadonlySet<string> = new Set(
  categories.flatMap((category) => [category, category.split('.', 1)[0] as string]),
)

/** A category or a group of them, as `contact`. */
export const isCategory = (name: string): boolean => groups.has(name)

/** A country that a register names: an ISO code, or one of territories.yaml. */
export const checkCountry = (
  doc: ParsedFile,
  path: KeyPath,
  code: string | undefined,
  law: Pick<LawData, 'territories'>,
  faults: PolicyFault[],
): void => {
  if (code === undefined || isCountry(law, code)) return
  const meant = Object.hasOwn(misnamed, code) ? misnamed[code] : undefined
  faults.push(
    doc.fault(
      path,
      isNo(code, { en: 'a country code', fr: 'un code de pays' }),
      meant === undefined
        ? {
            en: 'two capital letters of ISO 3166-1, such as FR',
            fr: 'deux majuscules de la norme ISO 3166-1, comme FR',
          }
        : write(meant),
    ),
  )
}

/** `fin.*` and `fin.` for what is written `fin`. */
export const groupHint = (word: string): Both | undefined => {
  const [, group = ''] = /^([a-z.]+)\.\*?$/.exec(word) ?? []
  return groups.has(group)
    ? {
        en: `write ${group}: it means all below it`,
        fr: `écrivez ${group} : cela couvre tout ce qui est en dessous`,
      }
    : undefined
}

/** What a name must be one of. */
export const ofRegister = {
  client: { en: 'a client of the register', fr: 'un client du registre' },
  provider: { en: 'a provider of the register', fr: 'un prestataire du registre' },
} as const satisfies Record<string, Both>

/** What stands for a word that is no category: `iban` → fin.iban, `hr.salry` → hr.salary. */
export const categoryHint = (word: string): Both => {
  const [only, ...more] = categories.filter((category) => category.endsWith(`.${word}`))
  return (
    groupHint(word) ??
    (only !== undefined && more.length === 0 ? meant(only) : undefined) ??
    didYouMean(word, groups) ??
    seeCategories
  )
}

export const aCategory: Both = { en: 'a category', fr: 'une catégorie' }
const seeCategories: Both = { en: 'see categories.yaml', fr: 'voir categories.yaml' }

/** Categories or groups of them. */
export const checkCategories = (
  doc: ParsedFile,
  path: KeyPath,
  named: readonly string[] | undefined,
  faults: PolicyFault[],
): void => {
  for (const [i, name] of (named ?? []).entries()) {
    if (!groups.has(name)) {
      faults.push(doc.fault([...path, i], isNo(name, aCategory), categoryHint(name)))
    }
  }
}

/** Article 9 categories: what `third_art9` may open. */
export const isSpecial = (name: string): boolean => specialCategories.some((group) => isBelow(name, group))

/** Packs that an entry switches on: folders of packs/. A misspelt one would leave its rules silent. */
export const checkPacks = (
  doc: ParsedFile,
  at: KeyPath,
  packs: readonly string[] | undefined,
  known: ReadonlySet<string>,
  faults: PolicyFault[],
): void => {
  for (const [i, name] of (packs ?? []).entries()) {
    if (known.has(name)) continue
    const hint =
      known.size === 0
        ? { en: 'there is no folder packs/ here', fr: "il n'y a pas de dossier packs/ ici" }
        : didYouMean(name, known)
    faults.push(
      doc.fault(
        [...at, 'packs', i],
        isNo(name, { en: 'a pack of this folder', fr: 'un paquet de ce dossier' }),
        hint,
      ),
    )
  }
}

import type { PolicyFault } from '../errors.ts'
import { misnamed } from '../law/iso-3166.ts'
import { isCountry } from '../law/territory.ts'
import type { LawData } from '../law/data.ts'
import { categories, isBelow, specialCategories } from '../model/category.ts'
import type { Source } from './bundle.ts'
import { didYouMean } from './faults.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'
import { shown } from './yaml.ts'

/** A sentence of `policy check` that stops nothing. */
export interface Warning {
  readonly source: Source
  readonly message: string
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
      `"${shown(code)}" is not a country code`,
      meant === undefined ? 'two capital letters of ISO 3166-1, such as FR' : `write ${meant}`,
    ),
  )
}

/** `fin.*` and `fin.` for what is written `fin`. */
export const groupHint = (word: string): string | undefined => {
  const [, group = ''] = /^([a-z.]+)\.\*?$/.exec(word) ?? []
  return groups.has(group) ? `write ${group}: it means all below it` : undefined
}

/** Categories or groups of them. */
export const checkCategories = (
  doc: ParsedFile,
  path: KeyPath,
  named: readonly string[] | undefined,
  faults: PolicyFault[],
): void => {
  for (const [i, name] of (named ?? []).entries()) {
    if (!groups.has(name)) {
      const hint = groupHint(name) ?? didYouMean(name, groups)
      faults.push(
        doc.fault([...path, i], `"${shown(name)}" is not a category`, hint ?? 'see categories.yaml'),
      )
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
    const hint = known.size === 0 ? 'there is no folder packs/ here' : didYouMean(name, known)
    faults.push(doc.fault([...at, 'packs', i], `"${shown(name)}" is not a pack of this folder`, hint))
  }
}

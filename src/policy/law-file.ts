import type { PolicyFault } from '../errors.ts'
import type { Adequacy, LawData, Territory } from '../law/data.ts'
import { isCountry } from '../law/territory.ts'
import type { ParsedFile } from './yaml.ts'

/** One entry a code; a second one is a fault. */
const byCode = <T extends { readonly code: string }>(
  doc: ParsedFile,
  list: string,
  faults: PolicyFault[],
): Map<string, T> => {
  const found = new Map<string, T>()
  for (const [i, entry] of ((doc.value as Record<string, T[]>)[list] ?? []).entries()) {
    if (found.has(entry.code)) {
      faults.push(doc.fault([list, i, 'code'], `"${entry.code}" stands here twice`, 'keep one'))
    } else found.set(entry.code, entry)
  }
  return found
}

/** territories.yaml after its schema: codes once, aliases that lead somewhere. */
export const readTerritories = (doc: ParsedFile, faults: PolicyFault[]): LawData['territories'] => {
  const found = byCode<Territory>(doc, 'territories', faults)
  for (const [i, entry] of (doc.value as { territories: Territory[] }).territories.entries()) {
    const target = entry.alias_of === undefined ? undefined : found.get(entry.alias_of)
    if (entry.alias_of !== undefined && (target === undefined || target.alias_of !== undefined)) {
      faults.push(
        doc.fault(
          ['territories', i, 'alias_of'],
          `"${entry.alias_of}" is not a territory of this file`,
          'an alias leads to an entry that is none itself',
        ),
      )
    }
  }
  return found
}

/** adequacy.yaml after its schema: known codes, and a scope test exactly where a decision is partial. */
export const readAdequacy = (
  doc: ParsedFile,
  territories: LawData['territories'],
  faults: PolicyFault[],
): LawData['adequacy'] => {
  const found = byCode<Adequacy>(doc, 'decisions', faults)
  for (const [i, entry] of (doc.value as { decisions: Adequacy[] }).decisions.entries()) {
    if (!isCountry({ territories }, entry.code)) {
      faults.push(doc.fault(['decisions', i, 'code'], `"${entry.code}" is not a country`))
    }
    if ((entry.scope === 'partial') !== entry.scope_test.length > 0) {
      faults.push(
        doc.fault(
          ['decisions', i, 'scope_test'],
          entry.scope === 'partial'
            ? 'a partial decision without a scope test'
            : 'a full decision with a scope test',
          'scope: partial asks for at least one scope test, scope: full for none',
        ),
      )
    }
    if (entry.valid_to !== null && entry.valid_to < entry.adopted) {
      faults.push(doc.fault(['decisions', i, 'valid_to'], 'the decision ends before it was adopted'))
    }
  }
  return found
}

import type { PolicyFault } from '../errors.ts'
import type { Adequacy, LawData, Localisation, Mechanisms, Territory } from '../law/data.ts'
import { isCountry } from '../law/territory.ts'
import type { Both } from '../lang.ts'
import { mechanisms } from '../model/register.ts'
import { isNo, keepOne, twice } from './fault-words.ts'
import type { ParsedFile } from './yaml.ts'

const aCountry: Both = { en: 'a country', fr: 'un pays' }

/** One entry a code; a second one is a fault. */
const byCode = <T extends { readonly code: string }>(
  doc: ParsedFile,
  list: string,
  faults: PolicyFault[],
): Map<string, T> => {
  const found = new Map<string, T>()
  for (const [i, entry] of ((doc.value as Record<string, T[]>)[list] ?? []).entries()) {
    if (found.has(entry.code)) {
      faults.push(doc.fault([list, i, 'code'], twice(entry.code), keepOne))
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
          isNo(entry.alias_of, { en: 'a territory of this file', fr: 'un territoire de ce fichier' }),
          {
            en: 'an alias leads to an entry that is none itself',
            fr: "alias_of renvoie à une entrée qui n'en porte pas elle-même",
          },
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
      faults.push(doc.fault(['decisions', i, 'code'], isNo(entry.code, aCountry)))
    }
    if ((entry.scope === 'partial') !== entry.scope_test.length > 0) {
      faults.push(
        doc.fault(
          ['decisions', i, 'scope_test'],
          entry.scope === 'partial'
            ? {
                en: 'a partial decision without a scope test',
                fr: 'une décision partielle sans critère de portée (scope_test)',
              }
            : {
                en: 'a full decision with a scope test',
                fr: 'une décision entière avec un critère de portée (scope_test)',
              },
          {
            en: 'scope: partial asks for at least one scope test, scope: full for none',
            fr: "scope: partial demande au moins un critère de portée, scope: full n'en admet pas",
          },
        ),
      )
    }
    if (entry.valid_to !== null && entry.valid_to < entry.adopted) {
      faults.push(
        doc.fault(['decisions', i, 'valid_to'], {
          en: 'the decision ends before it was adopted',
          fr: "la décision prend fin avant d'avoir été adoptée",
        }),
      )
    }
  }
  return found
}

/** Where the file has faults: no mechanism is in order. */
export const noMechanisms: Mechanisms = {
  mechanisms: [],
  scc: { set: '', repealed: [], modules: [] },
  tia_outcomes: [],
  use_cases: [],
  uc2_conditions: [],
  derogations: [],
}

export const noLocalisation: Localisation = { regimes: [], nir: [] }

/** Ids of a list, each once. */
const once = (
  doc: ParsedFile,
  list: readonly { readonly [key: string]: unknown }[],
  at: readonly string[],
  key: string,
  faults: PolicyFault[],
): void => {
  const seen = new Set<unknown>()
  list.forEach((entry, n) => {
    if (seen.has(entry[key])) faults.push(doc.fault([...at, n, key], twice(String(entry[key])), keepOne))
    seen.add(entry[key])
  })
}

/** mechanisms.yaml after its schema: every mechanism and module once, none left out. */
export const readMechanisms = (doc: ParsedFile, faults: PolicyFault[]): Mechanisms => {
  const value = doc.value as Mechanisms
  once(doc, value.mechanisms as never, ['mechanisms'], 'id', faults)
  once(doc, value.scc.modules as never, ['scc', 'modules'], 'id', faults)
  once(doc, value.tia_outcomes as never, ['tia_outcomes'], 'id', faults)
  once(doc, value.derogations as never, ['derogations'], 'letter', faults)
  for (const id of mechanisms) {
    if (!value.mechanisms.some((each) => each.id === id)) {
      faults.push(
        doc.fault(
          ['mechanisms'],
          { en: `the mechanism ${id} is missing`, fr: `le mécanisme ${id} manque` },
          { en: 'every mechanism needs its entry', fr: 'chaque mécanisme a besoin de son entrée' },
        ),
      )
    }
  }
  return value
}

/** localisation.yaml after its schema: ids once, countries that exist. */
export const readLocalisation = (
  doc: ParsedFile,
  territories: LawData['territories'],
  faults: PolicyFault[],
): Localisation => {
  const value = doc.value as Localisation
  once(doc, value.regimes as never, ['regimes'], 'id', faults)
  once(doc, value.nir as never, ['nir'], 'id', faults)
  for (const [n, regime] of value.regimes.entries()) {
    for (const [i, code] of (regime.client_country ?? []).entries()) {
      if (!isCountry({ territories }, code)) {
        faults.push(doc.fault(['regimes', n, 'client_country', i], isNo(code, aCountry)))
      }
    }
  }
  return value
}

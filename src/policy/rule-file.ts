/** rules/*.yaml: from parsed YAML to rules that compile.ts can trust. */
import type { PolicyFault } from '../errors.ts'
import type { Category } from '../model/category.ts'
import type { CategoryEntry, Rule, Source } from './bundle.ts'
import { taken } from './fault-words.ts'
import type { Warning } from './names.ts'
import { pathPattern } from './path-pattern.ts'
import { checkRules } from './rule-check.ts'
import type { Placed } from './rule-check.ts'
import { readRule } from './rule-entry.ts'
import { isMap, unknownKeys } from './unknown-keys.ts'
import { keysIn } from './when-keys.ts'
import type { Here, KnownNames } from './when-values.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

/** More rules than these, or longer paths, nobody reads; every gateway holds each finding against them, and loads them at each edit. */
export const mostRules = 2_000
export const mostPathSteps = 20_000

/** Says at the first rule that is one too many. */
const checkSize = (placed: readonly Placed[], faults: PolicyFault[]): void => {
  const over = placed[mostRules]
  if (over !== undefined)
    faults.push(
      over.file.fault(
        over.at,
        { en: `there are more than ${mostRules} rules`, fr: `il y a plus de ${mostRules} règles` },
        {
          en: 'one rule may name many categories, paths and clients',
          fr: 'une règle peut nommer de nombreuses catégories, chemins et clients',
        },
      ),
    )
  let steps = 0
  for (const { rule, file, at } of placed) {
    for (const [key, value] of keysIn(rule.when))
      if (key === 'path') for (const text of value as readonly string[]) steps += pathPattern(text).length
    if (steps <= mostPathSteps) continue
    faults.push(
      file.fault(
        [...at, 'when'],
        {
          en: `the paths of all rules together have more than ${mostPathSteps} steps`,
          fr: `les chemins de toutes les règles réunies comptent plus de ${mostPathSteps} étapes`,
        },
        { en: 'shorter paths, or ** for many of them', fr: 'des chemins plus courts, ou ** pour plusieurs' },
      ),
    )
    return
  }
}

export interface ReadRules {
  readonly rules: readonly Rule[]
  readonly faults: readonly PolicyFault[]
  readonly warnings: readonly Warning[]
}

/** All rule files together: ids are unique over all of them. Never throws; every fault is in the answer. */
export const readRules = (
  files: readonly ParsedFile[],
  names: KnownNames,
  entries: ReadonlyMap<Category, CategoryEntry>,
): ReadRules => {
  const faults: PolicyFault[] = []
  const warnings: Warning[] = []
  const placed: Placed[] = []
  const ids = new Map<string, Source>()
  for (const file of files) {
    const here: Here = { file, names, faults }
    const root = isMap(file.value) ? file.value : {}
    const misspelt = unknownKeys(root, ['rules'], [], here)
    const list = root['rules']
    if (!Array.isArray(list)) {
      if (!misspelt.has('rules'))
        faults.push(
          file.fault(
            ['rules'],
            {
              en: 'a rule file holds a list named rules',
              fr: 'un fichier de règles contient une liste nommée rules',
            },
            { en: 'rules: [] for none', fr: "rules: [] s'il n'y en a aucune" },
          ),
        )
      continue
    }
    list.forEach((value: unknown, n) => {
      const at: KeyPath = ['rules', n]
      const id = isMap(value) ? value['id'] : undefined
      if (typeof id === 'string') {
        const first = ids.get(id)
        if (first === undefined) ids.set(id, file.at([...at, 'id']))
        else
          faults.push(
            file.fault([...at, 'id'], taken(id), {
              en: `by ${first.file}, line ${first.line}`,
              fr: `par ${first.file}, ligne ${first.line}`,
            }),
          )
      }
      const rule = readRule(value, at, here)
      if (rule !== undefined) placed.push({ rule, file, at })
    })
  }
  checkSize(placed, faults)
  checkRules(placed, entries, faults, warnings)
  return { rules: placed.map(({ rule }) => rule), faults, warnings }
}

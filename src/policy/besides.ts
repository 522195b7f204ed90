/** What else is wrong with a file that does not fit its schema, so that a lawyer sees all of it at once. */
import type { PolicyFault } from '../errors.ts'
import { placeIn } from './faults.ts'
import type { Findings } from './names.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

/** Whether a value stands at a path. */
const holds = (value: unknown, path: KeyPath): boolean => {
  let here = value
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return false
    here = (here as Readonly<Record<string, unknown>>)[step]
  }
  return here !== undefined
}

/**
 * Adds what the check finds. It was made for files that fit: where it falls over a value of another kind, or speaks of a key that
 * is not there (missing or misspelt), the schema's fault is what is told.
 */
export const besides = (
  doc: ParsedFile,
  out: Findings,
  check: (doc: ParsedFile, found: Findings) => void,
): void => {
  const found: Findings = { faults: [], warnings: [] }
  const ofNothing = new Set<PolicyFault>()
  const its: ParsedFile = {
    ...doc,
    fault: (keys, ...said) => {
      const fault = doc.fault(keys, ...said)
      if (!holds(doc.value, keys)) ofNothing.add(fault)
      return fault
    },
  }
  try {
    check(its, found)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  const told = new Set(out.faults.filter(({ file }) => file === doc.path).map(placeIn))
  out.faults.push(...found.faults.filter((fault) => !ofNothing.has(fault) && !told.has(placeIn(fault))))
}

import type { Path } from '../model/document.ts'

/** A lexicon may forgive spelling; what is printed must still look like a name and nothing else. */
const isPlain = (name: string): boolean => name.length <= 64 && /^[\p{L}\p{N}_-][\p{L}\p{N} _-]*$/u.test(name)

/**
 * A path as logs, errors and records may show it: `employees[3].{2}.iban`. An array element, row or path
 * segment shows its number; a name shows only if it is known (lexicon or declared schema), any other as its
 * ordinal in braces, because the sender chose it and it may be a person's. The root is ''.
 */
export const printPath = (path: Path, known: (name: string) => boolean): string => {
  const parts: string[] = []
  for (let node = path; node !== null; node = node.up) {
    if (typeof node.step === 'number') parts.push(`[${node.step}]`)
    else {
      const name = isPlain(node.step) && known(node.step) ? node.step : `{${node.ordinal}}`
      parts.push(node.up === null ? name : `.${name}`)
    }
  }
  return parts.reverse().join('')
}

/**
 * `employees.*.iban`: dotted steps, `*` for one step, `**` for any number of them, `\.` for a dot in a name.
 * A list element's step is its number, from 0.
 */
export type PathPattern = readonly string[]

const anyNumber = '**'

export const pathPattern = (text: string): PathPattern => {
  const steps: string[] = ['']
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter === '.') steps.push('')
    else if (letter === '\\' && at + 1 < text.length) steps[steps.length - 1] += text.charAt(++at)
    else steps[steps.length - 1] += letter
  }
  return steps
}

/** Steps × pattern at most: only the last `**` is ever tried again. */
export const matchesPath = (pattern: PathPattern, steps: readonly (string | number)[]): boolean => {
  let p = 0
  let s = 0
  let restart = -1
  let restartStep = 0
  while (s < steps.length) {
    const wanted = pattern[p]
    if (wanted === anyNumber) {
      restart = p++
      restartStep = s
    } else if (wanted !== undefined && (wanted === '*' || wanted === String(steps[s]))) {
      p++
      s++
    } else if (restart >= 0) {
      p = restart + 1
      s = ++restartStep
    } else return false
  }
  while (pattern[p] === anyNumber) p++
  return p === pattern.length
}

/** A treatment as rules, categories and cases write it. */
import type { Both } from '../lang.ts'
import { treatmentOrder } from '../model/category.ts'
import type { TreatmentName } from '../model/category.ts'
import type { Treatment } from '../model/decision.ts'
import { didYouMean, isNo, write } from './fault-words.ts'
import { coarsest, ladders, pseudonymMethods } from './treatment.ts'
import { isMap } from './unknown-keys.ts'
import type { Here } from './when-values.ts'
import type { KeyPath } from './yaml.ts'

/** What French readers write. */
const inFrench: Readonly<Record<string, string>> = {
  autoriser: 'grant',
  bloquer: 'block',
  refuser: 'block',
  supprimer: 'remove',
  retirer: 'remove',
  masquer: 'mask',
  pseudonymiser: 'pseudonymise',
  généraliser: 'generalise',
  généralise: 'generalise',
  laisser: 'allow',
  noter: 'note',
  signaler: 'note',
}

const treatmentHint = (word: string, names: readonly string[]): Both | undefined => {
  const meant = inFrench[word.toLowerCase()]
  return meant !== undefined && names.includes(meant) ? write(meant) : didYouMean(word, names)
}
/** Other spellings of steps that people write. */
const spelling: Readonly<Record<string, string>> = { one: '1', two: '2', '5 years': '5', '10 years': '10' }
const allSteps = [coarsest, ...new Set(Object.values(ladders).flatMap(({ steps }) => steps))]

const aTreatment: Both = { en: 'a treatment', fr: 'un traitement' }

/** `remove`, `{generalise: year}`, `{pseudonymise: token}`; undefined after a fault. */
export const readTreatment = (
  value: unknown,
  at: KeyPath,
  here: Pick<Here, 'file' | 'faults'>,
  others: readonly string[] = [],
): Treatment | undefined => {
  const say = (message: Both, hint?: Both, where = at): undefined =>
    void here.faults.push(here.file.fault(where, message, hint))
  const names: readonly string[] = [...others, ...treatmentOrder]
  if (typeof value === 'string') {
    return (treatmentOrder as readonly string[]).includes(value)
      ? { name: value as TreatmentName }
      : say(isNo(value, aTreatment), treatmentHint(value, names))
  }
  const [[name, given] = ['', undefined], ...more] = isMap(value) ? Object.entries(value) : []
  if (name === '' || more.length > 0)
    return say(
      {
        en: 'this is a treatment, or one treatment with its parameter',
        fr: "il s'agit d'un traitement, ou d'un seul traitement avec son paramètre",
      },
      {
        en: 'such as {generalise: year}, {pseudonymise: token}',
        fr: 'par exemple {generalise: year}, {pseudonymise: token}',
      },
    )
  const text = typeof given === 'number' || typeof given === 'string' ? String(given) : ''
  const parameter = spelling[text] ?? text
  if (name === 'generalise')
    return allSteps.includes(parameter)
      ? { name, parameter }
      : say(
          isNo(text, { en: 'a step of generalise', fr: 'un degré de generalise' }),
          didYouMean(text, allSteps),
          [...at, name],
        )
  if (name === 'pseudonymise')
    return pseudonymMethods.includes(parameter)
      ? { name, parameter }
      : say(
          isNo(text, { en: 'a pseudonym method', fr: 'une méthode de pseudonymisation' }),
          didYouMean(text, pseudonymMethods),
          [...at, name],
        )
  return names.includes(name)
    ? say({ en: `${name} takes no parameter`, fr: `${name} n'a pas de paramètre` }, write(`decide: ${name}`))
    : say(isNo(name, aTreatment), didYouMean(name, names))
}

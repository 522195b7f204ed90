/** rules/*.yaml and categories.yaml: from parsed YAML to rules that compile.ts can trust. */
import type { Code, PolicyFault } from '../errors.ts'
import { refusals } from '../errors.ts'
import type { Category, TreatmentName } from '../model/category.ts'
import { categories, treatmentOrder } from '../model/category.ts'
import type { Treatment } from '../model/decision.ts'
import type { DestinationClass } from '../model/ground.ts'
import type { ActFrom, CategoryEntry, Rule, Source, When } from './bundle.ts'
import { didYouMean, keyHint } from './faults.ts'
import type { Warning } from './names.ts'
import { checkRules } from './rule-check.ts'
import { packOf } from './places.ts'
import { coarsest, haveOrder, ladders, pseudonymMethods } from './treatment.ts'
import type { Here, KnownNames } from './when-keys.ts'
import { keysIn, readWhen, whenKeys } from './when-keys.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'
import { shown } from './yaml.ts'

type Map_ = Readonly<Record<string, unknown>>
const isMap = (value: unknown): value is Map_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isSentence = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

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

const treatmentHint = (word: string, names: readonly string[]): string | undefined => {
  const meant = inFrench[word.toLowerCase()]
  return meant !== undefined && names.includes(meant) ? `write ${meant}` : didYouMean(word, names)
}

const unknownKeys = (
  value: Map_,
  known: readonly string[],
  at: KeyPath,
  here: Pick<Here, 'file' | 'faults'>,
) => {
  for (const key of Object.keys(value))
    if (!known.includes(key))
      here.faults.push(
        here.file.fault([...at, key], `"${shown(key)}" is not known here`, keyHint(key, known), 'key'),
      )
}

/** Other spellings of steps that people write. */
const spelling: Readonly<Record<string, string>> = { one: '1', two: '2', '5 years': '5', '10 years': '10' }
const allSteps = [coarsest, ...new Set(Object.values(ladders).flatMap(({ steps }) => steps))]

/** `remove`, `{generalise: year}`, `{pseudonymise: token}`; undefined after a fault. */
export const readTreatment = (
  value: unknown,
  at: KeyPath,
  here: Pick<Here, 'file' | 'faults'>,
  others: readonly string[] = [],
): Treatment | undefined => {
  const say = (message: string, hint?: string, where = at): undefined =>
    void here.faults.push(here.file.fault(where, message, hint))
  const names: readonly string[] = [...others, ...treatmentOrder]
  if (typeof value === 'string') {
    return (treatmentOrder as readonly string[]).includes(value)
      ? { name: value as TreatmentName }
      : say(`"${shown(value)}" is not a treatment`, treatmentHint(value, names))
  }
  const [[name, given] = ['', undefined], ...more] = isMap(value) ? Object.entries(value) : []
  if (name === '' || more.length > 0)
    return say(
      'this is a treatment, or one treatment with its parameter',
      '{generalise: year}, {pseudonymise: token}',
    )
  const text = typeof given === 'number' || typeof given === 'string' ? String(given) : ''
  const parameter = spelling[text] ?? text
  if (name === 'generalise')
    return allSteps.includes(parameter)
      ? { name, parameter }
      : say(`"${shown(text)}" is not a step of generalise`, didYouMean(text, allSteps), [...at, name])
  if (name === 'pseudonymise')
    return pseudonymMethods.includes(parameter)
      ? { name, parameter }
      : say(`"${shown(text)}" is not a pseudonym method`, didYouMean(text, pseudonymMethods), [...at, name])
  return names.includes(name)
    ? say(`${name} takes no parameter`, `decide: ${name}`)
    : say(`"${shown(name)}" is not a treatment`, didYouMean(name, names))
}

const ruleKeys = ['id', 'decide', 'when', 'because', 'code', 'overridable', 'combination']
const ruleCodes = Object.entries(refusals).flatMap(([code, { phase }]) =>
  phase === 'route' || phase === 'content' ? [code] : [],
)

const readDecide = (value: unknown, at: KeyPath, here: Here): Rule['decide'] | undefined => {
  if (value === 'grant' || value === 'note') return value
  if (value === undefined)
    return void here.faults.push(
      here.file.fault(at.slice(0, -1), 'this rule decides nothing', 'add decide: grant, note or a treatment'),
    )
  return readTreatment(value, at, here, ['grant', 'note'])
}

const readBecause = (value: unknown, at: KeyPath, here: Here): Rule['because'] | undefined => {
  if (!isMap(value))
    return void here.faults.push(
      here.file.fault(
        at,
        value === undefined ? '`because` is missing' : '`because` holds en, fr and article',
        'because: {en: …, fr: …, article: "GDPR …"}',
      ),
    )
  unknownKeys(value, ['en', 'fr', 'article'], at, here)
  const { en, fr, article } = value
  for (const [key, text] of Object.entries({ en, fr, article }))
    if (!isSentence(text))
      here.faults.push(
        here.file.fault(
          [...at, key],
          typeof text === 'number' ? `because.${key} must be text, not a number` : `because.${key} is empty`,
          key === 'article' ? 'the article, e.g. GDPR 28(3)' : 'one sentence that a DPO understands',
        ),
      )
  return isSentence(en) && isSentence(fr) && isSentence(article) ? { en, fr, article } : undefined
}

/** A grant opens a route before the payload is read: it cannot ask for what is found in it. */
const checkGrant = (when: When, at: KeyPath, here: Here) => {
  for (const [key, value] of keysIn(when)) {
    const about = Object.hasOwn(whenKeys, key) ? whenKeys[key]?.about : undefined
    const ofCategory =
      key === 'problem' &&
      Array.isArray(value) &&
      value.some((each) => each === 'category_outside' || each === 'tia_scope')
    if (about === 'finding' || about === 'combination' || ofCategory)
      here.faults.push(
        here.file.fault(
          [...at, key],
          ofCategory
            ? 'category_outside and tia_scope speak of what is found: a grant cannot use them'
            : `${key} speaks of what is found: a grant cannot use it`,
          'a grant uses route keys only; write a restriction for the rest',
          'key',
        ),
      )
  }
}

/** `combination: true` says what `when` says already; whoever writes it wants to be told where it is not so. */
const checkMark = (mark: unknown, when: When, at: KeyPath, here: Here): void => {
  const names = [...keysIn(when)].flatMap(([key]) =>
    Object.hasOwn(whenKeys, key) && whenKeys[key]?.about === 'combination' ? [String(key)] : [],
  )
  const say = (message: string, hint: string): void =>
    void here.faults.push(here.file.fault(at, message, hint, 'key'))
  if (typeof mark !== 'boolean') say('combination is true or false', 'or leave it out: it follows from when')
  else if (mark && names.length === 0)
    say(
      'this rule looks at one finding at a time: it is no combination',
      'remove combination, or write found, k, k_left, k_coarsest or uc2_ok in when',
    )
  else if (!mark && names.length > 0)
    say(
      `${names[0]} looks at several findings: this rule is a combination`,
      'combination: true, or leave it out',
    )
}

/** What is wrong with the id of a rule: refusals, records and overrides name it for years. */
const idFault = (id: unknown): readonly [message: string, hint: string] | undefined => {
  if (id === undefined || id === null)
    return ['a rule needs an id', 'small letters, digits and hyphens: no-iban-offshore']
  if (typeof id !== 'string')
    return ['the id of a rule is text', `write a name that says what it does: no-iban-offshore`]
  if (/^[a-z0-9][a-z0-9-]{1,59}$/.test(id)) return undefined
  if (id.length < 2)
    return [`the id "${shown(id)}" is too short`, 'two characters or more: say what the rule does']
  if (id.length > 60) return [`the id "${shown(id)}" is too long`, 'at most 60 characters']
  const better = id
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return [
    `"${shown(id)}" cannot be the id of a rule`,
    better.length < 2 ? 'small letters, digits and hyphens: no-iban-offshore' : `write ${shown(better)}`,
  ]
}

const readRule = (value: unknown, at: KeyPath, here: Here): Rule | undefined => {
  if (!isMap(value))
    return void here.faults.push(
      here.file.fault(at, 'a rule is a map', `its keys are ${ruleKeys.join(', ')}`),
    )
  const before = here.faults.length
  unknownKeys(value, ruleKeys, at, here)
  const { id, code, overridable, combination } = value
  const wrong = idFault(id)
  if (wrong !== undefined) here.faults.push(here.file.fault([...at, 'id'], ...wrong))
  const decide = readDecide(value['decide'], [...at, 'decide'], here)
  const when = readWhen(value['when'] ?? {}, [...at, 'when'], here) as When
  const because = readBecause(value['because'], [...at, 'because'], here)
  if (code !== undefined && !(typeof code === 'string' && ruleCodes.includes(code)))
    here.faults.push(
      here.file.fault(
        [...at, 'code'],
        'this is not a code that a rule may give',
        didYouMean(String(code), ruleCodes),
      ),
    )
  else if (code !== undefined && !(typeof decide === 'object' && decide.name === 'block'))
    here.faults.push(here.file.fault([...at, 'code'], 'only a block refuses with a code', 'remove code'))
  if (overridable !== undefined && typeof overridable !== 'boolean')
    here.faults.push(here.file.fault([...at, 'overridable'], 'overridable is true or false', 'write true'))
  else if (overridable === true && (decide === 'grant' || decide === 'note'))
    here.faults.push(
      here.file.fault(
        [...at, 'overridable'],
        `a ${decide} cannot be lifted`,
        'overridable is for restrictions: remove it',
        'key',
      ),
    )
  if (combination !== undefined && isMap(when)) checkMark(combination, when, [...at, 'combination'], here)
  if (decide === 'grant' && isMap(when)) checkGrant(when, [...at, 'when'], here)
  if (here.faults.length > before || decide === undefined || because === undefined) return undefined
  const pack = packOf(here.file.path)
  return {
    id: id as string,
    decide,
    when,
    because,
    ...(code === undefined ? {} : { code: code as Code }),
    overridable: overridable === true,
    ...(pack === undefined ? {} : { pack }),
    source: here.file.at(at),
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
  const placed: { rule: Rule; file: ParsedFile; at: KeyPath }[] = []
  const ids = new Map<string, Source>()
  for (const file of files) {
    const here: Here = { file, names, faults }
    const root = isMap(file.value) ? file.value : {}
    unknownKeys(root, ['rules'], [], here)
    const list = root['rules']
    if (!Array.isArray(list)) {
      faults.push(file.fault(['rules'], 'a rule file holds a list named rules', 'rules: [] for none'))
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
            file.fault([...at, 'id'], `the id ${shown(id)} is taken`, `by ${first.file}, line ${first.line}`),
          )
      }
      const rule = readRule(value, at, here)
      if (rule !== undefined) placed.push({ rule, file, at })
    })
  }
  checkRules(placed, entries, faults, warnings)
  return { rules: placed.map(({ rule }) => rule), faults, warnings }
}

const categoryKeys = ['dpv', 'article', 'third', 'everywhere', 'act_from', 'quasi', 'code', 'en', 'fr']

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1
const classes: readonly DestinationClass[] = ['eea', 'adequate', 'third']

/** One number, or one for each class of destination; a class that is not named has 0.5. */
const checkActFrom = (value: unknown, at: KeyPath, here: Pick<Here, 'file' | 'faults'>): void => {
  if (!isMap(value)) {
    if (!isShare(value))
      here.faults.push(
        here.file.fault(
          at,
          'act_from is a number from 0 to 1, or one for each class of destination',
          '{eea: 0.8, adequate: 0.7, third: 0.4}',
        ),
      )
    return
  }
  unknownKeys(value, classes, at, here)
  for (const name of classes)
    if (value[name] !== undefined && !isShare(value[name]))
      here.faults.push(here.file.fault([...at, name], `act_from for ${name} is a number from 0 to 1`))
}

const readCategory = (category: Category, value: unknown, file: ParsedFile, faults: PolicyFault[]) => {
  const at: KeyPath = ['categories', category]
  const here = { file, faults }
  if (!isMap(value))
    return void faults.push(file.fault(at, 'a category is a map', `its keys are ${categoryKeys.join(', ')}`))
  unknownKeys(value, categoryKeys, at, here)
  const { dpv, article, act_from: actFrom = 0.5, quasi, code, en, fr } = value
  for (const [key, text] of Object.entries({ dpv, article, en, fr }))
    if (!isSentence(text)) faults.push(file.fault([...at, key], `${key} is missing`))
  checkActFrom(actFrom, [...at, 'act_from'], here)
  if (quasi !== undefined && typeof quasi !== 'boolean')
    faults.push(file.fault([...at, 'quasi'], 'quasi is true or false'))
  if (code !== undefined && !(typeof code === 'string' && ruleCodes.includes(code)))
    faults.push(
      file.fault(
        [...at, 'code'],
        'this is not a code that a category may give',
        didYouMean(String(code), ruleCodes),
      ),
    )
  const treatment = (key: 'third' | 'everywhere'): Treatment | undefined => {
    const read = readTreatment(value[key], [...at, key], here)
    if (read?.name !== 'generalise') return read
    const ladder = ladders[category]
    if (
      ladder !== undefined &&
      (read.parameter === undefined || read.parameter === coarsest || ladder.steps.includes(read.parameter))
    )
      return read
    return void faults.push(
      file.fault(
        [...at, key],
        ladder === undefined ? `${category} cannot be generalised` : `${category} has no such step`,
        ladder === undefined ? 'remove, mask or pseudonymise' : `its steps are ${ladder.steps.join(', ')}`,
      ),
    )
  }
  const third = treatment('third')
  const everywhere = value['everywhere'] === undefined ? undefined : treatment('everywhere')
  if (third && everywhere && !haveOrder(third, everywhere))
    faults.push(file.fault(at, 'these two pseudonym methods have no order'))
  if (third === undefined) return undefined
  return {
    category,
    dpv: String(dpv),
    article: String(article),
    third,
    ...(everywhere === undefined ? {} : { everywhere }),
    act_from: actFrom as ActFrom,
    ...(quasi === true ? { quasi } : {}),
    ...(code === undefined ? {} : { code: code as Code }),
    en: String(en),
    fr: String(fr),
    source: file.at(at, 'key'),
  }
}

export interface ReadCategories {
  readonly categories: ReadonlyMap<Category, CategoryEntry>
  readonly faults: readonly PolicyFault[]
}

/** categories.yaml: every category of the model, no other. A fault in one leaves it out of the map. */
export const readCategories = (file: ParsedFile): ReadCategories => {
  const faults: PolicyFault[] = []
  const read = new Map<Category, CategoryEntry>()
  const root = isMap(file.value) ? file.value : {}
  unknownKeys(root, ['categories'], [], { file, faults })
  const given = root['categories']
  if (!isMap(given)) {
    faults.push(file.fault(['categories'], 'categories.yaml holds a map named categories'))
    return { categories: read, faults }
  }
  unknownKeys(given, categories, ['categories'], { file, faults })
  for (const category of categories) {
    if (!Object.hasOwn(given, category)) {
      faults.push(
        file.fault(['categories'], `the category ${category} is missing`, 'every category needs its default'),
      )
      continue
    }
    const entry = readCategory(category, given[category], file, faults)
    if (entry !== undefined) read.set(category, entry)
  }
  return { categories: read, faults }
}

/** rules/*.yaml and categories.yaml: from parsed YAML to rules that compile.ts can trust. */
import type { Code, PolicyFault } from '../errors.ts'
import { refusals } from '../errors.ts'
import type { Category, TreatmentName } from '../model/category.ts'
import { categories, treatmentOrder } from '../model/category.ts'
import type { Treatment } from '../model/decision.ts'
import type { DestinationClass } from '../model/ground.ts'
import type { Both } from '../lang.ts'
import type { ActFrom, CategoryEntry, Rule, Source, When } from './bundle.ts'
import { didYouMean, isNo, notKnown, quoted, taken, write } from './fault-words.ts'
import type { Warning } from './names.ts'
import { pathPattern } from './path-pattern.ts'
import { checkRules, type Placed } from './rule-check.ts'
import { packOf } from './places.ts'
import { coarsest, haveOrder, ladders, pseudonymMethods } from './treatment.ts'
import { isMap, keyHint, misspeltIn, type Map_ } from './unknown-keys.ts'
import type { Here, KnownNames } from './when-keys.ts'
import { keysIn, readWhen, whenKeys } from './when-keys.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'
import { shown } from './yaml.ts'

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

const treatmentHint = (word: string, names: readonly string[]): Both | undefined => {
  const meant = inFrench[word.toLowerCase()]
  return meant !== undefined && names.includes(meant) ? write(meant) : didYouMean(word, names)
}

/** Says every key that is not known. @returns keys that the map lacks only because they are misspelt: of these nothing more is said */
const unknownKeys = (
  value: Map_,
  known: readonly string[],
  at: KeyPath,
  here: Pick<Here, 'file' | 'faults'>,
): ReadonlySet<string> => {
  for (const key of Object.keys(value))
    if (!known.includes(key))
      here.faults.push(here.file.fault([...at, key], notKnown(key), keyHint(key, value, known), 'key'))
  return misspeltIn(value, known)
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

const ruleKeys = ['id', 'decide', 'when', 'because', 'code', 'overridable', 'combination']
const ruleCodes = Object.entries(refusals).flatMap(([code, { phase }]) =>
  phase === 'route' || phase === 'content' ? [code] : [],
)

const readDecide = (value: unknown, at: KeyPath, here: Here): Rule['decide'] | undefined => {
  if (value === 'grant' || value === 'note') return value
  if (value === undefined)
    return void here.faults.push(
      here.file.fault(
        at.slice(0, -1),
        { en: 'this rule decides nothing', fr: 'cette règle ne décide rien' },
        {
          en: 'add decide: grant, note or a treatment',
          fr: 'ajoutez decide : grant, note ou un traitement',
        },
      ),
    )
  return readTreatment(value, at, here, ['grant', 'note'])
}

const readBecause = (value: unknown, at: KeyPath, here: Here): Rule['because'] | undefined => {
  if (!isMap(value))
    return void here.faults.push(
      here.file.fault(
        at,
        value === undefined
          ? { en: '`because` is missing', fr: '`because` manque' }
          : { en: '`because` holds en, fr and article', fr: '`because` contient en, fr et article' },
        write('because: {en: …, fr: …, article: "GDPR …"}'),
      ),
    )
  const misspelt = unknownKeys(value, ['en', 'fr', 'article'], at, here)
  const { en, fr, article } = value
  for (const [key, text] of Object.entries({ en, fr, article }))
    if (!isSentence(text) && !misspelt.has(key))
      here.faults.push(
        here.file.fault(
          [...at, key],
          typeof text === 'number'
            ? {
                en: `because.${key} must be text, not a number`,
                fr: `because.${key} doit être du texte, non un nombre`,
              }
            : { en: `because.${key} is empty`, fr: `because.${key} est vide` },
          key === 'article'
            ? { en: 'the article, e.g. GDPR 28(3)', fr: "l'article, par exemple GDPR 28(3)" }
            : { en: 'one sentence that a DPO understands', fr: 'une phrase que comprend un DPO' },
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
            ? {
                en: 'category_outside and tia_scope speak of what is found: a grant cannot use them',
                fr: "category_outside et tia_scope parlent de ce qui est trouvé : une autorisation (grant) ne peut pas s'en servir",
              }
            : {
                en: `${key} speaks of what is found: a grant cannot use it`,
                fr: `${key} parle de ce qui est trouvé : une autorisation (grant) ne peut pas s'en servir`,
              },
          {
            en: 'a grant uses route keys only; write a restriction for the rest',
            fr: 'une autorisation ne porte que sur la route ; écrivez une restriction pour le reste',
          },
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
  const say = (message: Both, hint: Both): void =>
    void here.faults.push(here.file.fault(at, message, hint, 'key'))
  if (typeof mark !== 'boolean')
    say(trueOrFalse('combination'), {
      en: 'or leave it out: it follows from when',
      fr: 'ou omettez-le : il découle de when',
    })
  else if (mark && names.length === 0)
    say(
      {
        en: 'this rule looks at one finding at a time: it is no combination',
        fr: "cette règle regarde un élément à la fois : ce n'est pas une combinaison",
      },
      {
        en: 'remove combination, or write found, k, k_left, k_coarsest or uc2_ok in when',
        fr: 'retirez combination, ou écrivez found, k, k_left, k_coarsest ou uc2_ok dans when',
      },
    )
  else if (!mark && names.length > 0)
    say(
      {
        en: `${names[0]} looks at several findings: this rule is a combination`,
        fr: `${names[0]} regarde plusieurs éléments : cette règle est une combinaison`,
      },
      { en: 'combination: true, or leave it out', fr: 'combination: true, ou omettez-le' },
    )
}

const idForm: Both = {
  en: 'small letters, digits and hyphens: no-iban-offshore',
  fr: 'minuscules, chiffres et tirets : no-iban-offshore',
}
const trueOrFalse = (key: string): Both => ({
  en: `${key} is true or false`,
  fr: `${key} vaut true ou false`,
})
const missing = (key: string): Both => ({ en: `${key} is missing`, fr: `${key} manque` })
const itsKeys = (keys: readonly string[]): Both => ({
  en: `its keys are ${keys.join(', ')}`,
  fr: `ses clés sont ${keys.join(', ')}`,
})

/** What is wrong with the id of a rule: refusals, records and overrides name it for years. */
const idFault = (id: unknown): readonly [message: Both, hint: Both] | undefined => {
  if (id === undefined || id === null)
    return [{ en: 'a rule needs an id', fr: "une règle a besoin d'un id" }, idForm]
  if (typeof id !== 'string')
    return [
      { en: 'the id of a rule is text', fr: "l'id d'une règle est du texte" },
      {
        en: 'write a name that says what it does: no-iban-offshore',
        fr: "écrivez un nom qui dit ce qu'elle fait : no-iban-offshore",
      },
    ]
  if (/^[a-z0-9][a-z0-9-]{1,59}$/.test(id)) return undefined
  if (id.length < 2)
    return [
      { en: `the id ${quoted(id).en} is too short`, fr: `l'id ${quoted(id).fr} est trop court` },
      {
        en: 'two characters or more: say what the rule does',
        fr: 'deux caractères ou plus : dites ce que fait la règle',
      },
    ]
  if (id.length > 60)
    return [
      { en: `the id ${quoted(id).en} is too long`, fr: `l'id ${quoted(id).fr} est trop long` },
      { en: 'at most 60 characters', fr: '60 caractères au plus' },
    ]
  const better = id
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return [
    {
      en: `${quoted(id).en} cannot be the id of a rule`,
      fr: `${quoted(id).fr} ne peut pas être l'id d'une règle`,
    },
    better.length < 2 ? idForm : write(shown(better)),
  ]
}

const readRule = (value: unknown, at: KeyPath, here: Here): Rule | undefined => {
  if (!isMap(value))
    return void here.faults.push(
      here.file.fault(
        at,
        { en: 'a rule is a map', fr: 'une règle est un ensemble de clés' },
        itsKeys(ruleKeys),
      ),
    )
  const before = here.faults.length
  const misspelt = unknownKeys(value, ruleKeys, at, here)
  const { id, code, overridable, combination } = value
  const wrong = idFault(id)
  if (wrong !== undefined && !misspelt.has('id')) here.faults.push(here.file.fault([...at, 'id'], ...wrong))
  const decide = misspelt.has('decide') ? undefined : readDecide(value['decide'], [...at, 'decide'], here)
  const when = readWhen(value['when'] ?? {}, [...at, 'when'], here) as When
  const because = misspelt.has('because')
    ? undefined
    : readBecause(value['because'], [...at, 'because'], here)
  if (code !== undefined && !(typeof code === 'string' && ruleCodes.includes(code)))
    here.faults.push(
      here.file.fault(
        [...at, 'code'],
        {
          en: 'this is not a code that a rule may give',
          fr: "ce n'est pas un code qu'une règle puisse donner",
        },
        didYouMean(String(code), ruleCodes),
      ),
    )
  else if (code !== undefined && !(typeof decide === 'object' && decide.name === 'block'))
    here.faults.push(
      here.file.fault(
        [...at, 'code'],
        { en: 'only a block refuses with a code', fr: 'seul un block refuse avec un code' },
        { en: 'remove code', fr: 'retirez code' },
      ),
    )
  if (overridable !== undefined && typeof overridable !== 'boolean')
    here.faults.push(here.file.fault([...at, 'overridable'], trueOrFalse('overridable'), write('true')))
  else if (overridable === true && (decide === 'grant' || decide === 'note'))
    here.faults.push(
      here.file.fault(
        [...at, 'overridable'],
        { en: `a ${decide} cannot be lifted`, fr: `un ${decide} ne se lève pas` },
        {
          en: 'overridable is for restrictions: remove it',
          fr: 'overridable est fait pour les restrictions : retirez-le',
        },
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
          {
            en: 'act_from is a number from 0 to 1, or one for each class of destination',
            fr: 'act_from est un nombre de 0 à 1, ou un par classe de destination',
          },
          write('{eea: 0.8, adequate: 0.7, third: 0.4}'),
        ),
      )
    return
  }
  unknownKeys(value, classes, at, here)
  for (const name of classes)
    if (value[name] !== undefined && !isShare(value[name]))
      here.faults.push(
        here.file.fault([...at, name], {
          en: `act_from for ${name} is a number from 0 to 1`,
          fr: `act_from pour ${name} est un nombre de 0 à 1`,
        }),
      )
}

const readCategory = (category: Category, value: unknown, file: ParsedFile, faults: PolicyFault[]) => {
  const at: KeyPath = ['categories', category]
  const here = { file, faults }
  if (!isMap(value))
    return void faults.push(
      file.fault(
        at,
        { en: 'a category is a map', fr: 'une catégorie est un ensemble de clés' },
        itsKeys(categoryKeys),
      ),
    )
  const misspelt = unknownKeys(value, categoryKeys, at, here)
  const { dpv, article, act_from: actFrom = 0.5, quasi, code, en, fr } = value
  for (const [key, text] of Object.entries({ dpv, article, en, fr }))
    if (!isSentence(text) && !misspelt.has(key)) faults.push(file.fault([...at, key], missing(key)))
  checkActFrom(actFrom, [...at, 'act_from'], here)
  if (quasi !== undefined && typeof quasi !== 'boolean')
    faults.push(file.fault([...at, 'quasi'], trueOrFalse('quasi')))
  if (code !== undefined && !(typeof code === 'string' && ruleCodes.includes(code)))
    faults.push(
      file.fault(
        [...at, 'code'],
        {
          en: 'this is not a code that a category may give',
          fr: "ce n'est pas un code qu'une catégorie puisse donner",
        },
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
        ladder === undefined
          ? { en: `${category} cannot be generalised`, fr: `${category} ne peut pas être généralisé` }
          : { en: `${category} has no such step`, fr: `${category} n'a pas ce degré` },
        ladder === undefined
          ? { en: 'remove, mask or pseudonymise', fr: 'remove, mask ou pseudonymise' }
          : {
              en: `its steps are ${ladder.steps.join(', ')}`,
              fr: `ses degrés sont ${ladder.steps.join(', ')}`,
            },
      ),
    )
  }
  const third = misspelt.has('third') ? undefined : treatment('third')
  const everywhere = value['everywhere'] === undefined ? undefined : treatment('everywhere')
  if (third && everywhere && !haveOrder(third, everywhere))
    faults.push(
      file.fault(at, {
        en: 'these two pseudonym methods have no order',
        fr: "de ces deux méthodes de pseudonymisation, aucune n'est plus stricte que l'autre",
      }),
    )
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
  const misspelt = unknownKeys(root, ['categories'], [], { file, faults })
  const given = root['categories']
  if (!isMap(given)) {
    if (!misspelt.has('categories'))
      faults.push(
        file.fault(['categories'], {
          en: 'categories.yaml holds a map named categories',
          fr: 'categories.yaml contient un ensemble de clés nommé categories',
        }),
      )
    return { categories: read, faults }
  }
  const other = unknownKeys(given, categories, ['categories'], { file, faults })
  for (const category of categories) {
    if (!Object.hasOwn(given, category)) {
      if (!other.has(category))
        faults.push(
          file.fault(
            ['categories'],
            { en: `the category ${category} is missing`, fr: `la catégorie ${category} manque` },
            { en: 'every category needs its default', fr: 'chaque catégorie a besoin de son défaut' },
          ),
        )
      continue
    }
    const entry = readCategory(category, given[category], file, faults)
    if (entry !== undefined) read.set(category, entry)
  }
  return { categories: read, faults }
}

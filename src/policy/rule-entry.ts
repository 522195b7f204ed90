/** One rule: its keys, its id, what it decides and why. */
import { refusals } from '../errors.ts'
import type { Code } from '../errors.ts'
import type { Both } from '../lang.ts'
import type { Rule, When } from './bundle.ts'
import { didYouMean, itsKeys, quoted, trueOrFalse, write } from './fault-words.ts'
import { packOf } from './places.ts'
import { readTreatment } from './treatment-file.ts'
import { isMap, unknownKeys } from './unknown-keys.ts'
import { keysIn, readWhen, whenKeys } from './when-keys.ts'
import type { Here } from './when-values.ts'
import { shown } from './yaml.ts'
import type { KeyPath } from './yaml.ts'

const isSentence = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
const ruleKeys = ['id', 'decide', 'when', 'because', 'code', 'overridable', 'combination']
/** Codes that a rule or a category may refuse with. */
export const ruleCodes = Object.entries(refusals).flatMap(([code, { phase }]) =>
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

/** One rule of a file; undefined after a fault. */
export const readRule = (value: unknown, at: KeyPath, here: Here): Rule | undefined => {
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

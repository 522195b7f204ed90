/** categories.yaml: what each category of the model means where it goes. */
import type { Code, PolicyFault } from '../errors.ts'
import { categories } from '../model/category.ts'
import type { Category } from '../model/category.ts'
import type { Treatment } from '../model/decision.ts'
import type { DestinationClass } from '../model/ground.ts'
import type { ActFrom, CategoryEntry } from './bundle.ts'
import { didYouMean, itsKeys, missing, trueOrFalse, write } from './fault-words.ts'
import { readTreatment } from './treatment-file.ts'
import { coarsest, haveOrder, ladders } from './treatment.ts'
import { ruleCodes } from './rule-entry.ts'
import { isMap, unknownKeys } from './unknown-keys.ts'
import type { Here } from './when-values.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

const isSentence = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
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

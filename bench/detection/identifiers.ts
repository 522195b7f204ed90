/**
 * How many identifiers of a list of labelled values the detector finds: with a key, in a sentence, alone; and how
 * many wrong ones it takes for right. Run: node bench/detection/identifiers.ts FILE [--misses]
 * FILE has one record a line: {"country","kind","mapped","value","valid"}; `mapped` NATIONAL_ID, TAX_ID, IBAN count.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { makeDetector } from '../../src/detect/classify.ts'
import { classifyText } from '../../src/detect/classify-text.ts'
import { identifierKeys, identifierRows } from '../../src/detect/recognisers/identifiers/table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { misses: { type: 'boolean', default: false } },
})
const [file] = positionals
if (file === undefined) throw new Error('usage: node bench/detection/identifiers.ts FILE [--misses]')

interface Vector {
  readonly country: string
  readonly kind: string
  readonly mapped: string
  readonly value: string
  readonly valid: boolean
}
const categories: Readonly<Record<string, readonly string[]>> = {
  NATIONAL_ID: ['id.national', 'id.tax', 'id.health'],
  TAX_ID: ['id.tax', 'id.national'],
  IBAN: ['fin.iban'],
}
const countries = new Set([...identifierRows.map((row) => row.country), ''])
const vectors = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Vector)
  .filter(
    ({ country, mapped }) =>
      categories[mapped] !== undefined && (mapped === 'IBAN' || countries.has(country)),
  )

/** The name that the list gives to a kind, where ours is another. */
const ours: Readonly<Record<string, string>> = {
  'lv-pvn': 'pk',
  'lu-tva': 'tva',
  'dk-cvr': 'vat',
  'hu-anum': 'anum',
}
const rowsOf = ({ country, kind }: Vector) => {
  const name = kind.split('.')[1] ?? kind
  const wanted = ours[`${country.toLowerCase()}-${name}`] ?? name
  return identifierRows.filter((row) => row.country === country && row.kind === wanted)
}
const keys = new Set(identifierKeys.flatMap((row) => row.names.split(' ')))
const wordOf = (vector: Vector): string =>
  vector.mapped === 'IBAN'
    ? 'iban'
    : (rowsOf(vector)[0]
        ?.words.split('|')
        .find((word) => keys.has(word.replaceAll(' ', '_'))) ??
      (vector.mapped === 'TAX_ID' ? 'tax number' : 'national number'))

const detector = makeDetector()
const found = async (vector: Vector, text: string, type?: string, own = false) => {
  const at = text.indexOf(JSON.stringify(vector.value).slice(1, -1))
  const end = at + vector.value.length
  const kind = vector.kind.split('.')[1] ?? vector.kind
  const all = await classifyText(detector, text, type)
  return all.filter(
    (one) =>
      categories[vector.mapped]!.includes(one.category) &&
      one.start < end &&
      one.end > at &&
      Math.min(one.end, end) - Math.max(one.start, at) >= (end - at) / 2 &&
      (own
        ? one.confidence >= 0.8 &&
          (one.kind ?? kind) === kind &&
          (one.country === undefined || vector.country === '' || one.country === vector.country)
        : one.confidence >= 0.5),
  )
}

interface Row {
  valid: number
  key: number
  sentence: number
  alone: number
  invalid: number
  taken: number
}
const table = new Map<string, Row>()
for (const vector of vectors) {
  const name = `${vector.country} ${vector.kind} ${vector.mapped}`
  let row = table.get(name)
  if (row === undefined)
    table.set(name, (row = { valid: 0, key: 0, sentence: 0, alone: 0, invalid: 0, taken: 0 }))
  const word = wordOf(vector)
  const keyed = JSON.stringify({ id: 1, [word.replaceAll(' ', '_')]: vector.value })
  const sentence = `Please note the ${word} of this person: ${vector.value}, and file it.`
  if (vector.valid) {
    row.valid++
    const key = (await found(vector, keyed, 'application/json')).length > 0
    const said = (await found(vector, sentence)).length > 0
    if (key) row.key++
    if (said) row.sentence++
    if ((await found(vector, vector.value)).length > 0) row.alone++
    if (values.misses && !(key && said))
      console.log(`missed: ${vector.kind} ${vector.value} key ${key} said ${said}`)
  } else {
    row.invalid++
    const wrong = [
      ...(await found(vector, keyed, 'application/json', true)),
      ...(await found(vector, sentence, undefined, true)),
      ...(await found(vector, vector.value, undefined, true)),
    ]
    if (wrong.length > 0) row.taken++
    if (values.misses && wrong.length > 0)
      console.log(`taken: ${vector.kind} ${vector.value} ${wrong.map((one) => one.recogniser).join()}`)
  }
}

const sum = (of: (row: Row) => number) => [...table.values()].reduce((total, row) => total + of(row), 0)
const line = (name: string, row: Row) =>
  console.log(
    name.padEnd(34) +
      [row.valid, row.key, row.sentence, row.alone, row.invalid, row.taken]
        .map((one) => String(one).padStart(9))
        .join(''),
  )
console.log(`${''.padEnd(34)}    valid  withkey  sentence   alone  invalid   taken`)
for (const [name, row] of [...table].sort()) line(name, row)
line('all', {
  valid: sum((row) => row.valid),
  key: sum((row) => row.key),
  sentence: sum((row) => row.sentence),
  alone: sum((row) => row.alone),
  invalid: sum((row) => row.invalid),
  taken: sum((row) => row.taken),
})

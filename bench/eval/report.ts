import { type Figures, type Rows, coverOf, figuresOf, isWhole, macroOf } from './figures.ts'

const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3))
const percent = (value: number): string => (Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`)

const cells = (one: Figures): string =>
  [one.recall, one.strict, one.precision, one.hard, one.f1, one.f2, one.falseAlarms].map(share).join(' | ')
const heads = 'recall | strict | precision | hard | F1 | F2 | false alarms / 1,000'
const rule = '---:|---:|---:|---:|---:|---:|---:'

const groups = ['PERSON', 'DIRECT', 'ADDRESS', 'DATE_OF_BIRTH']
const languageOf = (key: string): string => key.split('/')[1]!

/** The report in markdown; `about` says what was scored. */
export const reportOf = (rows: Rows, about: readonly string[]): string => {
  const languages = [...new Set([...rows.keys()].filter(isWhole).map(languageOf))].sort()
  const { leaked, over, overLabelled } = coverOf(rows)
  const lines = [
    '# What the detector finds',
    '',
    ...about,
    '',
    'Relaxed recall: findings of an accepted category cover half of the letters and digits of a span; strict: one has its bounds.',
    'Precision leaves spans of neutral types (LOCATION, ORG, DATE, OTHER …) aside; hard counts them as wrong.',
    'DIRECT: e-mail, phone, IBAN, card, national, tax, passport, licence, IP, plate, password.',
    '',
    '## Macro: each corpus and language weighs the same',
    `Left uncovered: **${percent(leaked)}** of the letters and digits of personal spans; covered: **${percent(over)}** of other text, **${percent(overLabelled)}** by categories that the corpora label (the rest: health, devices, sessions, ages and the like, which none of them labels).`,
    '',
    `| type | rows | ${heads} |`,
    `|---|---:|${rule}|`,
    ...groups.map((type) => {
      const one = macroOf(rows, type)
      return `| ${type} | ${one.rows} | ${cells(one)} |`
    }),
    '',
    '## By language',
    `| language | type | ${heads} |`,
    `|---|---|${rule}|`,
    ...languages.flatMap((language) =>
      ['PERSON', 'DIRECT'].map(
        (type) =>
          `| ${language} | ${type} | ${cells(macroOf(rows, type, (key) => isWhole(key) && languageOf(key) === language))} |`,
      ),
    ),
    '',
    '## By corpus and language',
    `| corpus | type | gold | ${heads} |`,
    `|---|---|---:|${rule}|`,
    ...[...rows].filter(([key]) => isWhole(key)).flatMap(([key, row]) => typeLines(key, row)),
    '',
    '| corpus | left uncovered | other text covered |',
    '|---|---:|---:|',
    ...[...rows]
      .filter(([key]) => isWhole(key))
      .map(
        ([key, { letters }]) =>
          `| ${key} | ${percent(letters.leaked / letters.personal)} | ${percent(letters.over / letters.other)} |`,
      ),
    '',
    '## Only partly labelled or generated: recall alone says something',
    '| corpus | type | gold | recall | strict |',
    '|---|---|---:|---:|---:|',
    ...[...rows]
      .filter(([key]) => !isWhole(key))
      .flatMap(([key, row]) =>
        [...row.types]
          .filter(([, tally]) => tally.gold > 0)
          .map(([type, tally]) => {
            const one = figuresOf(tally, row.letters)
            return `| ${key} | ${type} | ${tally.gold} | ${share(one.recall)} | ${share(one.strict)} |`
          }),
      ),
  ]
  return `${lines.join('\n')}\n`
}

const typeLines = (key: string, row: Rows extends ReadonlyMap<string, infer R> ? R : never): string[] =>
  [...row.types]
    .filter(([, tally]) => tally.gold > 0)
    .sort((a, b) => b[1].gold - a[1].gold)
    .map(([type, tally]) => `| ${key} | ${type} | ${tally.gold} | ${cells(figuresOf(tally, row.letters))} |`)

/** The same as data. */
export const dataOf = (rows: Rows) => ({
  macro: groups.map((type) => macroOf(rows, type)),
  cover: coverOf(rows),
  rows: [...rows].map(([key, { types, letters }]) => ({
    corpus: key,
    whole: isWhole(key),
    letters,
    types: [...types].map(([type, tally]) => ({ type, ...tally, ...figuresOf(tally, letters) })),
  })),
})

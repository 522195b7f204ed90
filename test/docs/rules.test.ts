/** docs/rules.md says what the table of the rule language says. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { categories, treatmentOrder } from '../../src/model/category.ts'
import { problems } from '../../src/model/ground.ts'
import { readFolder } from '../../src/policy/folder.ts'
import { loadFiles } from '../../src/policy/load.ts'
import { ladders } from '../../src/policy/treatment.ts'
import { whenKeys } from '../../src/policy/when-keys.ts'
import { documentOf, root } from './play.ts'

const page = documentOf('docs/rules.md')
const section = (title: string): string =>
  new RegExp(`^## ${title}$([^]*?)(?=^## |(?![^]))`, 'm').exec(page)?.[1] ?? ''
/** Cells of the rows that begin with a word in code. */
const rows = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/^\| `[^\n]*\|$/gm)].map(([row]) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
const word = (cell: string | undefined): string => (cell ?? '').replaceAll('`', '')

const demoRegister = (['clients', 'providers'] as const).flatMap((kind) => {
  const folder = join(root, 'src/demo/register', kind)
  return readdirSync(folder).map((name) => ({
    path: `register/${kind}/${name}`,
    text: readFileSync(join(folder, name), 'utf8').replaceAll(/\{port-\w+\}/g, '443'),
  }))
})

describe('docs/rules.md', () => {
  test('has every key of when, in the order of the table, and what it is about', () => {
    expect(rows(section('when')).map(([key, about]) => [word(key), about])).toEqual(
      Object.entries(whenKeys).map(([key, { about }]) => [key, about]),
    )
  })

  test('has every word of decide, weakest treatment first', () => {
    const words = rows(section('decide')).map(([first]) => word(first))
    expect(words.slice(0, 2 + treatmentOrder.length)).toEqual(['grant', 'note', ...treatmentOrder])
  })

  test('has every step of generalise, the usual one in bold', () => {
    const shown = rows(section('decide')).filter(([first]) =>
      (categories as readonly string[]).includes(word(first)),
    )
    expect(shown.map(([category, steps]) => [word(category), steps])).toEqual(
      Object.entries(ladders).map(([category, { steps, usual }]) => [
        category,
        steps.map((step) => (step === usual ? `**\`${step}\`**` : `\`${step}\``)).join(' · '),
      ]),
    )
  })

  test('has every problem', () => {
    expect(/^\*\*Problems\*\*: (.*)\.$/m.exec(page)?.[1]?.split(', ')).toEqual(problems)
  })

  const examples = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => text ?? '')
  test.each(examples.map((text) => [/id: (.*)/.exec(text)?.[1] ?? '', text]))(
    'the example %s loads without a fault',
    async (_id, text) => {
      const pack = await readFolder(join(root, 'policies'))
      const bundle = loadFiles([...pack, ...demoRegister, { path: 'rules/example.yaml', text }])
      expect(bundle.rules.filter(({ source }) => source.file === 'rules/example.yaml').length).toBe(
        text.match(/- id:/g)?.length,
      )
    },
  )
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pages } from '../../docs/generate.ts'

test.each(Object.entries(pages))('docs/%s.md is up to date (node docs/generate.ts)', async (name, page) => {
  expect(readFileSync(join(import.meta.dirname, `../../docs/${name}.md`), 'utf8')).toBe(await page())
})

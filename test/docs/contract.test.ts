/** openapi.yaml is what a client is built from: it must be valid, and our types must be made from it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import openapi, { astToString } from 'openapi-typescript'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { documentOf, root } from './play.ts'

test('openapi.yaml is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(
    parse(documentOf('openapi.yaml')) as Record<string, unknown>,
  )
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
  expect(validator.version).toBe('3.1')
})

test('src/admin/openapi-types.ts is made from openapi.yaml (npm run generate)', async () => {
  const types = await openapi(new URL(`file://${join(root, 'openapi.yaml')}`))
  const written = readFileSync(join(root, 'src/admin/openapi-types.ts'), 'utf8')
  // The command line puts its remark above what the library makes.
  expect(written.replace(/^\/\*\*[^]*?\*\/\n+/, '').trim()).toBe(astToString(types).trim())
})

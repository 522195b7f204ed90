import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const room = new URL('../../src/audit/', import.meta.url)
const allowed =
  /^\.\/(record|seal|merkle|checkpoint|cosignature|quorum|canonical|rotation|enrolment|upkeep|shard|verify-[a-z]+)\.ts$|^node:|^\.\.\/model\/record\.ts$/

test('the verifier shares nothing with the writer but what reads the public formats', () => {
  const files = readdirSync(room).filter((file) => /^verify(-(?!guide)[a-z]+)?\.ts$/.test(file))
  expect(files.length).toBeGreaterThan(3)
  const imports = files.flatMap((file) =>
    [...readFileSync(new URL(file, room), 'utf8').matchAll(/from '([^']+)'/g)].map(
      ([, from]) => `${file}: ${from!}`,
    ),
  )
  expect(imports.length).toBeGreaterThan(10)
  expect(imports.filter((line) => !allowed.test(line.split(': ')[1]!))).toEqual([])
})

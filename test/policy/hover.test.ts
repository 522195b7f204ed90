/** What an editor shows over a key: every key of every schema says what it is, in English and in French. */
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const folder = new URL('../../policies/schema/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every key that a file may hold, wherever the schema describes it. */
const keysOf = (value: unknown, at: string): (readonly [at: string, key: Node])[] => {
  if (Array.isArray(value)) return value.flatMap((each) => keysOf(each, at))
  if (!isNode(value)) return []
  const own = isNode(value['properties']) ? Object.entries(value['properties']) : []
  return [
    ...own.flatMap(([name, key]): (readonly [string, Node])[] =>
      isNode(key) ? [[`${at}/${name}`, key]] : [],
    ),
    ...own.flatMap(([name, key]) => keysOf(key, `${at}/${name}`)),
    ...Object.entries(value).flatMap(([name, each]) =>
      ['properties', 'enum', 'const', 'default', 'examples'].includes(name) ? [] : keysOf(each, at),
    ),
  ]
}

const title = /^\S.{0,60} · \S.{0,60}$/
const description = /^(\S[^\n]{1,300}[.…])\nFrançais : (\S[^\n]{1,300}[.…])$/

describe.each(names)('%s', (name) => {
  const schema = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Node
  const keys = keysOf(schema, '')

  test('has a title and keys', () => {
    expect(schema['title']).toMatch(/\S{3}/)
    expect(keys.length).toBeGreaterThan(5)
  })

  test.each(keys)('%s says what it is in both languages', (_at, key) => {
    expect(key['title']).toMatch(title)
    const [, english, french] = description.exec(String(key['description'])) ?? []
    expect([english, french]).toEqual([expect.any(String), expect.any(String)])
    expect(english).not.toBe(french)
  })
})

test('a key without words is found', () => {
  const [[at, key] = ['', {}]] = keysOf(
    { properties: { a: { anyOf: [{ properties: { b: { type: 'string' } } }] } } },
    '',
  )
  expect([at, key['title']]).toEqual(['/a', undefined])
  expect(
    keysOf({ items: [{ properties: { c: { description: 'x' } } }] }, '').map(([where]) => where),
  ).toEqual(['/c'])
})

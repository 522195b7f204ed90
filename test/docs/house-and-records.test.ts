/** docs/house.md draws the rooms that there are; docs/records.md knows the records that are written. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documentOf, root } from './play.ts'

const rooms = readdirSync(join(root, 'src')).toSorted()

test.each(['docs/house.md', 'README.md'])('the picture of %s has every room and no other', (path) => {
  const picture = /^```\n(5 start [^]*?)^```$/m.exec(documentOf(path))?.[1] ?? ''
  const drawn = picture
    .split('\n')
    .flatMap((line) =>
      [...line.matchAll(/(?:^| )(\w+)\/|\b(main|errors|lang)\.ts/g)].map(
        ([, room, file]) => room ?? `${file}.ts`,
      ),
    )
  // The README leaves out the one file that only starts the rest.
  const expected = path === 'README.md' ? rooms.filter((room) => room !== 'main.ts') : rooms
  expect([...new Set(drawn)].toSorted()).toEqual(expected)
})

test('both pictures of one transfer are the same', () => {
  const line = /^receive → .* → record outcome/m
  expect(line.exec(documentOf('README.md'))?.[0]).toBe(line.exec(documentOf('docs/house.md'))?.[0])
})

test('docs/records.md has every kind of record and no other', () => {
  const written = [...documentOf('src/model/record.ts').matchAll(/^ {2}readonly k: '(\w+)'$/gm)]
  const described = [...documentOf('docs/records.md').matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, names]) =>
    [...(names ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  expect(described.toSorted()).toEqual(written.map(([, name]) => name).toSorted())
})

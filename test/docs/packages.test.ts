import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runTimePackages } from '../../docs/generate.ts'
import { documentOf, root } from './play.ts'

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}
const manifest = JSON.parse(documentOf('package.json')) as Manifest
const lock = JSON.parse(documentOf('package-lock.json')) as {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly integrity?: string; readonly license?: string }>
  >
}

/** What may be shipped beside Apache-2.0 without a condition on our own code. */
const free = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0']
/** Licences that tools of the workshop may have besides; they are never part of a running gateway. */
const forTools = [...free, 'MPL-2.0', 'Python-2.0', 'CC0-1.0', 'Zlib']

/** `A OR B` needs one of its parts to be good, `A AND B` all of them. */
const isFree = (licence: string | undefined, good: readonly string[]): boolean => {
  const text = (licence ?? '').replaceAll(/[()]/g, '')
  return text
    .split(/ or /i)
    .some((choice) => choice.split(/ and /i).every((part) => good.includes(part.trim())))
}

describe('what we depend on', () => {
  test('every dependency is pinned to one version', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
    const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    expect(loose).toEqual([])
  })

  test('the lockfile names no registry host and has the digest of every package', () => {
    expect(documentOf('package-lock.json')).not.toMatch(/https?:\/\/[^"]*\.tgz|"resolved"/)
    const open = Object.entries(lock.packages).filter(
      ([path, { integrity }]) => path !== '' && !/^sha512-/.test(integrity ?? ''),
    )
    expect(open.map(([path]) => path)).toEqual([])
  })

  test.each(runTimePackages().map(({ name, license }) => [name, license] as const))(
    '%s may run with us: %s',
    (_name, license) => expect(isFree(license, free)).toBe(true),
  )

  test('the tools are free software, too', () => {
    const others = Object.entries(lock.packages).filter(
      ([path, { license }]) => path !== '' && !isFree(license, forTools),
    )
    expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([])
  })

  test.each([
    ['MIT', true],
    ['MIT or MPL-2.0', true],
    ['(BSD-3-Clause OR GPL-2.0)', true],
    ['GPL-3.0', false],
    ['MIT AND GPL-3.0', false],
    ['AGPL-3.0-only', false],
    ['CC-BY-NC-4.0', false],
    ['UNLICENSED', false],
    [undefined, false],
  ])('of %s: %s', (licence, good) => expect(isFree(licence, free)).toBe(good))

  test('what is installed has the licence that the lockfile says', () => {
    const other = runTimePackages().filter(({ name, license, version }) => {
      const path = join(root, 'node_modules', name, 'package.json')
      // Of another platform, or in another version that lies below another package.
      if (!existsSync(path)) return false
      const installed = JSON.parse(readFileSync(path, 'utf8')) as { license?: string; version?: string }
      return installed.version === version && installed.license !== license
    })
    expect(other.map(({ name }) => name)).toEqual([])
  })
})

describe('what we ship of others', () => {
  test('the notices name every data file under src', () => {
    const data = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (path) => /\.\w+$/.test(path) && !/\.(ts|sql)$|^demo\//.test(path),
    )
    expect(data).toContain('detect/gazetteer/given-names.txt')
    const notice = documentOf('NOTICE.md')
    expect(data.filter((path) => !notice.includes(`src/${path}`))).toEqual([])
  })

  test('the MIT text of the name lists stands with its holders', () => {
    const notice = documentOf('NOTICE.md')
    expect(notice).toContain('Faker - Copyright (c) 2022-2023')
    expect(notice).toContain('Marak Squires')
    expect(notice).toContain('shall be\nincluded in all copies')
  })
})

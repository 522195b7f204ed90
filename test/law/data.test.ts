import { describe, expect, test } from 'vitest'
import { countryCodes } from '../../src/law/iso-3166.ts'
import { inEea } from '../../src/law/territory.ts'
import { law } from './world.ts'

describe('the shipped facts of law', () => {
  const of = (kind: string) =>
    [...law.territories.values()].filter((t) => t.class === kind).map((t) => t.code)

  test('27 Member States, 3 EEA states, the outermost regions', () => {
    expect(of('eu')).toHaveLength(27)
    expect(of('eea').toSorted()).toEqual(['IS', 'LI', 'NO'])
    expect(of('eu_omr').toSorted()).toEqual(['AX', 'EA', 'GF', 'GP', 'IC', 'MF', 'MQ', 'RE', 'YT'])
  })

  test('exactly these 39 codes move freely', () => {
    const free = [...countryCodes, ...law.territories.keys()].filter((code) => inEea(law, code))
    expect(new Set(free).size).toBe(39)
  })

  test('exactly 16 countries and one organisation have an adequacy decision', () => {
    expect([...law.adequacy.keys()].toSorted().join(' ')).toBe(
      'AD AR BR CA CH EPO FO GB GG IL IM JE JP KR NZ US UY',
    )
  })

  test('the partial ones ask for facts, the one under challenge says so, the one that ends has its day', () => {
    const partial = [...law.adequacy.values()].filter(({ scope }) => scope === 'partial')
    expect(partial.map(({ code }) => code).toSorted()).toEqual(['BR', 'CA', 'IL', 'JP', 'KR', 'US'])
    expect(
      [...law.adequacy.values()].filter(({ risk }) => risk === 'elevated').map(({ code }) => code),
    ).toEqual(['US'])
    expect([...law.adequacy.values()].filter(({ valid_to }) => valid_to !== null)).toMatchObject([
      { code: 'GB', valid_to: '2031-12-27' },
    ])
  })

  test('a country with a decision is a third country without it, never EEA', () => {
    expect([...law.adequacy.keys()].filter((code) => inEea(law, code))).toEqual([])
  })

  test('249 codes of ISO 3166-1; what territories.yaml adds is named', () => {
    expect(countryCodes.size).toBe(249)
    expect([...law.territories.keys()].filter((code) => !countryCodes.has(code)).toSorted()).toEqual([
      'EA',
      'EPO',
      'IC',
      'XK',
    ])
  })
})

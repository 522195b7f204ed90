import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pathClasses } from '../../src/policy/path-classes.ts'
import { matchesPath, pathPattern } from '../../src/policy/path-pattern.ts'

const step = fc.constantFrom('a', 'b', 'iban', '0', 'x')
const patterns = fc.array(
  fc
    .array(fc.oneof(step, fc.constantFrom('*', '**', 'a\\.b')), { minLength: 1, maxLength: 4 })
    .map((list) => list.join('.')),
  { minLength: 1, maxLength: 5 },
)
const path = fc.array(fc.oneof(step, fc.constantFrom(0, 'a.b', 'z')), { maxLength: 6 })
const met = (texts: readonly string[], steps: readonly (string | number)[]): string =>
  texts.filter((text) => matchesPath(pathPattern(text), steps)).join()

describe('many path patterns read at once', () => {
  test('paths of one class meet the same patterns, and those of two do not', () => {
    fc.assert(
      fc.property(patterns, fc.array(path, { minLength: 2, maxLength: 8 }), (texts, paths) => {
        const classes = pathClasses(texts)
        for (const one of paths)
          for (const two of paths)
            expect(classes.classOf(one) === classes.classOf(two)).toBe(met(texts, one) === met(texts, two))
      }),
      { numRuns: 500 },
    )
  })

  test('the same of so many patterns that they do not fit into one word of bits', () => {
    const many = fc.array(patterns, { minLength: 12, maxLength: 30 }).map((lists) => lists.flat())
    fc.assert(
      fc.property(many, fc.array(path, { minLength: 2, maxLength: 6 }), (texts, paths) => {
        const classes = pathClasses(texts)
        for (const one of paths)
          for (const two of paths)
            expect(classes.classOf(one) === classes.classOf(two)).toBe(met(texts, one) === met(texts, two))
      }),
      { numRuns: 100 },
    )
  })

  test('a search for examples ends where its work does, and says that it did not end by itself', () => {
    const texts = Array.from({ length: 40 }, (_, n) => `**.k${n}.*.*.*.*.j${n % 3}`)
    const work = { left: 100_000 }
    expect(pathClasses(texts).examples(2000, work)).toBeUndefined()
    expect(work.left).toBeGreaterThan(-1_000)
  })

  test('there is an example of every class that a path can have', () => {
    fc.assert(
      fc.property(patterns, fc.array(path, { maxLength: 20 }), (texts, paths) => {
        const examples = pathClasses(texts).examples(100)
        const known = new Set(examples?.map((each) => met(texts, each)))
        expect(known.size).toBe(examples?.length)
        for (const each of paths) expect(known.has(met(texts, each))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('a thousand patterns are as one, and too many classes are said', () => {
    const texts = Array.from({ length: 1000 }, (_, n) => `rows.*.never-${n}`)
    const classes = pathClasses(texts)
    expect(classes.classOf(['rows', 3, 'never-7'])).not.toBe(classes.classOf(['rows', 3, 'never-8']))
    expect(classes.classOf(['rows', 3, 'iban'])).toBe(classes.classOf(['note']))
    expect(classes.examples(1001)?.length).toBe(1001)
    expect(classes.examples(1000)).toBeUndefined()
    const tangled = Array.from({ length: 30 }, (_, n) => `**.k${n}.**`)
    expect(pathClasses(tangled).examples(500)).toBeUndefined()
  })

  test('steps that nobody named cost nothing: a hostile payload makes no new class', () => {
    const classes = pathClasses(['**.iban', 'a.*.b'])
    const seen = new Set(Array.from({ length: 5000 }, (_, n) => classes.classOf([`k${n}`, n, `v${n}`])))
    expect(seen.size).toBe(1)
  })
})

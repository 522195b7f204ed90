import { Refused } from '../errors.ts'
import type { Field } from '../model/document.ts'
import type { FieldEdits, SpannedField } from './document.ts'
import { splice } from './document.ts'
import { atOnce } from '../model/pieces.ts'
import { readPairs } from './form.ts'
import { decodePercent, splicePercent } from './percent.ts'
import { checkTarget } from './target.ts'

/**
 * A target that `checkTarget` passed: each path segment that is not empty is a field numbered by its place,
 * query names and values are parameter and leaf fields.
 * @throws Refused `TARGET_INVALID`, `PAYLOAD_TOO_COMPLEX`
 */
export const readTarget = (source: string, room: number, fields: Field[]): void => {
  const mark = source.indexOf('?')
  const pathEnd = mark < 0 ? source.length : mark
  let step = 0
  for (let from = 1; from <= pathEnd; step++) {
    const slash = source.indexOf('/', from)
    const to = slash < 0 || slash > pathEnd ? pathEnd : slash
    if (to > from) {
      const text = decodePercent(source.slice(from, to))
      if (text === undefined) throw new Refused('TARGET_INVALID')
      const index = fields.length
      if (index >= room) throw new Refused('PAYLOAD_TOO_COMPLEX')
      const path = { up: null, step, ordinal: step }
      const field: SpannedField = {
        index,
        part: 'target',
        place: 'segment',
        kind: 'text',
        path,
        key: '',
        text,
        from,
        to,
      }
      fields.push(field)
    }
    from = to + 1
  }
  if (mark < 0) return
  atOnce(readPairs({ part: 'target', source, from: mark + 1, room, malformed: 'TARGET_INVALID' }, fields))
}

/**
 * The target with its edits. What comes out is checked like what came in: a replacement may be no dot segment.
 * @throws Refused `CANNOT_TREAT`, `TARGET_TOO_LONG`
 */
export const writeTarget = (source: string, groups: readonly FieldEdits<SpannedField>[]): string => {
  const target = splice(source, splicePercent(source, groups))
  try {
    checkTarget(target)
  } catch (error) {
    if (error instanceof Refused && error.code === 'TARGET_INVALID') throw new Refused('CANNOT_TREAT')
    throw error
  }
  return target
}

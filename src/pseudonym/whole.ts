import type { Field } from '../model/document.ts'

/** True if nothing but blanks stands around the span. */
export type Wholes = (field: Field, start: number, end: number) => boolean

/** For many spans of one field after another: its blanks are looked at once, not once a span. */
export const wholes = (): Wholes => {
  let of: Field | undefined
  let from = 0
  let to = 0
  return (field, start, end) => {
    if (field !== of) {
      of = field
      from = field.text.length - field.text.trimStart().length
      to = field.text.trimEnd().length
    }
    return start <= from && end >= to
  }
}

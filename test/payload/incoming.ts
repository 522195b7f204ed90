import { Refused } from '../../src/errors.ts'
import type { Code } from '../../src/errors.ts'
import type { Document, Edit, Field, Incoming } from '../../src/model/document.ts'
import { steps } from '../../src/model/document.ts'
import { read } from '../../src/payload/read.ts'

/** A request to read; what a test does not name is plain. */
export const incoming = (
  body: string | Buffer,
  type: string | null = 'application/json',
  rest: Partial<Incoming> = {},
): Incoming => ({
  method: 'POST',
  target: '/',
  headers: type === null ? [] : [['content-type', type]],
  body: typeof body === 'string' ? Buffer.from(body) : body,
  ...rest,
})

export const readJson = (body: string | Buffer): Document => read(incoming(body))

export const bodyFields = (document: Document): readonly Field[] =>
  document.fields.filter(({ part }) => part === 'body')

/** A field as a table row shows it: place, kind, path, key, text. */
export const shown = ({ place, kind, path, key, text }: Field): string =>
  [place, kind, steps(path).join('/'), key, text].join('|')

/** The code of a refusal, or 'read'; any other error fails the test. */
export const outcome = (act: () => unknown): Code | 'read' => {
  try {
    act()
    return 'read'
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}

/** A change of a field, as tables write it; what is left out is the whole field and no text. */
export type Change = Partial<Edit> & { readonly as: Edit['as'] }

/** An edit of the first field with this text. */
export const edit = (document: Document, text: string, change: Change): Edit => {
  const field = document.fields.find((field) => field.text === text)!
  return { field: field.index, start: 0, end: field.text.length, text: '', ...change }
}

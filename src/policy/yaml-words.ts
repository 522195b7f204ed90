/** What the YAML parser found wrong, said so that somebody who never heard of YAML finds the place. */

type Said = readonly [message: string, hint?: string]

const noPair: Said = ['this line is no "key: value"', 'a colon and a space stand between key and value']
const notClosed: Said = ['a bracket or brace that was opened before is not closed', 'close it: } or ]']
const indentation: Said = ['the indentation does not fit', 'keys of one map begin in the same column']
const asKey: Said = ['a text holds ": " and so reads as a key', 'write the text in quotes']
const afterEnd: Said = [
  'something stands after the end of this value',
  'write the whole value in quotes; between single quotes an apostrophe is written twice',
]

/** By a part of the parser's message, where its code says too little. */
const byMessage: readonly (readonly [part: string, said: Said])[] = [
  ['must be sufficiently indented and end with', notClosed],
  ['Sequence item without - indicator', indentation],
  ['Implicit map keys need to be followed', noPair],
  ['block-seq-ind on same line', ['a list begins in a line of its own', 'or write it as [a, b]']],
  ['Block scalar header', ['after | or > the text begins in the next line', 'or write the text in quotes']],
  ['Unexpected flow-', ['a bracket, brace or comma stands here that closes nothing', 'take it out']],
  ['at node end', afterEnd],
]

const byCode: Readonly<Record<string, Said>> = {
  TAB_AS_INDENT: ['a tab stands where the indentation should be', 'indent with spaces'],
  BAD_INDENT: indentation,
  MISSING_CHAR: ['a closing bracket, brace, quote or comma is missing', 'close what was opened on this line'],
  BLOCK_AS_IMPLICIT_KEY: asKey,
  BLOCK_IN_FLOW: asKey,
  MULTILINE_IMPLICIT_KEY: noPair,
  TAG_RESOLVE_FAILED: ['tags (!…) are not used here', 'write the plain value'],
  BAD_SCALAR_START: ['a plain value cannot begin with this character', 'write it in quotes'],
}

/** @param line in which it stands */
export const parserWords = (code: string, message: string, line: string): Said => {
  if (code === 'MULTIPLE_DOCS')
    return [
      'a second document begins here',
      `one file holds one document: remove the line ${line.trimStart().startsWith('---') ? '---' : '...'}`,
    ]
  // Only these codes: elsewhere the line may be sound.
  if (code === 'MULTILINE_IMPLICIT_KEY' || code === 'UNEXPECTED_TOKEN' || code === 'BLOCK_AS_IMPLICIT_KEY') {
    if (/^\s*-[^\s-]/.test(line)) return ['a space is missing after the hyphen', 'write "- " before an entry']
    if (/^\s*(?:- )?[\w.-]+:[^\s/]/.test(line)) return ['a space is missing after the colon', noPair[1]]
  }
  const [, said] = byMessage.find(([part]) => message.includes(part)) ?? []
  return said ?? byCode[code] ?? [message.charAt(0).toLowerCase() + message.slice(1)]
}

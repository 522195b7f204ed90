/** douane.yaml as it is written: its values, and where each of them stands. */
import { readFileSync } from 'node:fs'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { Document, YAMLError } from 'yaml'
import { codeOf, Misconfigured, unreadable, wrongFile } from '../errors.ts'
import { parserWords } from '../policy/yaml-words.ts'

export interface SettingsFile {
  readonly value: Record<string, unknown>
  /** File and line of a setting, or of the nearest that is written above it. */
  readonly source: (path: readonly string[]) => string
}

const plain = (document: Document.Parsed, file: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch {
    throw wrongFile(
      file,
      'aliases (*name) are not understood here; write the value out',
      'les alias (*nom) ne sont pas compris ici ; écrivez la valeur',
    )
  }
}

/** The parser's own sentence may quote a value; these do not. */
const unparsed = (file: string, text: string, { code, message, linePos }: YAMLError): Misconfigured => {
  const line = linePos?.[0].line ?? 1
  const [what, hint] =
    code === 'DUPLICATE_KEY'
      ? [
          {
            en: 'settings must be unique: one stands here again',
            fr: 'un réglage figure ici une seconde fois',
          },
        ]
      : parserWords(code, message, text.split('\n')[line - 1] ?? '')
  return new Misconfigured(
    `${file}:${line}: ${what.en}${hint === undefined ? '' : `; ${hint.en}`}`,
    `${file}:${line} : ${what.fr}${hint === undefined ? '' : ` ; ${hint.fr}`}`,
  )
}

/** A file that is not there is empty. @throws Misconfigured */
export const readSettingsFile = (file: string): SettingsFile => {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw unreadable(file, error)
  }
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true, version: '1.2' })
  const first = document.errors[0] ?? document.warnings[0]
  if (first !== undefined) throw unparsed(file, text, first)
  const value = plain(document, file)
  if (value !== null && (typeof value !== 'object' || Array.isArray(value)))
    throw wrongFile(
      `${file}:1`,
      'must be a list of "setting: value"',
      'doit être une liste de « réglage: valeur »',
    )
  const source = (path: readonly string[]): string => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return `${file}:${counter.linePos(node.range[0]).line}`
    }
    return file
  }
  return { value: (value ?? {}) as Record<string, unknown>, source }
}

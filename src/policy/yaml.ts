import type { Document, Node } from 'yaml'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import { PolicyInvalid, type PolicyFault } from '../errors.ts'
import type { BundleFile, Source } from './bundle.ts'
import type { Both } from '../lang.ts'
import { twice } from './fault-words.ts'
import { fileFault, sourceLine } from './faults.ts'
import { holdsCases } from './places.ts'
import { shown, textFaults } from './yaml-text.ts'
import { valueFaults } from './yaml-values.ts'
import { parserWords } from './yaml-words.ts'

/** Keys and list positions from the root, as in ajv's instancePath: `['rules', 2, 'when', 'class']`. */
export type KeyPath = readonly (string | number)[]

/** A YAML file that parses, with the way back from a value to where it is written. */
export interface ParsedFile {
  readonly path: string
  readonly text: string
  /** Plain objects, arrays, strings, numbers, booleans, null. */
  readonly value: unknown
  /** Where the value stands (or its key); a path that is not there answers with its nearest ancestor. */
  at(path: KeyPath, part?: 'value' | 'key'): Source
  /**
   * Makes a fault, throws nothing: a reader collects them and throws one PolicyInvalid with all.
   * `message` says what is wrong, `hint` what would be right.
   */
  fault(path: KeyPath, message: Both, hint?: Both, part?: 'value' | 'key'): PolicyFault
  /** The scalar as the author wrote it (`010`, not 10); undefined if it is none. */
  written(path: KeyPath): string | undefined
  /** Numbers in a spelling that people read in more than one way (`0400`, `0x1F`); whoever knows more of the place says it first. */
  readonly odd: readonly PolicyFault[]
}

export const largestFile = 1024 * 1024
/** Of a file that is larger than that, and what to do about it. */
export const tooLarge: Both = {
  en: 'the file is larger than 1 MiB',
  fr: 'le fichier dépasse 1 Mio',
}
export const splitIt: Both = { en: 'split it', fr: 'divisez-le' }
const nestsTooDeeply: Both = {
  en: 'the file nests too deeply',
  fr: 'le fichier est trop profondément imbriqué',
}
const mostAliases = 100
const deepest = 64

/** The node that a path leads to and its key; as far as it goes. */
const walk = (doc: Document, path: KeyPath): { key: Node | null; node: Node | null } => {
  let key: Node | null = null
  let node = doc.contents as Node | null
  for (const step of path) {
    const here: Node | null | undefined = isAlias(node) ? node.resolve(doc) : node
    if (isMap(here)) {
      const pair = here.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      if (pair === undefined) break
      key = pair.key as Node
      node = (pair.value as Node | null) ?? key
    } else if (isSeq(here)) {
      const item = here.items[Number(step)] as Node | undefined
      if (item === undefined) break
      key = null
      node = item
    } else break
  }
  return { key, node }
}

/** Own check, for the parser's compares every key with every other. */
const duplicateKeys = (doc: Document): { offset: number; name: string; first: number }[] => {
  const found: { offset: number; name: string; first: number }[] = []
  visit(doc, {
    Map(_, map) {
      const seen = new Map<string, number>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        const offset = key.range?.[0] ?? 0
        const first = seen.get(name)
        if (first === undefined) seen.set(name, offset)
        else found.push({ offset, name, first })
      }
    },
  })
  return found
}

/** Aliases whose anchor does not stand before them. */
const lostAliases = (doc: Document): { offset: number; name: string }[] => {
  const found: { offset: number; name: string }[] = []
  const anchors = new Set<string>()
  visit(doc, {
    Node(_, node) {
      if (isAlias(node)) {
        if (!anchors.has(node.source)) found.push({ offset: node.range?.[0] ?? 0, name: node.source })
      } else if ('anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor)
    },
  })
  return found
}

/**
 * Deeper than 64 levels nobody writes by hand, and a parser that descends can be made to fall. Counts flow
 * brackets and the indentation of nested block lists on one line, before the parser runs.
 */
const tooDeep = (text: string): boolean => {
  let open = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x5b || c === 0x7b) {
      if (++open > 512) return true
    } else if ((c === 0x5d || c === 0x7d) && open > 0) open--
  }
  return /^(?: *[-?:] +){65}/m.test(text)
}

const depth = (value: unknown): number => {
  let most = 0
  const stack: [unknown, number][] = [[value, 1]]
  while (stack.length > 0) {
    const [here, level] = stack.pop() as [unknown, number]
    if (typeof here !== 'object' || here === null) continue
    if (level > most) most = level
    if (most > deepest) return most
    for (const child of Object.values(here)) stack.push([child, level + 1])
  }
  return most
}

/**
 * YAML 1.2 core: `NO` and dates stay text, `010` is the number 10. No tags, no merge keys, string keys.
 * @throws PolicyInvalid with every fault of the file; never anything else, whatever the text.
 */
export const parseYaml = (file: BundleFile): ParsedFile => {
  const { path, text } = file
  if (Buffer.byteLength(text) > largestFile) {
    throw new PolicyInvalid([fileFault(path, tooLarge, splitIt)])
  }
  if (tooDeep(text)) throw new PolicyInvalid([fileFault(path, nestsTooDeeply)])

  const lines = new LineCounter()
  const source = (offset: number): Source => {
    const { line, col } = lines.linePos(Math.max(0, offset))
    return { file: path, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const faultAt = (offset: number, message: Both, hint?: Both): PolicyFault => {
    const where = source(offset)
    return {
      ...where,
      message,
      source: sourceLine(text, where.line),
      ...(hint === undefined ? {} : { hint }),
    }
  }

  const before = textFaults(text)
  const unread = before.some(({ fatal }) => fatal)

  let odd: readonly PolicyFault[] = []
  let doc: Document
  let value: unknown
  try {
    doc = parseDocument(text, {
      lineCounter: lines,
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      uniqueKeys: false,
      stringKeys: true,
      prettyErrors: false,
    }) as Document
    if (doc.errors.some((e) => e.message.includes('call stack'))) throw new RangeError()
    // One for each line: what follows in it is mostly a consequence.
    const said = new Set<number>()
    const faults = before.map(({ offset, message, hint }) => faultAt(offset, message, hint))
    for (const e of unread ? [] : [...doc.errors, ...doc.warnings].slice(0, 200)) {
      const { line } = source(e.pos[0])
      if (said.has(line)) continue
      said.add(line)
      faults.push(faultAt(e.pos[0], ...parserWords(e.code, e.message, sourceLine(text, line))))
    }
    if (faults.length === 0) {
      for (const { offset, name, first } of duplicateKeys(doc).slice(0, 200)) {
        faults.push(
          faultAt(offset, twice(name), {
            en: `the first is in line ${source(first).line}; keep one`,
            fr: `la première est à la ligne ${source(first).line} ; n'en gardez qu'une`,
          }),
        )
      }
    }
    if (faults.length === 0) {
      for (const { offset, name } of lostAliases(doc).slice(0, 200))
        faults.push(
          faultAt(
            offset,
            { en: `*${shown(name)} points to nothing`, fr: `*${shown(name)} ne renvoie à rien` },
            { en: 'write the value out', fr: 'écrivez la valeur elle-même' },
          ),
        )
    }
    // Payloads of cases may hold anything: that is what they test.
    if (!holdsCases(path)) {
      const values = valueFaults(doc, text)
      if (!unread)
        for (const { offset, message, hint } of values.faults.slice(0, 200))
          faults.push(faultAt(offset, message, hint))
      odd = values.odd.slice(0, 200).map(({ offset, message, hint }) => faultAt(offset, message, hint))
    }
    if (faults.length > 0) throw new PolicyInvalid(faults)
    value = doc.toJS({ maxAliasCount: mostAliases })
  } catch (error) {
    if (error instanceof PolicyInvalid) throw error
    const why =
      error instanceof ReferenceError
        ? { en: 'the file uses too many aliases', fr: 'le fichier utilise trop de renvois (alias)' }
        : error instanceof RangeError
          ? nestsTooDeeply
          : { en: 'the file cannot be read as YAML', fr: "le fichier n'est pas lisible comme YAML" }
    throw new PolicyInvalid([fileFault(path, why)])
  }
  if (depth(value) > deepest) throw new PolicyInvalid([fileFault(path, nestsTooDeeply)])
  if (value === null || value === undefined)
    throw new PolicyInvalid([fileFault(path, { en: 'the file is empty', fr: 'le fichier est vide' })])

  const offsetOf = (keys: KeyPath, part: 'value' | 'key'): number => {
    const { key, node } = walk(doc, keys)
    return ((part === 'key' ? key : null) ?? node)?.range?.[0] ?? 0
  }
  return {
    path,
    text,
    value,
    at: (keys, part = 'value') => source(offsetOf(keys, part)),
    fault: (keys, message, hint, part = 'value') => faultAt(offsetOf(keys, part), message, hint),
    written: (keys) => {
      const { node } = walk(doc, keys)
      return isScalar(node) ? (node.source ?? String(node.value)) : undefined
    },
    odd,
  }
}

export { shown }

import type { Document, Field, PathNode } from '../../src/model/document.ts'
import { readHl7 } from './hl7.ts'
import { readJson } from './json.ts'
import type { Leaf } from './leaf.ts'
import { readMail } from './mail.ts'
import { readMt940 } from './mt940.ts'
import { readTable } from './table.ts'
import { readVcard } from './vcard.ts'
import { readXml } from './xml.ts'

/** Thin readers of names and values by the file's ending; the gateway's own readers, which also write, are payload/. */
const readers: readonly (readonly [ending: RegExp, read: (text: string) => Leaf[]])[] = [
  [/\.json$/i, readJson],
  [/\.xml$/i, readXml],
  [/\.(?:csv|tsv)$/i, readTable],
  [/\.hl7$/i, readHl7],
  [/\.vcf$/i, readVcard],
  [/\.(?:sta|mt940|940)$/i, readMt940],
  [/\.eml$/i, readMail],
]

const asText = (text: string): Leaf[] => [{ label: '', steps: [], kind: 'text', text }]

export const readLeaves = (file: string, text: string): Leaf[] =>
  (readers.find(([ending]) => ending.test(file))?.[1] ?? asText)(text)

/** The leaves as fields of one document; places with the same steps above them share their nodes. */
export const documentOf = (leaves: readonly Leaf[]): Document => {
  const nodes = new Map<string, PathNode>()
  const children = new Map<string, number>()
  const nodeOf = (steps: readonly (string | number)[]): PathNode | null => {
    if (steps.length === 0) return null
    const id = JSON.stringify(steps)
    let node = nodes.get(id)
    if (node === undefined) {
      const above = steps.slice(0, -1)
      const up = nodeOf(above)
      const key = JSON.stringify(above)
      const ordinal = children.get(key) ?? 0
      children.set(key, ordinal + 1)
      nodes.set(id, (node = { up, step: steps.at(-1)!, ordinal }))
    }
    return node
  }
  const fields = leaves.map(({ steps, kind, text }, index): Field => {
    const key = steps.findLast((step) => typeof step === 'string') ?? ''
    return { index, part: 'body', place: 'leaf', kind, path: nodeOf(steps), key: String(key), text }
  })
  return {
    media: leaves.length === 1 && leaves[0]!.steps.length === 0 ? 'text' : 'json',
    fields,
    write: () => {
      throw new Error('read to be measured, not to be sent')
    },
  }
}

import { type Leaf, textLeaf } from './leaf.ts'

/** RFC 6350: `group.NAME;PARAMETERS:value`, folded lines joined. A group's name is no part of the property's. */
export const readVcard = (text: string): Leaf[] => {
  const out: Leaf[] = []
  const seen = new Map<string, number>()
  let card = -1
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const written = line.slice(0, colon).split(';')[0]!
    const name = written.slice(written.indexOf('.') + 1)
    const value = line.slice(colon + 1)
    if (name.toUpperCase() === 'BEGIN') card++
    const number = (seen.get(name) ?? 0) + 1
    seen.set(name, number)
    if (value !== '') out.push(textLeaf(`${name}[${number}]`, ['vcard', Math.max(card, 0), name], value))
  }
  return out
}

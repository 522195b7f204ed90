import { type Leaf, textLeaf } from './leaf.ts'

interface Element {
  readonly name: string
  readonly attributes: readonly (readonly [string, string])[]
  readonly children: Element[]
  text: string
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (text: string): string =>
  text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) =>
    name.startsWith('#')
      ? String.fromCodePoint(Number(name.startsWith('#x') ? `0x${name.slice(2)}` : name.slice(1)))
      : (entities[name] ?? whole),
  )

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Elements with their text; for measuring only, so a text that is not well formed gives what it gives. */
const parse = (text: string): Element => {
  const root: Element = { name: '', attributes: [], children: [], text: '' }
  const open = [root]
  const part =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<![^>]*>|<\/[^>]*>|<([\w:.-]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/g
  for (const [whole, data, name, attributes = '', single, words] of text.matchAll(part)) {
    const top = open.at(-1)!
    if (words !== undefined) top.text += plain(words)
    else if (data !== undefined) top.text += data
    else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
        (one) => [one[1]!, plain(one[2] ?? one[3]!)] as const,
      )
      const element = { name, attributes: pairs, children: [], text: '' }
      top.children.push(element)
      if (single !== '/') open.push(element)
    } else if (whole.startsWith('</') && open.length > 1) open.pop()
  }
  return root
}

export const readXml = (text: string): Leaf[] => {
  const out: Leaf[] = []
  const walk = (element: Element, label: string, steps: readonly (string | number)[]): void => {
    for (const [name, value] of element.attributes) {
      if (!name.startsWith('xmlns') && !name.startsWith('xsi:'))
        out.push(textLeaf(`${label}/@${local(name)}`, [...steps, name], value))
    }
    if (element.text.trim() !== '') out.push(textLeaf(label, steps, element.text.trim()))
    const seen = new Map<string, number>()
    for (const child of element.children) {
      const many = element.children.filter((one) => one.name === child.name).length > 1
      const at = seen.get(child.name) ?? 0
      seen.set(child.name, at + 1)
      walk(
        child,
        `${label}/${local(child.name)}${many ? `[${at + 1}]` : ''}`,
        many ? [...steps, child.name, at] : [...steps, child.name],
      )
    }
  }
  walk(parse(text), '', [])
  return out
}

import { type Leaf, textLeaf } from './leaf.ts'

/**
 * HL7 v2 in its bar notation: `PID.5` and its components `PID.5.1`, named as the XML encoding of HL7 v2 names them.
 * Fields are counted by the bars before them, as the labels count.
 */
export const readHl7 = (text: string): Leaf[] => {
  const out: Leaf[] = []
  const seen = new Map<string, number>()
  for (const line of text.split(/[\r\n]+/)) {
    const fields = line.trim().split('|')
    const segment = fields[0]!
    if (!/^[A-Z][A-Z0-9]{2}$/.test(segment)) continue
    const number = (seen.get(segment) ?? 0) + 1
    seen.set(segment, number)
    const component = segment === 'MSH' ? '\u0000' : '^'
    fields.slice(1).forEach((field, at) => {
      const name = `${segment}.${at + 1}`
      field.split(segment === 'MSH' ? '\u0000' : '~').forEach((one, again) =>
        one.split(component).forEach((part, piece) => {
          if (part === '' || part === '""') return
          const own = one.includes(component) ? [`${name}.${piece + 1}`] : []
          out.push(
            textLeaf(`${segment}[${number}]-${at + 1}`, [segment, number - 1, name, again, ...own], part),
          )
        }),
      )
    })
  }
  return out
}

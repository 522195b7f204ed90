import { type Leaf, textLeaf } from './leaf.ts'

/** RFC 5322: unfolded headers, then the body as it stands. */
export const readMail = (text: string): Leaf[] => {
  const cut = /\r?\n\r?\n/.exec(text)
  const head = cut === null ? text : text.slice(0, cut.index)
  const body = cut === null ? '' : text.slice(cut.index + cut[0].length)
  const out: Leaf[] = []
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const header = /^([!-9;-~]+):\s*(.*)$/.exec(line)
    if (header !== null && header[2] !== '')
      out.push(textLeaf(`header ${header[1]!.toLowerCase()}`, [header[1]!], header[2]!))
  }
  if (body.trim() !== '') out.push(textLeaf('body', ['body'], body))
  return out
}

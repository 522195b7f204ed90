import { type Leaf, textLeaf } from './leaf.ts'

const cells = (line: string, separator: string): string[] => {
  const out: string[] = []
  const part = new RegExp(
    `(?:^|${separator === '|' ? '\\|' : separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`,
    'g',
  )
  for (const [, quoted, bare] of line.matchAll(part)) out.push(quoted?.replaceAll('""', '"') ?? bare ?? '')
  return out
}

/** Comma, semicolon, tab or bar separated, the first row being the names; cells without line ends. */
export const readTable = (text: string): Leaf[] => {
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  const head = lines[0] ?? ''
  const separator = [',', ';', '\t', '|'].sort((a, b) => head.split(b).length - head.split(a).length)[0]!
  const names = cells(head, separator)
  return lines.slice(1).flatMap((line, row) =>
    cells(line, separator).flatMap((cell, at) => {
      const name = names[at] ?? ''
      return cell === '' ? [] : [textLeaf(`column ${at + 1} ${name}`, [row, name], cell)]
    }),
  )
}

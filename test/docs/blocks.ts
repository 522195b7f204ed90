/**
 * The shell blocks of a document, and what it says they print. In Markdown:
 *
 *     <!-- exit 1 -->          optional, the line above the block: what is special about it
 *     ```sh                    runs in bash, with what earlier blocks exported
 *     ```text                  lines that the block above prints, in this order; … stands for anything
 */
export interface ShellBlock {
  /** First line of the block in its file. */
  readonly line: number
  readonly text: string
  /** The text of the comment above it, or ''. */
  readonly mark: string
  /** One list of lines for each text block that follows. */
  readonly prints: readonly (readonly string[])[]
}

export const shellBlocks = (markdown: string): readonly ShellBlock[] => {
  const blocks: (ShellBlock & { prints: string[][] })[] = []
  const lines = markdown.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const [, indent = '', language] = /^( *)```(\w*)/.exec(lines[at] as string) ?? []
    if (language === undefined) continue
    const first = at + 1
    while (at + 1 < lines.length && (lines[at + 1] as string).trim() !== '```') at += 1
    const inside = lines.slice(first, at + 1).map((line) => line.slice(indent.length))
    at += 1
    if (language === 'sh') {
      const mark = /^ *<!-- (.*) -->$/.exec(lines[first - 2] ?? '')?.[1] ?? ''
      blocks.push({ line: first + 1, text: inside.join('\n'), mark, prints: [] })
    } else if (language === 'text') {
      blocks.at(-1)?.prints.push(inside.filter((line) => line.trim() !== ''))
    }
  }
  return blocks
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Lines that are said and not printed, or not in this order. */
export const missing = (said: readonly string[], printed: string): readonly string[] => {
  const lines = printed.split('\n').map((line) => line.trim())
  let at = 0
  return said.filter((line) => {
    const form = new RegExp(`^${line.trim().split('…').map(literal).join('.*')}$`)
    const found = lines.findIndex((each, n) => n >= at && form.test(each))
    if (found >= 0) at = found + 1
    return found < 0
  })
}

/**
 * The dates of the examples hold for a year; later the whole example moves on, so that it is run with an
 * assessment as old as the one it shows.
 */
export const moved = (text: string, since: string, now: Date): string => {
  const begun = new Date(since)
  let years = now.getUTCFullYear() - begun.getUTCFullYear()
  if (now.toISOString().slice(5, 10) < since.slice(5)) years -= 1
  return text.replaceAll(/\b(20\d\d)-(?=\d\d-\d\d\b)/g, (_, year: string) => `${Number(year) + years}-`)
}

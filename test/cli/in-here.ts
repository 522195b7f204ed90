/** The command line in this very process, where a process of its own shows nothing more. */
import { Readable } from 'node:stream'
import { vi } from 'vitest'
import { run as runLine } from '../../src/cli/run.ts'
import { type Ended, type Run, environment, valueOf } from './douane.ts'

/** What a command reads until the returned function is called. */
const feed = (input: string | Buffer): (() => void) => {
  const own = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor
  Object.defineProperty(process, 'stdin', { ...own, get: () => fed })
  const fed = Readable.from(input.length === 0 ? [] : [Buffer.from(input)])
  return () => void Object.defineProperty(process, 'stdin', own)
}

/**
 * Runs a command in this process, one at a time: the same line, output and exit code as of a process, without the second
 * that a start of Node takes.
 */
export const inHere = async (args: readonly string[], run: Run): Promise<Ended> => {
  const said = { out: '', err: '' }
  const capture = (to: 'out' | 'err') =>
    vi.spyOn(to === 'out' ? process.stdout : process.stderr, 'write').mockImplementation((part) => {
      said[to] += typeof part === 'string' ? part : Buffer.from(part).toString('utf8')
      return true
    })
  const before = new Set(process.stdout.listeners('error'))
  const captured = [capture('out'), capture('err')]
  const fed = feed(run.input ?? '')
  try {
    const code = await runLine(args, environment(run))
    return { code, ...said, value: valueOf(args, said.out) }
  } finally {
    fed()
    for (const one of captured) one.mockRestore()
    for (const one of process.stdout.listeners('error'))
      if (!before.has(one)) process.stdout.off('error', one as () => void)
  }
}

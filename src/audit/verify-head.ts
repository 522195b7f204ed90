/** The signed heads of an export: each must be of the log that was pinned, under a key that followed from the pin. */
import { keyNamed, NoteRefused, openCheckpoint } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import type { Level, Report } from './verify-report.ts'
import type { FindingCode } from './verify-words.ts'

const problem: Readonly<Record<NoteRefused['why'], readonly [Level, FindingCode]>> = {
  malformed: ['tampered', 'head-malformed'],
  signature: ['tampered', 'head-signature'],
  origin: ['tampered', 'head-origin'],
  untrusted: ['tampered', 'head-untrusted'],
}

export const openHead = (
  note: string,
  origin: string,
  known: readonly Verifier[],
  path: string,
  report: Report,
): (Checkpoint & { text: string }) | undefined => {
  try {
    const named = known.map((key) => keyNamed(key, origin))
    return openCheckpoint(note, named, origin)
  } catch (error) {
    if (!(error instanceof NoteRefused)) throw error
    const [level, what] = problem[error.why]
    const other = error.why === 'untrusted' && !note.startsWith(`${origin}\n`)
    report.add(other ? 'undecided' : level, path, other ? 'head-not-pinned' : what)
    return undefined
  }
}

/** The signed heads of an export: each must be of the log that was pinned, under a key that followed from the pin. */
import { keyNamed, NoteRefused, openCheckpoint } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import type { Level, Report } from './verify-report.ts'

const problem: Readonly<Record<NoteRefused['why'], readonly [Level, string]>> = {
  malformed: ['tampered', 'is not a signed checkpoint'],
  signature: ['tampered', 'carries a signature of the pinned key that does not hold'],
  origin: ['tampered', 'speaks of another log than its signature'],
  untrusted: ['tampered', 'is not signed by the pinned key, or the one that followed it'],
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
    report.add(other ? 'undecided' : level, path, other ? 'is of a log that is not pinned' : what)
    return undefined
  }
}

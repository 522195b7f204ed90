/** Whether the witnesses that the auditor asks for have cosigned the head of an export. */
import { NoteRefused } from './checkpoint.ts'
import { cosignaturesOf } from './cosignature.ts'
import type { Quorum } from './quorum.ts'
import type { Report } from './verify-report.ts'

const path = 'log/checkpoint'

export const checkWitnessed = (note: string, text: string, quorum: Quorum, report: Report): void => {
  try {
    const known = quorum.witnesses.map(({ key }) => key)
    const by = cosignaturesOf(note.slice(text.length + 1), text, known).map(({ witness }) => witness)
    if (!quorum.met(by)) report.add('incomplete', path, 'witnesses-too-few')
  } catch (error) {
    if (!(error instanceof NoteRefused)) throw error
    report.add('tampered', path, 'witness-signature')
  }
}

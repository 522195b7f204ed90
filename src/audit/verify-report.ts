/** What a verifier found, gathered. */
import { filled, findingWords } from './verify-words.ts'
import type { FindingCode, Parts } from './verify-words.ts'

/** What a finding means for the answer: 1 tampered, 2 incomplete, 3 cannot decide, and notes that change nothing. */
export type Level = 'tampered' | 'incomplete' | 'undecided' | 'note'

export interface Finding {
  readonly level: Level
  /** A file of the bundle, or a leaf as `transfers 17`. */
  readonly where: string
  /** Which of verify-words.ts it is, and what stands in its places. */
  readonly code: FindingCode
  readonly parts?: Parts
  /** The same in words, in English. */
  readonly what: string
}

export interface Verdict {
  /** 0 all checks were made and hold · 1 tampered · 2 incomplete · 3 cannot decide. The worst of 1, 3, 2. */
  readonly exit: 0 | 1 | 2 | 3
  readonly findings: readonly Finding[]
  /** Findings beyond the first thousand are only counted. */
  readonly more: number
  readonly logs: readonly { readonly origin: string; readonly size: number; readonly root: string }[]
  /** Transfers whose end is not in the log: they may have been sent. */
  readonly open: number
}

/** Says of the record in that place of the log what is wrong with it: tampering. */
export type Fault = (index: number, code: FindingCode, parts?: Parts) => void

const maxFindings = 1000

export class Report {
  readonly findings: Finding[] = []
  readonly logs: { origin: string; size: number; root: string }[] = []
  more = 0
  open = 0
  #worst: 0 | 1 | 2 | 3 = 0

  add(level: Level, where: string, code: FindingCode, parts?: Parts): void {
    const rank = { note: 0, incomplete: 1, undecided: 2, tampered: 3 }
    const exits = [0, 2, 3, 1] as const
    if (rank[level] > exits.indexOf(this.#worst)) this.#worst = exits[rank[level]]!
    if (this.findings.length < maxFindings) {
      const what = filled(findingWords[code], parts, 'en')
      this.findings.push({ level, where, code, ...(parts === undefined ? {} : { parts }), what })
    } else this.more += 1
  }

  verdict(): Verdict {
    const { findings, more, logs, open } = this
    return { exit: this.#worst, findings, more, logs, open }
  }
}

import type { Says } from './lang.ts'
import type { Printer } from './print.ts'

/** What a command gets: the environment, how to print, and how to say no. */
export interface Call {
  readonly env: NodeJS.ProcessEnv
  readonly print: () => Printer
  /** The exit code, if the command ends well and yet says no. */
  exit(code: number): void
  /** Of what the help says: the sentence in the language of whoever asks. */
  readonly says: Says
}

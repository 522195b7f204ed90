import type { Printer } from './print.ts'

/** What a command gets: the environment, how to print, and how to say no. */
export interface Call {
  readonly env: NodeJS.ProcessEnv
  readonly print: () => Printer
  /** The exit code, if the command ends well and yet says no. */
  exit(code: number): void
}

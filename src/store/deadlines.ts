/** How long callers are made to wait before they are refused, in milliseconds: short, for a client waits behind each. */
export interface Deadlines {
  /** A connection to the database. */
  readonly connect: number
  /** The server's answer, beyond the time that it gives the statement itself. */
  readonly answer: number
  /** A line of the log, from when it is given in until it is durable (design §4). */
  readonly commit: number
  /**
   * An instance that has not confirmed the bundle in force for so long refuses. Until then it decides by the one before, also
   * while it reads a new one; one that takes longer to read is waited for by refusing, since the one before is known to
   * be in force no more: it may let out what the new one holds back.
   */
  readonly confirm: number
  /** The signed head for which `Douane-Wait` asks; then the answer goes without it. */
  readonly signed: number
  /** Work on what a caller of the control plane sent. */
  readonly aside: number
}

export const usual: Deadlines = {
  connect: 2_000,
  answer: 1_000,
  commit: 2_000,
  confirm: 5_000,
  signed: 2_000,
  aside: 5_000,
}

/** Of a command: who typed it waits rather than types it again. */
export const unhurried: Deadlines = { ...usual, connect: 10_000, answer: 20_000, commit: 20_000 }

/** When to stop: asked for by SIGTERM, SIGINT (Ctrl-C) or SIGHUP (the terminal is gone). */
const names = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Ctrl-C reaches us twice, from the terminal and from a wrapper (npm, bin/douane): within this time it is one. */
const echoMs = 1_000

export interface StopAsked {
  /** The name of the first signal. */
  readonly asked: Promise<string>
  /** Whether it has come; also before anybody waited for it. */
  already(): boolean
  /** Gives the signals back to the system. */
  end(): void
}

/**
 * From here on a signal does not end the process but is told, also while things are still being started. A second
 * one, later than an echo of the first, ends the process as it stands: the log closes what was open at the next
 * start, and PostgreSQL follows its parent.
 */
export function listenForStop(): StopAsked {
  let told: (name: string) => void
  let first = 0
  const asked = new Promise<string>((resolve) => (told = resolve))
  const heard = (name: NodeJS.Signals): void => {
    if (first === 0) {
      first = performance.now()
      told(name)
    } else if (performance.now() - first > echoMs) {
      end()
      process.kill(process.pid, name)
    }
  }
  const end = (): void => {
    for (const name of names) process.off(name, heard)
  }
  for (const name of names) process.on(name, heard)
  return { asked, already: () => first !== 0, end }
}

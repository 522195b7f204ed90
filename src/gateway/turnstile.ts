/** How many may pass at once, and how often: per client, and for the gateway as a whole (design §5, §2.2). */
import { Refused } from '../errors.ts'

interface Bounds {
  readonly rate_per_second: number
  readonly rate_burst: number
  readonly concurrency: number
  readonly in_flight: number
  readonly held_bytes: number
}

export interface Turnstile {
  /**
   * Counts one request of a known client.
   * @returns what to call when it has ended (once; more calls do nothing)
   * @throws Refused RATE_LIMITED, SHUTTING_DOWN, OVERLOADED
   */
  admit(client: string): () => void
  /** Reserves memory for a body or an answer; @returns how to give it back; @throws Refused OVERLOADED */
  hold(bytes: number): () => void
  readonly inFlight: number
  readonly heldBytes: number
  /** From now on nobody is admitted. */
  close(): void
}

interface Gauge {
  tokens: number
  at: number
  running: number
}

/** @param now milliseconds that never go back */
export const openTurnstile = (bounds: Bounds, now: () => number = () => performance.now()): Turnstile => {
  const clients = new Map<string, Gauge>()
  let inFlight = 0
  let held = 0
  let closed = false

  /** Token bucket: `rate_burst` deep, filled at `rate_per_second`. */
  const gaugeOf = (client: string): Gauge => {
    let gauge = clients.get(client)
    if (gauge === undefined)
      clients.set(client, (gauge = { tokens: bounds.rate_burst, at: now(), running: 0 }))
    const at = now()
    gauge.tokens = Math.min(
      bounds.rate_burst,
      gauge.tokens + ((at - gauge.at) / 1000) * bounds.rate_per_second,
    )
    gauge.at = at
    return gauge
  }

  return {
    admit(client) {
      const gauge = gaugeOf(client)
      if (gauge.tokens < 1) {
        throw new Refused('RATE_LIMITED', { retryAfter: (1 - gauge.tokens) / bounds.rate_per_second })
      }
      if (gauge.running >= bounds.concurrency) throw new Refused('RATE_LIMITED', { retryAfter: 1 })
      if (closed) throw new Refused('SHUTTING_DOWN')
      if (inFlight >= bounds.in_flight) throw new Refused('OVERLOADED')
      gauge.tokens--
      gauge.running++
      inFlight++
      let left = false
      return () => {
        if (left) return
        left = true
        gauge.running--
        inFlight--
      }
    },
    hold(bytes) {
      if (held + bytes > bounds.held_bytes) throw new Refused('OVERLOADED')
      held += bytes
      let given = false
      return () => {
        if (given) return
        given = true
        held -= bytes
      }
    },
    get inFlight() {
      return inFlight
    },
    get heldBytes() {
      return held
    },
    close() {
      closed = true
    },
  }
}

/**
 * Counters and timings in a registry of our own. Labels are ids of the register, codes and verdicts: what
 * the operator wrote or what is in a closed table, never what a client or a provider sent.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  /** A transfer that was forwarded. Client and provider are ids of the register. */
  transferred(fact: {
    readonly client: string
    readonly provider: string
    readonly verdict: 'allow' | 'treat'
    readonly end: 'delivered' | 'provider_error' | 'not_sent' | 'aborted' | 'unknown'
    readonly seconds: number
  }): void
  /** A refusal; `code` is from errors.ts. */
  refused(code: string): void
  /** Pseudonyms of an answer. */
  restored(counts: {
    readonly restored: number
    readonly corrected: number
    readonly unresolved: number
  }): void
  /** Transfers between the door and their answer. */
  inFlight(change: 1 | -1): void
  /** A value read when the page is asked for, e.g. log size or queue length. */
  watch(name: string, help: string, read: () => number): void
  /** The page for /metrics, OpenMetrics' elder text format. */
  page(): Promise<{ readonly type: string; readonly text: string }>
}

export const openMetrics = (): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  const transfers = new Counter({
    name: 'douane_transfers_total',
    help: 'Transfers with an intent, by end of their last attempt.',
    labelNames: ['client', 'provider', 'verdict', 'end'] as const,
    registers,
  })
  const refusals = new Counter({
    name: 'douane_refusals_total',
    help: 'Refusals by code (docs/refusals.md).',
    labelNames: ['code'] as const,
    registers,
  })
  const seconds = new Histogram({
    name: 'douane_transfer_seconds',
    help: 'From the first byte at the door to the last byte of the answer.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  })
  const pseudonyms = new Counter({
    name: 'douane_answer_pseudonyms_total',
    help: 'Pseudonyms in answers: restored, corrected, unresolved.',
    labelNames: ['end'] as const,
    registers,
  })
  const flight = new Gauge({ name: 'douane_in_flight', help: 'Transfers in flight.', registers })
  return {
    transferred({ client, provider, verdict, end, seconds: took }) {
      transfers.inc({ client, provider, verdict, end })
      seconds.observe(took)
    },
    refused: (code) => refusals.inc({ code }),
    restored(counts) {
      for (const end of ['restored', 'corrected', 'unresolved'] as const) {
        if (counts[end] > 0) pseudonyms.inc({ end }, counts[end])
      }
    },
    inFlight: (change) => (change === 1 ? flight.inc() : flight.dec()),
    watch(name, help, read) {
      registry.registerMetric(
        new Gauge({
          name,
          help,
          registers: [],
          collect() {
            this.set(read())
          },
        }),
      )
    },
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}

/** What the line works with; `wire/` chooses and joins it. */
import type { ProviderCredentials } from '../config/provider-credentials.ts'
import type { Settings } from '../config/settings.ts'
import type { Decided } from '../judge/decide.ts'
import type { Ledger } from '../model/ledger.ts'
import type { Bundle } from '../policy/bundle.ts'
import type { CachedRecall } from '../pseudonym/cached-recall.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Forwarder } from './forward.ts'
import type { HomeParts } from './home.ts'
import type { ReceiveParts } from './receive.ts'

export interface LineParts extends ReceiveParts, HomeParts {
  readonly settings: Pick<Settings, 'strict_outcome' | 'region'>
  /** The bundle in force. @throws Refused POLICY_INVALID, POLICY_STALE */
  readonly policy: () => Bundle
  readonly recall: CachedRecall
  readonly ledger: Ledger
  readonly forwarder: Forwarder
  readonly credentials: ProviderCredentials
  /** Version of this program and of its detector, as records name it. */
  readonly engine: string
  /** Resolves once the leaf is under a signed (or witnessed) checkpoint; false if that took too long. */
  readonly awaited: (what: 'integrated' | 'witnessed', index: number) => Promise<boolean>
  readonly log: Log
  readonly metrics: Metrics
}

/** What is known when something stops the transfer. */
export interface Trace {
  /** The intent is durable. */
  committed: boolean
  bundle?: Bundle
  decided?: Decided
}

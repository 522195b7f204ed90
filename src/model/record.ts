/**
 * Log records, design §9. Stored as canonical JSON bytes (RFC 8785): digests lower-case hex, times RFC 3339
 * UTC with milliseconds, numbers integers, an absent fact is a left-out key. No personal value.
 */
export interface Counts {
  readonly [category: string]: { readonly [treatment: string]: number }
}

/** Set by the batcher when the batch is built: instance, boot, position in the boot's chain, previous leaf hash. */
export interface Chained {
  readonly inst: string
  readonly boot: string
  readonly iseq: number
  readonly iprev: string
}

interface Base {
  readonly v: 1
  /** RFC 3339, UTC, milliseconds. */
  readonly t: string
}

export interface IntentBody extends Base {
  readonly k: 'intent'
  /** 128 random bits, 32 hex digits. */
  readonly tid: string
  readonly attempt: number
  readonly client: string
  readonly provider: string
  readonly purpose: string
  readonly class: string
  readonly countries: readonly string[]
  readonly ground: readonly string[]
  readonly ground_ref: readonly string[]
  readonly verdict: 'allow' | 'treat'
  readonly rules: readonly string[]
  readonly cats: Counts
  readonly bundle: string
  readonly engine: string
  readonly method: string
  /** Media type without parameters, '' without a body. */
  readonly media: string
  /** Of the outgoing body. */
  readonly bytes: number
  readonly stream?: string
  /** Place in the evidence log up to which the orders of people were known: suspensions, overrides … */
  readonly orders?: number
  /** HMAC-SHA-256 under a salt that lives in the erasable detail: outgoing bytes, detail, answer. */
  readonly out: string
  readonly detail: string
}

export type OutcomeEnd = 'delivered' | 'provider_error' | 'not_sent' | 'aborted' | 'unknown'

export interface OutcomeBody extends Base {
  readonly k: 'outcome'
  readonly tid: string
  readonly attempt: number
  /** Index of the intent's leaf. */
  readonly intent: number
  readonly end: OutcomeEnd
  readonly status?: number
  /** Bytes of the body written to the provider's socket. */
  readonly sent: number
  readonly restored: number
  readonly corrected: number
  readonly unresolved: number
  /** Checksum and fixed-form identifiers in the answer that were never sent. */
  readonly clear: number
  readonly answer?: string
}

export interface RefusalBody extends Base {
  readonly k: 'refusal'
  readonly tid: string
  readonly client: string
  readonly provider: string
  readonly purpose: string
  readonly code: string
  readonly rules: readonly string[]
  readonly cats: Counts
  readonly bundle: string
  readonly engine: string
  readonly orders?: number
}

export interface GenesisBody extends Base {
  readonly k: 'genesis'
  readonly origin: string
  /** vkey of the enrolment key: so the signed log vouches for it. */
  readonly enrol?: string
}

export interface BootBody extends Base {
  readonly k: 'boot'
  /** Ed25519 public key of this boot, SPKI DER in base64, and its certificate by the enrolment key. */
  readonly key: string
  readonly cert: string
  readonly engine: string
  readonly settings: Readonly<Record<string, string>>
}

/** What a person may say of a bundle; silent: `activated`. */
export type PolicyAct = 'activated' | 'approved' | 'opinion' | 'rolled_back' | 'withdrawn'

export interface PolicyBody extends Base {
  readonly k: 'policy'
  readonly bundle: string
  readonly by: string
  readonly act?: PolicyAct
  readonly roles?: readonly string[]
  readonly why?: string
  /** Of an approval: from when it is in force; '' at once. */
  readonly from?: string
  readonly opinion?: 'favourable' | 'unfavourable'
  /** Of an approval or its withdrawal: the signature of the approver's key, its payload detached (RFC 7515 App. F), and what makes it single. */
  readonly jws?: string
  readonly nonce?: string
}

export type OverrideAct = 'suspended' | 'resumed' | 'lifted' | 'ended'

/** A provider is stopped or let go on; a restriction is lifted on one route for a time, or again in force. */
export interface OverrideBody extends Base {
  readonly k: 'override'
  readonly act: OverrideAct
  readonly by: string
  readonly roles: readonly string[]
  readonly why: string
  readonly provider?: string
  /**
   * Of a lifted rule: where, which, the digest of what it says, until when (RFC 3339), and the approver's signature. Its id
   * is the nonce.
   */
  readonly client?: string
  readonly purpose?: string
  readonly rule?: string
  readonly says?: string
  readonly until?: string
  readonly nonce?: string
  readonly jws?: string
}

export interface KeyBody extends Base {
  readonly k: 'key'
  readonly act: string
  readonly subject: string
  readonly by: string
  /** An approver's public key: JWK thumbprint (RFC 7638), and the Ed25519 point in base64url. */
  readonly kid?: string
  readonly x?: string
  readonly why?: string
  /** A new key of this log (audit/rotation.ts): vkeys of both, and the signature of each over the two. */
  readonly old?: string
  readonly new?: string
  readonly sig?: string
  readonly proof?: string
}

export interface ErasureBody extends Base {
  readonly k: 'erasure'
  readonly ground: string
  readonly by: string
  readonly count: number
}

/** How a log is kept; either stream. `days`: of a retention, `hold`: the id of a legal hold. */
export interface ConfigBody extends Base {
  readonly k: 'config'
  readonly act: 'retention' | 'hold.placed' | 'hold.lifted'
  readonly by: string
  readonly roles?: readonly string[]
  readonly why?: string
  readonly days?: number
  readonly hold?: string
}

/** Records of transfers and accesses from `from` to before `to` are older than `before` and lose their bytes. */
export interface PruneBody extends Base {
  readonly k: 'prune'
  readonly by: string
  readonly from: number
  readonly to: number
  /** RFC 3339: the end of the retention of `days` days. */
  readonly before: string
  readonly days: number
  /** How many they are. */
  readonly count: number
}

/** The first record of a new tree: the final head of the one before, and the place where this one begins. */
export interface ShardLinkBody extends Base {
  readonly k: 'shard_link'
  readonly prev: string
  readonly size: number
  readonly root: string
  readonly base: number
}

/** After a restore of the database: records from `from` to before `to` may be missing; `root` was signed over them. */
export interface RecoverBody extends Base {
  readonly k: 'recover'
  readonly by: string
  readonly why: string
  readonly from: number
  readonly to: number
  readonly root: string
}

/** Second stream: who read what on the control plane or the command line. */
export interface AccessBody extends Base {
  readonly k: 'access'
  readonly who: string
  readonly roles: readonly string[]
  readonly act: string
  /** Keyed digest or an id that is no personal value. */
  readonly filter?: string
  readonly count: number
}

export type RecordBody =
  | IntentBody
  | OutcomeBody
  | RefusalBody
  | GenesisBody
  | BootBody
  | PolicyBody
  | OverrideBody
  | KeyBody
  | ErasureBody
  | ConfigBody
  | PruneBody
  | ShardLinkBody
  | RecoverBody
  | AccessBody

export type LogRecord = RecordBody & Chained

/** Where records go: evidence (0) or access (1), each a log of its own. */
export const streams = { evidence: 0, access: 1 } as const
export type Stream = keyof typeof streams

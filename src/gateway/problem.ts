/**
 * A refusal as the client reads it: `application/problem+json` (RFC 9457) in the language it asks for, built
 * from the table of errors.ts and from details that hold no value. Anything that is not a Refused is INTERNAL.
 */
import { PolicyInvalid, Refused, refusals } from '../errors.ts'
import type { Code, Forwarded } from '../errors.ts'
import { escapeJson } from '../telemetry/escape.ts'
import type { Lang } from '../lang.ts'

/** A whole answer of ours: status, headers, body. Header names in lower case save `Douane-…`. */
export interface Reply {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

/** What is said of the transfer around a refusal. */
export interface ProblemContext {
  readonly tid: string
  readonly lang: Lang
  /** Verdict of the decision, if one was made; a refusal before it is `refuse`. */
  readonly verdict?: 'allow' | 'treat' | 'refuse' | undefined
  /** The request carried an Idempotency-Key. */
  readonly idempotent?: boolean
  /** Whether bytes had left when something that is no Refused was thrown. */
  readonly forwarded?: Forwarded
}

/** `Douane-…` headers that every response carries. */
export interface Marks {
  readonly tid: string
  readonly verdict: 'allow' | 'treat' | 'refuse'
  readonly restored?: number | 'unread'
  readonly corrected?: number
  readonly unresolved?: number
  readonly clear?: number
}

export const marks = (of: Marks): [string, string][] => [
  ['Douane-Transfer', of.tid],
  ['Douane-Verdict', of.verdict],
  ['Douane-Restored', String(of.restored ?? 0)],
  ['Douane-Corrected', String(of.corrected ?? 0)],
  ['Douane-Unresolved', String(of.unresolved ?? 0)],
  ['Douane-Clear', String(of.clear ?? 0)],
]

/** French if Accept-Language prefers it to English (RFC 9110 §12.5.4), else English. */
export const languageOf = (acceptLanguage: string | undefined): Lang => {
  let best: { lang: Lang; q: number } = { lang: 'en', q: 0 }
  for (const part of (acceptLanguage ?? '').slice(0, 256).toLowerCase().split(',')) {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    const q = weight === undefined ? 1 : Number(weight.slice(2))
    const lang = /^fr(-|$)/.test(range) ? 'fr' : /^(en(-|$)|\*$)/.test(range) ? 'en' : undefined
    if (lang !== undefined && q > best.q && q <= 1) best = { lang, q }
  }
  return best.lang
}

/** Whatever was thrown, as one of our codes; nothing of a cause survives. */
export const asRefused = (thrown: unknown, forwarded: Forwarded = 'unknown'): Refused => {
  if (thrown instanceof Refused) return thrown
  if (thrown instanceof PolicyInvalid) return new Refused('POLICY_INVALID')
  return new Refused('INTERNAL', { forwarded })
}

/** Nothing has left before and while sending; afterwards the refusal itself says so, or nobody knows. */
export const forwardedOf = (refused: Refused): Forwarded => {
  if (refused.detail.forwarded !== undefined) return refused.detail.forwarded
  return refusals[refused.code].phase === 'answer' ? 'unknown' : 'no'
}

/** Design §5: 408, 429, 503 and PROVIDER_UNREACHABLE; after `forwarded: unknown` only with an Idempotency-Key. */
export const isRetryable = (refused: Refused, idempotent: boolean): boolean => {
  const forwarded = forwardedOf(refused)
  if (forwarded === 'unknown') return idempotent
  if (forwarded === 'yes') return false
  return [408, 429, 503].includes(refused.status) || refused.code === 'PROVIDER_UNREACHABLE'
}

const defaultWait: Partial<Record<Code, number>> = {
  RATE_LIMITED: 1,
  OVERLOADED: 1,
  BUSY: 1,
  SHUTTING_DOWN: 5,
}

export const problem = (thrown: unknown, context: ProblemContext): Reply => {
  const refused = asRefused(thrown, context.forwarded)
  const { code, detail, status } = refused
  const row = refusals[code]
  const french = context.lang === 'fr'
  const retryable = isRetryable(refused, context.idempotent ?? false)
  const body = escapeJson(
    {
      type: `urn:douane:refusal:${code}`,
      title: french ? row.fr : row.en,
      status,
      detail: (french ? (detail.fr ?? detail.en) : detail.en) ?? (french ? row.fr : row.en),
      code,
      rules: detail.rules ?? [],
      categories: detail.categories ?? [],
      paths: detail.paths ?? [],
      do: french ? row.doFr : row.doEn,
      forwarded: forwardedOf(refused),
      retryable,
      ...(detail.providerStatus === undefined ? {} : { providerStatus: detail.providerStatus }),
      transfer: context.tid,
    },
    1,
  )
  const wait = detail.retryAfter ?? defaultWait[code]
  const bytes = Buffer.from(`${body}\n`)
  return {
    status,
    headers: [
      ['content-type', 'application/problem+json; charset=utf-8'],
      ['content-language', context.lang],
      ['cache-control', 'no-store'],
      ...(wait !== undefined && retryable
        ? [['retry-after', String(Math.max(1, Math.ceil(wait)))] as const]
        : []),
      ...(status === 401
        ? [['www-authenticate', 'Bearer realm="douane", Basic realm="douane"'] as const]
        : []),
      ...(status === 405 ? [['allow', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'] as const] : []),
      ...marks({ tid: context.tid, verdict: context.verdict ?? 'refuse' }),
    ],
    body: bytes,
  }
}

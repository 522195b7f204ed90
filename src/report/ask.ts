/** Which transfers a report speaks of. */
import { Misconfigured } from '../errors.ts'
import type { IntentBody, RefusalBody } from '../model/record.ts'

export interface ReportAsk {
  /** Not before. */
  readonly from?: Date
  /** Before. */
  readonly to?: Date
  readonly providers?: readonly string[]
  readonly clients?: readonly string[]
}

export const meets = (
  { t, provider, client }: Pick<IntentBody | RefusalBody, 't' | 'provider' | 'client'>,
  { from, to, providers, clients }: ReportAsk,
): boolean => {
  const at = Date.parse(t)
  return (
    (from === undefined || at >= from.getTime()) &&
    (to === undefined || at < to.getTime()) &&
    (providers === undefined || providers.includes(provider)) &&
    (clients === undefined || clients.includes(client))
  )
}

const day = 86_400_000

/**
 * A moment as a person writes it: a day (`2026-11-01`, in UTC as the records are) or RFC 3339. A day as `to` is
 * that whole day.
 * @throws Misconfigured
 */
export const momentOf = (text: string, end: 'from' | 'to'): Date => {
  const civil = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const full = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const at = civil || full ? Date.parse(text) : Number.NaN
  const sound = civil ? !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) : !Number.isNaN(at)
  if (!sound)
    throw new Misconfigured(
      `--${end} wants a day such as 2026-11-01 or a time such as 2026-11-01T08:00:00Z`,
      `--${end} demande un jour, comme 2026-11-01, ou un instant, comme 2026-11-01T08:00:00Z`,
    )
  return new Date(civil && end === 'to' ? at + day : at)
}

import type { TransferRow } from '../store/transfers.ts'
import type { components } from './openapi-types.ts'

type Line = components['schemas']['TransferLine']

/** A transfer or refusal as the list shows it. */
export const transferLine = ({ record, outcome }: TransferRow): Line => {
  const { tid, t, client, provider, purpose, bundle } = record
  const cats = Object.fromEntries(
    Object.entries(record.cats).map(([category, counts]) => [category, { ...counts }]),
  )
  const common = { tid, t, client, provider, purpose, cats, bundle }
  if (record.k === 'refusal') return { ...common, verdict: 'refuse', code: record.code }
  return {
    ...common,
    verdict: record.verdict,
    class: record.class,
    countries: [...record.countries],
    attempt: record.attempt,
    ...(outcome === undefined ? {} : { end: outcome.end }),
    ...(outcome?.status === undefined ? {} : { status: outcome.status }),
  }
}

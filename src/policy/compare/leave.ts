/**
 * What a policy leaves to people and to time, beside its decisions: whether a rule may be lifted, and how much a
 * derogation carries. Neither shows in a decision of today, and both let more out tomorrow.
 */
import type { Bundle } from '../bundle.ts'

export interface Leave {
  /** `rules/own.yaml no-iban: overridable`, `derogations/CLAIM-1: transfers_max`. */
  readonly what: string
  readonly before: string
  readonly after: string
  readonly direction: 'looser' | 'stricter'
}

/** Of rules and derogations that both have; one that is new, or gone, shows in decisions. Looser ones first. */
export const leaveOf = (before: Bundle, after: Bundle): readonly Leave[] => {
  const out: Leave[] = []
  const compare = (what: string, was: number | boolean, is: number | boolean): void => {
    if (was !== is)
      out.push({ what, before: `${was}`, after: `${is}`, direction: is > was ? 'looser' : 'stricter' })
  }
  const rules = new Map(before.rules.map((rule) => [rule.id, rule]))
  for (const { id, overridable, decide, source } of after.rules) {
    if (typeof decide !== 'object') continue
    // A restriction that comes with its way round is still one more: only the lifting of an old one is news.
    const was = rules.get(id)
    if (was !== undefined) compare(`${source.file} ${id}: overridable`, was.overridable, overridable)
  }
  const keyOf = ({ case: its, provider, client = '' }: Bundle['derogations'][number]): string =>
    JSON.stringify([its, provider, client])
  const derogations = new Map(before.derogations.map((each) => [keyOf(each), each]))
  for (const each of after.derogations) {
    const was = derogations.get(keyOf(each))
    if (was === undefined) continue
    for (const limit of ['transfers_max', 'data_subjects_max'] as const)
      compare(`derogations/${each.case}: ${limit}`, was[limit], each[limit])
  }
  return out.toSorted((a, b) =>
    a.direction === b.direction ? (a.what < b.what ? -1 : 1) : a.direction === 'looser' ? -1 : 1,
  )
}

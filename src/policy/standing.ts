/** What refuses a route whatever the payload holds and whatever the rules say; and what is said of overrides. */
import type { Code } from '../errors.ts'
import { stands } from '../law/date.ts'
import type { Spoken } from '../model/decision.ts'
import type { CivilDate, Client, Provider } from '../model/register.ts'
import type { Bundle, Rule } from './bundle.ts'
import type { RouteSeen } from './facts.ts'
import { liftFault, voidSentence } from './lifted.ts'
import type { Lift } from './orders.ts'
import { registerPlace } from './register-place.ts'

const inactive = (entry: Client | Provider, on: CivilDate): boolean =>
  entry.status !== 'approved' || !stands(entry.valid_to, on)

const refusal = (
  rule: string,
  code: Code,
  en: string,
  fr: string,
  article: string,
  place: { file: string; line: number },
): Spoken => ({ rule, decide: 'block', code, en, fr, article, ...place, categories: [], findings: [] })

/** Entries that are unknown or not active on the day; no rule is needed to refuse them. */
export const standingOf = (
  bundle: Bundle,
  seen: RouteSeen,
  ask: { readonly client: string; readonly provider: string; readonly on: CivilDate },
): Spoken[] => {
  const { client, provider } = seen
  const out: Spoken[] = []
  if (provider === undefined)
    out.push(
      refusal(
        'route:provider-unknown',
        'PROVIDER_UNKNOWN',
        'No provider with this id is in the register.',
        "Aucun prestataire de ce nom n'est au registre.",
        'GDPR 28(3)',
        { file: 'register/providers', line: 1 },
      ),
    )
  if (client === undefined || seen.purpose === undefined)
    out.push(
      refusal(
        'route:purpose-unknown',
        'PURPOSE_UNKNOWN',
        'This purpose is not in the client’s register entry.',
        "Cette finalité n'est pas dans la fiche du client.",
        'GDPR 5(1)(b)',
        registerPlace(bundle, 'clients', ask.client, 'purposes'),
      ),
    )
  for (const [folder, id, entry] of [
    ['clients', ask.client, client],
    ['providers', ask.provider, provider],
  ] as const) {
    if (entry !== undefined && inactive(entry, ask.on))
      out.push(
        refusal(
          'route:entry-inactive',
          'ENTRY_INACTIVE',
          `The register entry of ${entry.name} is a draft, suspended or past its end.`,
          `La fiche de ${entry.name} au registre est un projet, suspendue ou échue.`,
          'GDPR 24, 28(1)',
          registerPlace(bundle, folder, id, entry.status === 'approved' ? 'valid_to' : 'status'),
        ),
      )
  }
  const hold = bundle.orders?.holds.get(ask.provider)
  if (hold !== undefined)
    out.push(
      refusal(
        'order:suspended',
        'ENTRY_INACTIVE',
        `Transfers to ${provider?.name ?? ask.provider} are suspended since ${hold.t.slice(0, 10)}, by ${hold.by}: ${hold.why}`,
        `Les transferts vers ${provider?.name ?? ask.provider} sont suspendus depuis le ${hold.t.slice(0, 10)}, par ${hold.by} : ${hold.why}`,
        'GDPR 24, 28(1), 44',
        registerPlace(bundle, 'providers', ask.provider, 'id'),
      ),
    )
  return out
}

/** A restriction that an approver lifted on this route for a time: it says so wherever it would have spoken. */
export const liftedBy = (
  lift: Lift,
  rule: { readonly id: string; readonly source: { readonly file: string; readonly line: number } },
): Spoken => ({
  rule: `override:${lift.id}`,
  decide: 'override',
  en: `Rule ${rule.id} is lifted on this route until ${lift.until}, by ${lift.by}: ${lift.why}`,
  fr: `La règle ${rule.id} est levée sur cette route jusqu'au ${lift.until}, par ${lift.by} : ${lift.why}`,
  article: 'GDPR 24, 5(2)',
  file: rule.source.file,
  line: rule.source.line,
  categories: [],
  findings: [],
})

export const noGrant: Spoken = refusal(
  'route:no-grant',
  'NO_GRANT',
  'No grant opens this route.',
  "Aucune autorisation n'ouvre cette route.",
  'GDPR 24, 25, 44',
  { file: 'rules', line: 1 },
)

/** Of an override that was given for another rule than the one that has its id now. */
export const voidNote = (lift: Lift, rule: Rule | undefined): readonly Spoken[] => {
  const fault = liftFault(lift, rule)
  if (fault === undefined) return []
  const { file, line } = rule?.source ?? { file: 'rules', line: 1 }
  const said = voidSentence(lift, fault)
  return [
    {
      ...{ rule: `override:${lift.id}`, decide: 'note', ...said, article: 'GDPR 24, 5(2)' },
      ...{ file, line, categories: [], findings: [] },
    },
  ]
}

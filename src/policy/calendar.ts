/** What ends or falls due: the dates of register and law that a DPO has to act on. */
import { daysAfter, daysBetween } from '../law/date.ts'
import { resolved } from '../law/territory.ts'
import type { CivilDate, CountryCode, Leg, Provider } from '../model/register.ts'
import type { Bundle } from './bundle.ts'
import { registerPlace, type Place } from './register-place.ts'

/** The kinds of dates, with their sentences: `{what}` is a reference, a country or a name of the register. */
const kinds = {
  adequacy_ends: { en: 'the adequacy decision {what} ends', fr: "la décision d'adéquation {what} prend fin" },
  adequacy_review: {
    en: 'the adequacy decision {what} is due for review by the Commission',
    fr: "la Commission doit réexaminer la décision d'adéquation {what}",
  },
  law_check: {
    en: 'the law data of {what} were checked a year ago: check them again',
    fr: 'les données juridiques sur {what} ont été vérifiées il y a un an : à revoir',
  },
  client_ends: { en: 'the entry of the client {what} ends', fr: 'la fiche du client {what} prend fin' },
  provider_ends: {
    en: 'the entry of the provider {what} ends',
    fr: 'la fiche du prestataire {what} prend fin',
  },
  contract_ends: { en: 'the contract {what} ends', fr: 'le contrat {what} prend fin' },
  tia_review: {
    en: 'the transfer impact assessment {what} is due for review',
    fr: "l'analyse d'impact des transferts {what} est à réviser",
  },
  objection_ends: {
    en: 'the time to object to {what} ends',
    fr: "le délai d'opposition à {what} prend fin",
  },
  approval_ends: {
    en: 'the approval or certificate {what} ends',
    fr: "l'approbation ou le certificat {what} prend fin",
  },
  dpf_ends: {
    en: 'the Data Privacy Framework listing {what} ends',
    fr: "l'inscription au Data Privacy Framework {what} prend fin",
  },
  certificate_ends: { en: 'the certificate {what} ends', fr: 'le certificat {what} prend fin' },
  derogation_ends: {
    en: 'a derogation ({what}) ends',
    fr: 'une dérogation ({what}) prend fin',
  },
} as const
export type CalendarKind = keyof typeof kinds

export interface CalendarEntry extends Place {
  /** The last day, or the day on which it is due. */
  readonly date: CivilDate
  /** From today; negative: overdue. */
  readonly days: number
  readonly kind: CalendarKind
  readonly provider?: string
  readonly client?: string
  readonly en: string
  readonly fr: string
}

export const calendarDays = 180
const lawCheckDays = 365

type Found = Omit<CalendarEntry, 'days' | 'en' | 'fr'> & { readonly what: string }

const ofLeg = (bundle: Bundle, provider: Provider, client: string, leg: Leg): Found[] => {
  const at = (date: CivilDate | undefined, kind: CalendarKind, what: string, key: string): Found[] =>
    date === undefined
      ? []
      : [
          {
            date,
            kind,
            what,
            client,
            provider: provider.id,
            ...registerPlace(bundle, 'providers', provider.id, key),
          },
        ]
  return [
    ...at(leg.tia?.review_by, 'tia_review', leg.tia?.ref ?? '', 'review_by'),
    ...at(leg.objection_until, 'objection_ends', leg.importer, 'objection_until'),
    ...at(leg.approval?.valid_to, 'approval_ends', leg.approval?.ref ?? '', 'approval'),
    ...at(leg.dpf?.valid_to, 'dpf_ends', leg.dpf?.id ?? '', 'dpf'),
  ]
}

const certificates = {
  iso27001_to: 'ISO 27001',
  iso27701_to: 'ISO 27701',
  soc2_to: 'SOC 2',
  pci_dss_to: 'PCI DSS',
} as const

const ofProvider = (bundle: Bundle, provider: Provider): Found[] => {
  const at = (
    date: CivilDate | undefined,
    kind: CalendarKind,
    what: string,
    key: string,
    client?: string,
  ): Found[] =>
    date === undefined
      ? []
      : [
          {
            date,
            kind,
            what,
            provider: provider.id,
            ...(client === undefined ? {} : { client }),
            ...registerPlace(bundle, 'providers', provider.id, key),
          },
        ]
  const { security } = provider
  return [
    ...at(provider.valid_to, 'provider_ends', provider.name, 'valid_to'),
    ...at(provider.dpf?.valid_to, 'dpf_ends', provider.dpf?.id ?? '', 'dpf'),
    ...(Object.keys(certificates) as (keyof typeof certificates)[]).flatMap((key) =>
      at(security?.[key], 'certificate_ends', certificates[key], key),
    ),
    ...at(security?.hds?.to, 'certificate_ends', `HDS v${security?.hds?.version ?? ''}`, 'hds'),
    ...at(security?.c5?.to, 'certificate_ends', `C5 type ${security?.c5?.type ?? ''}`, 'c5'),
    ...provider.contracts.flatMap((contract) => [
      ...at(contract.dpa?.end_on, 'contract_ends', contract.dpa?.ref ?? '', 'end_on', contract.client),
      ...(contract.legs ?? []).flatMap((leg) => ofLeg(bundle, provider, contract.client, leg)),
    ]),
  ]
}

/** Countries that some provider is in or that some leg leads to: what the law says of others is nobody's concern here. */
const countriesOf = (providers: readonly Provider[]): ReadonlySet<CountryCode> =>
  new Set(
    providers.flatMap((provider) => [
      provider.country,
      ...provider.contracts.flatMap((contract) => (contract.legs ?? []).map(({ to }) => to)),
    ]),
  )

/**
 * Ends and reviews of the coming days, oldest first, and what of them is overdue. Entries that are suspended are left
 * out: nothing goes there anyway.
 */
export const calendar = (bundle: Bundle, on: CivilDate, days = calendarDays): readonly CalendarEntry[] => {
  const providers = [...bundle.providers.values()].filter(({ status }) => status !== 'suspended')
  const file = 'law/adequacy.yaml'
  const codes = new Set([...countriesOf(providers)].map((code) => resolved(bundle.law, code)))
  const law = [...bundle.law.adequacy.values()].filter(({ code }) => codes.has(code))
  const found: Found[] = [
    ...[...bundle.clients.values()]
      .filter(({ status }) => status !== 'suspended')
      .flatMap(({ id, name, valid_to: date }): Found[] =>
        date === undefined
          ? []
          : [
              {
                date,
                kind: 'client_ends',
                what: name,
                client: id,
                ...registerPlace(bundle, 'clients', id, 'valid_to'),
              },
            ],
      ),
    ...providers.flatMap((provider) => ofProvider(bundle, provider)),
    ...law.flatMap(({ code, act, valid_to: until, review_due: review, verified_on: checked }): Found[] => {
      const name = bundle.law.territories.get(code)?.en ?? code
      const place = { file, line: lineOf(bundle, file, `code: ${code}`) }
      return [
        ...(until === null
          ? []
          : [{ date: until, kind: 'adequacy_ends' as const, what: `${act} (${name})`, ...place }]),
        ...(review === null
          ? []
          : [{ date: review, kind: 'adequacy_review' as const, what: `${act} (${name})`, ...place }]),
        { date: daysAfter(checked, lawCheckDays), kind: 'law_check', what: `${act} (${name})`, ...place },
      ]
    }),
    ...bundle.derogations.map((each): Found => ({
      date: each.valid_to,
      kind: 'derogation_ends',
      what: each.case,
      provider: each.provider,
      ...(each.client === undefined ? {} : { client: each.client }),
      file: `derogations/${each.case}.yaml`,
      line: 1,
    })),
  ]
  return found
    .map(({ what, ...entry }) => ({
      ...entry,
      days: daysBetween(on, entry.date),
      en: kinds[entry.kind].en.replace('{what}', what),
      fr: kinds[entry.kind].fr.replace('{what}', what),
    }))
    .filter((entry) => entry.days <= days && (entry.days >= 0 || isOwed(entry.kind)))
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.en < b.en ? -1 : 1))
}

/** Past, these are over and done with; the others stay to be acted on. */
const over: readonly CalendarKind[] = ['objection_ends', 'derogation_ends']
const isOwed = (kind: CalendarKind): boolean => !over.includes(kind)

const lineOf = (bundle: Bundle, file: string, text: string): number => {
  const lines = bundle.files.find(({ path }) => path === file)?.text.split('\n') ?? []
  return Math.max(1, lines.findIndex((line) => line.includes(text)) + 1)
}

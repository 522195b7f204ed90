import type { Code } from '../errors.ts'
import type { Category, TreatmentName } from './category.ts'
import type { CountryCode } from './register.ts'
import type { DestinationClass, Ground } from './ground.ts'
import type { Both } from '../lang.ts'

/** generalise: month|year|decade, 5|10, 3|2|1 …; pseudonymise: token|hmac|…; a free string checked by policy/. */
export interface Treatment {
  readonly name: TreatmentName
  readonly parameter?: string
}

export interface FindingTreatment {
  /** Position in `Classification.findings`. */
  readonly finding: number
  /** Position in `Document.fields`: where the finding stands. */
  readonly field?: number
  readonly treatment: Treatment
  /** Ids of rules that asked for it, `default:<category>` or `need_to_know` among them. */
  readonly rules: readonly string[]
}

/** A rule that spoke, with what a DPO needs to find and understand it. */
export interface Spoken {
  readonly rule: string
  readonly decide: string
  readonly code?: Code
  readonly en: string
  readonly fr: string
  readonly article: string
  readonly file: string
  readonly line: number
  readonly categories: readonly Category[]
  /** Findings that it spoke of (positions); empty for a rule about the route. */
  readonly findings: readonly number[]
}

export interface RouteFacts {
  readonly client: string
  readonly provider: string
  readonly purpose: string
  readonly class: DestinationClass
  readonly countries: readonly CountryCode[]
  readonly ground: readonly Ground[]
  readonly ground_ref: readonly string[]
}

export interface DecisionWords {
  /** Names in the register; '' where there is no entry. */
  readonly client: string
  readonly provider: string
  readonly categories: Readonly<Partial<Record<Category, Both>>>
}

export interface Decision {
  readonly verdict: 'allow' | 'treat' | 'refuse'
  /** First that applies in the order of errors.ts; only with `refuse`. */
  readonly code?: Code
  readonly route: RouteFacts
  /** One for every finding that acts. */
  readonly treatments: readonly FindingTreatment[]
  /** Grants, restrictions and defaults that spoke, strictest first. */
  readonly spoken: readonly Spoken[]
  /** Sentences that change nothing. */
  readonly notes: readonly Spoken[]
  /** All findings that act, allowed ones too. */
  readonly counts: Readonly<Partial<Record<Category, Partial<Record<TreatmentName, number>>>>>
  /** What the DPO calls the parties and the categories found; so that the decision explains itself. */
  readonly words?: DecisionWords
  /** Findings below their category's act_from: counted, never acted on. */
  readonly weak: number
  /** Digest of the bundle that decided. */
  readonly bundle: string
  /** Place in the log up to which the orders of people were known; absent where nobody asked. */
  readonly orders?: number
}

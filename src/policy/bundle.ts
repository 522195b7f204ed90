/** All that decides, loaded, checked and content-addressed: what `load.ts` makes and `evaluate.ts` reads. */
import type { Code } from '../errors.ts'
import type { OwnRecogniser } from '../detect/own/own.ts'
import type { LawData } from '../law/data.ts'
import type { Category, CategoryGroup } from '../model/category.ts'
import type { Treatment } from '../model/decision.ts'
import type { DestinationClass } from '../model/ground.ts'
import type { CivilDate, Client, Derogation, Provider } from '../model/register.ts'
import type { BundleFile } from './bundle-file.ts'
import type { Orders } from './orders.ts'
import type { Both } from '../lang.ts'

export type { BundleFile }

/** Where something stands in a policy file, for messages. Lines and columns from 1. */
export interface Source {
  readonly file: string
  readonly line: number
  readonly column: number
}

export type ActFrom = number | Readonly<Partial<Record<DestinationClass, number>>>

export interface CategoryEntry {
  readonly category: Category
  /** DPV id, e.g. `pd:Name`. */
  readonly dpv: string
  readonly article: string
  /** Default treatment for third countries; `adequate` and `eea` allow unless `everywhere` is set. */
  readonly third: Treatment
  /** Default at every destination (auth.*, fin.cvv). */
  readonly everywhere?: Treatment
  /** A finding acts from this confidence, everywhere or by class of destination; default 0.5. */
  readonly act_from: ActFrom
  /** Singles out together with others (EDPB 01/2025 §§101-104): what `k` and use case 2 look at. */
  readonly quasi?: boolean
  /** What a block by default says; silent = POLICY_BLOCK. */
  readonly code?: Code
  readonly en: string
  readonly fr: string
  readonly source: Source
}

/** Route keys: facts of the transfer as a whole. Every list is any-of. */
export interface RouteKeys {
  readonly client?: readonly string[]
  readonly client_country?: readonly string[]
  readonly provider?: readonly string[]
  readonly purpose?: readonly string[]
  readonly subjects?: readonly string[]
  readonly class?: readonly string[]
  readonly country?: readonly string[]
  readonly leg_kind?: readonly string[]
  readonly ground?: readonly string[]
  readonly problem?: readonly string[]
  readonly tia?: readonly string[]
  readonly lacks?: readonly string[]
  readonly regime?: readonly string[]
  readonly pack?: readonly string[]
  readonly shore?: readonly string[]
  readonly scope?: readonly string[]
  readonly method?: readonly string[]
  readonly media?: readonly string[]
  readonly date?: { readonly from?: CivilDate; readonly until?: CivilDate }
}

/** Finding keys: in one rule they speak of one finding. */
export interface FindingKeys {
  readonly category?: readonly CategoryGroup[]
  readonly confidence?: { readonly from?: number; readonly below?: number }
  readonly path?: readonly string[]
  readonly recogniser?: readonly string[]
}

/** `found` and `k` make a rule a combination: it looks at several findings. */
export interface CombinationKeys {
  readonly found?: readonly CategoryGroup[]
  readonly k?: { readonly below: number }
  /** The same of what the defaults leave, in batches of `kMin` records or more. */
  readonly k_left?: { readonly below: number }
  /** The same with every quasi-identifier at its coarsest step. */
  readonly k_coarsest?: { readonly below: number }
}

/** Computed facts that shipped rules need and the register never declares; see docs/rules.md. */
export interface ComputedKeys {
  /** Article 9 or 10 condition present for the finding's category and the purpose. */
  readonly condition?: readonly ('missing' | 'present')[]
  /** Use case 2 holds (computed, design §6). */
  readonly uc2_ok?: boolean
  /** A French NIR whose purpose is outside the decree's list. */
  readonly nir_basis?: readonly ('missing' | 'present')[]
  /** The three facts of rule 26 together. */
  readonly third_art9?: readonly ('missing' | 'present')[]
}

export type When = RouteKeys &
  FindingKeys &
  CombinationKeys &
  ComputedKeys & {
    readonly any?: readonly When[]
    readonly all?: readonly When[]
    readonly not?: When
  }

export interface Rule {
  readonly id: string
  readonly decide: 'grant' | 'note' | Treatment
  readonly when: When
  readonly because: { readonly en: string; readonly fr: string; readonly article: string }
  readonly code?: Code
  readonly overridable: boolean
  /** Folder of packs/ that it stands in: it speaks only where a register entry switches that pack on. */
  readonly pack?: string
  readonly source: Source
}

export interface Bundle {
  /** SHA-256, lower-case hex, over the JCS list of [path, SHA-256 of the file] sorted by path (design §10). */
  readonly digest: string
  readonly files: readonly BundleFile[]
  /** Those that the digest is made of: what the store keeps for ever and an export carries. */
  readonly deciding: readonly BundleFile[]
  readonly clients: ReadonlyMap<string, Client>
  readonly providers: ReadonlyMap<string, Provider>
  readonly law: LawData
  readonly derogations: readonly Derogation[]
  readonly categories: ReadonlyMap<Category, CategoryEntry>
  readonly rules: readonly Rule[]
  /** The firm's own, recognisers/*.yaml; detector.ts makes the detector that goes with them. */
  readonly recognisers: readonly OwnRecogniser[]
  /** Sentences of `policy check` that stop nothing. */
  readonly warnings: readonly { readonly source: Source; readonly message: Both }[]
  /** What people ordered besides the files; absent where nobody asks (checks, cases, drafts). */
  readonly orders?: Orders
}

/** What an operation of openapi.yaml is given and gives, and what it may use; handlers.ts and order-handlers.ts do them. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { TreeStore } from '../audit/log.ts'
import type { KeyRing } from '../config/credentials.ts'
import type { Stream } from '../model/record.ts'
import type { Bundle } from '../policy/bundle.ts'
import type { Bundles } from '../store/bundles.ts'
import type { Transfers } from '../store/transfers.ts'
import type { Log } from '../telemetry/log.ts'
import type { Aside } from './aside.ts'
import type { Loader } from './loader.ts'
import type { OperationId } from './contract.ts'
import type { exporter } from './export.ts'
import type { LegalHolds } from './legal-holds.ts'
import type { OrderBook } from './orders.ts'
import type { operations } from './openapi-types.ts'
import type { Person } from './roles.ts'
import type { BundleOf } from './stored-bundle.ts'

export interface AdminParts {
  readonly installation: {
    readonly transfers: Transfers
    readonly trees: TreeStore
    readonly origins: Readonly<Record<Stream, string>>
    readonly vkey: string
  }
  readonly keys: KeyRing
  /** The bundle in force. @throws Refused POLICY_INVALID, POLICY_STALE */
  readonly policy: () => Bundle
  /** Any bundle that ever decided here. */
  readonly bundleOf: BundleOf
  readonly loader: Pick<Loader, 'files'>
  readonly book: OrderBook
  /** What stops the log from being pruned. */
  readonly holds: LegalHolds
  /** Keeps a bundle in the store. */
  readonly keepBundle: Bundles['put']
  /** Checksum and fixed-form identifiers in a text. */
  readonly identifiers: (text: string) => readonly unknown[]
  /** Why transfers would be refused now; empty: ready. */
  readonly problems: () => readonly string[]
  /** Records who looked; an access that cannot be recorded is not given. */
  readonly looked: (person: Person, act: string, count: number, filter?: string) => Promise<void>
  readonly page: () => Promise<{ readonly type: string; readonly text: string }>
  readonly region: string | undefined
  readonly aside: Aside
  readonly exports: Pick<ReturnType<typeof exporter>, 'ask'>
  /** Milliseconds for a body to arrive, and between two pieces of a stream that its reader takes. */
  readonly bodyMs: number
  readonly log: Log
}

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never
type Body<Id extends OperationId> = operations[Id] extends { requestBody: infer Asked }
  ? Json<Asked>
  : undefined
type Value<Id extends OperationId> = operations[Id]['responses'] extends { 200: infer Ok } ? Json<Ok> : never
/** A path or query that an operation does not have is `never`: it adds nothing. */
type Some<T> = [NonNullable<T>] extends [never] ? object : NonNullable<T>
type Given<Id extends OperationId> = Some<operations[Id]['parameters']['query']> &
  Some<operations[Id]['parameters']['path']>

interface Ask<Id extends OperationId> {
  readonly given: Given<Id>
  readonly body: Body<Id>
  /** Absent only for the operations that are open. */
  readonly person: Person
  readonly headers: IncomingHttpHeaders
  /** HEAD: what follows the head of the answer goes nowhere. */
  readonly headOnly: boolean
}

interface Answer<Value> {
  readonly status?: number
  /** For what is no JSON. */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly value: Value
  /** How many things were read, for the access record. */
  readonly count?: number
  /** An id that is no personal value. */
  readonly filter?: string
}

/** What is no JSON. */
interface Unlike {
  readonly metrics: string
  readonly exportLog: Readable | string
}

export type Handlers = {
  readonly [Id in OperationId]: (
    ask: Ask<Id>,
    parts: AdminParts,
  ) => Promise<Answer<Id extends keyof Unlike ? Unlike[Id] : Value<Id>>>
}

/** What the store holds of one person: to tell it (Art. 15 GDPR) and to erase it (Art. 17). */
import type { Pool, PoolClient } from 'pg'
import { bytes } from './columns.ts'
import { faultOf } from './fault.ts'

export interface Recipient {
  readonly provider: string
  /** Of all legs, ISO 3166-1. */
  readonly countries: readonly string[]
  readonly grounds: readonly string[]
  readonly purposes: readonly string[]
  /** Of the pseudonyms that the provider has for this person. */
  readonly categories: readonly string[]
  readonly transfers: number
  /** RFC 3339. */
  readonly first: string
  readonly last: string
}

export interface HeldSubject {
  /** Keyed references, one a person: more than one if the identifier is shared. Empty: the vault knows nobody. */
  readonly refs: readonly Buffer[]
  readonly pseudonyms: number
  /** Log records whose erasable detail speaks of the person. */
  readonly details: number
  /** Art. 15(1)(c): who may have received data of the person, as far as the index still knows. */
  readonly recipients: readonly Recipient[]
}

export interface Erased {
  readonly pseudonyms: number
  readonly details: number
}

export interface Subjects {
  /** @param reference of an identifier of the person (pseudonym/identifier.ts) */
  find(client: string, reference: Buffer): Promise<HeldSubject>
  /**
   * The person's keys, pseudonyms, aliases and the details that speak of the person are gone when it resolves; the
   * records of the log stay. Doing it twice is no error. The record of the erasure must be in the log before.
   */
  erase(client: string, reference: Buffer): Promise<Erased>
}

/** Longer than any instance remembers, and than one of them may be away and come back. */
const noticeMs = 86_400_000

/** Persons whom a reference names, and all references under which the index may know them. */
const named = `
  persons AS (
    SELECT ref FROM douane.vault_subject WHERE client = $1 AND ref = $2
    UNION SELECT ref FROM douane.vault_alias WHERE client = $1 AND alias = $2),
  names AS (
    SELECT $2::bytea AS ref UNION SELECT ref FROM persons
    UNION SELECT a.alias FROM douane.vault_alias a JOIN persons p ON a.ref = p.ref WHERE a.client = $1
      -- what another person is called too speaks for nobody
      AND NOT EXISTS (SELECT FROM douane.vault_alias o WHERE o.client = $1 AND o.alias = a.alias AND o.ref <> a.ref)),
  spoken AS (SELECT DISTINCT s.idx FROM douane.audit_detail_subject s JOIN names USING (ref) WHERE s.log = 0)`

const inTransaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/**
 * @param reader as douane_gateway
 * @param eraser as douane_eraser; every function throws DatabaseFault
 */
export const openSubjects = (reader: Pool, eraser: Pool): Subjects => ({
  find: async (client, reference) => {
    try {
      const { rows: persons } = await reader.query<{ ref: Buffer }>(
        `WITH ${named} SELECT ref FROM persons ORDER BY ref`,
        [client, reference],
      )
      const refs = persons.map(({ ref }) => ref)
      const { rows: recipients } = await reader.query<Recipient & { transfers: string }>(
        `WITH ${named},
          sent AS (
            SELECT t.record->>'provider' AS provider, t.record AS r
              FROM spoken JOIN douane.transfer t ON t.log = 0 AND t.idx = spoken.idx
              WHERE t.kind = 1 AND t.record->>'client' = $1 AND t.outcome->>'end' IS DISTINCT FROM 'not_sent')
          SELECT provider, count(*) AS transfers, min(r->>'t') AS first, max(r->>'t') AS last,
            (SELECT array_agg(DISTINCT c) FROM sent s, jsonb_array_elements_text(s.r->'countries') c
              WHERE s.provider = sent.provider) AS countries,
            (SELECT array_agg(DISTINCT g) FROM sent s, jsonb_array_elements_text(s.r->'ground') g
              WHERE s.provider = sent.provider) AS grounds,
            array_agg(DISTINCT r->>'purpose') AS purposes,
            coalesce((SELECT array_agg(DISTINCT p.category) FROM douane.vault_pseudonym p
              WHERE p.client = $1 AND p.provider = sent.provider AND p.subject IN (SELECT ref FROM persons)),
              '{}') AS categories
          FROM sent GROUP BY provider ORDER BY provider`,
        [client, reference],
      )
      const { rows: counts } = await reader.query<{ pseudonyms: number; details: number }>(
        `WITH ${named} SELECT
          (SELECT count(*)::int FROM douane.vault_pseudonym WHERE client = $1 AND subject IN (SELECT ref FROM persons)) AS pseudonyms,
          (SELECT count(*)::int FROM douane.audit_detail d JOIN spoken ON d.log = 0 AND d.idx = spoken.idx) AS details`,
        [client, reference],
      )
      const { pseudonyms = 0, details = 0 } = counts[0] ?? {}
      return {
        ...{ refs, pseudonyms, details },
        recipients: recipients.map((row) => ({ ...row, transfers: Number(row.transfers) })),
      }
    } catch (error) {
      throw faultOf(error)
    }
  },

  erase: async (client, reference) => {
    try {
      return await inTransaction(eraser, async (connection) => {
        const { rows } = await connection.query<{ persons: Buffer[]; names: Buffer[]; spoken: string[] }>(
          `WITH ${named} SELECT
            (SELECT coalesce(array_agg(ref), '{}') FROM persons) AS persons,
            (SELECT coalesce(array_agg(ref), '{}') FROM names) AS names,
            (SELECT coalesce(array_agg(idx), '{}') FROM spoken) AS spoken`,
          [client, reference],
        )
        const { persons = [], names = [], spoken = [] } = rows[0] ?? {}
        const gone = async (text: string, values: unknown[]): Promise<number> =>
          (await connection.query(text, values)).rowCount ?? 0
        const details = await gone(
          'DELETE FROM douane.audit_detail WHERE log = 0 AND idx = ANY ($1::bigint[])',
          [spoken],
        )
        // Of others in the same payload the index stays: they may still ask who received their data.
        await gone('DELETE FROM douane.audit_detail_subject WHERE log = 0 AND ref = ANY ($1::bytea[])', [
          bytes(names),
        ])
        const of = [client, bytes(persons)]
        const pseudonyms = await gone(
          'DELETE FROM douane.vault_pseudonym WHERE client = $1 AND subject = ANY ($2::bytea[])',
          of,
        )
        await gone('DELETE FROM douane.vault_alias WHERE client = $1 AND ref = ANY ($2::bytea[])', of)
        await gone('DELETE FROM douane.vault_subject WHERE client = $1 AND ref = ANY ($2::bytea[])', of)
        await gone(
          `INSERT INTO douane.erased (client, ref, expires_at)
            SELECT $1, ref, clock_timestamp() + $3 * interval '1 millisecond' FROM unnest($2::bytea[]) AS u(ref)`,
          [client, bytes(persons), noticeMs],
        )
        return { pseudonyms, details }
      })
    } catch (error) {
      throw faultOf(error)
    }
  },
})

export interface Erasures {
  /** Persons erased since it was last asked; at first those of the last day. */
  fresh(): Promise<readonly { readonly client: string; readonly ref: Buffer }[]>
}

/** @param pool as douane_gateway; throws DatabaseFault */
export const watchErasures = (pool: Pool): Erasures => {
  // Ids are given before they are committed, so that a smaller one may come later: what was told is kept, not how far.
  let told = new Set<string>()
  return {
    fresh: async () => {
      try {
        const { rows } = await pool.query<{ id: string; client: string; ref: Buffer }>(
          'SELECT id, client, ref FROM douane.erased WHERE expires_at > clock_timestamp()',
        )
        const news = rows.filter(({ id }) => !told.has(id))
        told = new Set(rows.map(({ id }) => id))
        return news
      } catch (error) {
        throw faultOf(error)
      }
    },
  }
}

/** The vault's read side on PostgreSQL: one round trip per question. The cache is pseudonym/cached-recall.ts. */
import type { Pool } from 'pg'
import type { Category } from '../model/category.ts'
import { nothingKnown } from '../pseudonym/recall.ts'
import type {
  Known,
  KnownAsk,
  KnownPseudonym,
  KnownSubject,
  Recall,
  StoredPseudonym,
} from '../pseudonym/recall.ts'
import { bytes, texts } from './columns.ts'
import { refusing } from './fault.ts'

/** One row of either of the three answers; what does not belong to it is null. */
interface Row {
  readonly what: 'pseudonym' | 'subject' | 'token'
  readonly key: Buffer | null
  readonly ref: Buffer
  readonly month: string | null
  readonly wrapped: Buffer | null
  readonly expires_at: Date | null
  readonly token: string | null
  readonly provider: string | null
  readonly purpose: string | null
  readonly category: string | null
  readonly sealed: Buffer | null
}

const known = `
SELECT 'pseudonym' AS what, p.idx AS key, p.subject AS ref, NULL AS month, NULL::bytea AS wrapped, p.expires_at,
    p.token, NULL AS provider, NULL AS purpose, NULL AS category, NULL::bytea AS sealed
  FROM douane.vault_pseudonym p
  WHERE p.client = $1 AND p.provider = $2 AND p.idx = ANY ($3::bytea[]) AND p.expires_at > clock_timestamp()
UNION ALL
SELECT 'subject', s.ref, s.ref, s.month, s.wrapped, s.expires_at, NULL, NULL, NULL, NULL, NULL
  FROM douane.vault_subject s
  WHERE s.client = $1 AND s.ref = ANY ($4::bytea[]) AND s.expires_at > clock_timestamp()
UNION ALL
SELECT 'subject', a.alias, s.ref, s.month, s.wrapped, s.expires_at, NULL, NULL, NULL, NULL, NULL
  FROM douane.vault_alias a JOIN douane.vault_subject s ON s.client = a.client AND s.ref = a.ref
  WHERE a.client = $1 AND a.alias = ANY ($4::bytea[]) AND s.expires_at > clock_timestamp()
UNION ALL
SELECT 'token', NULL, s.ref, s.month, s.wrapped, p.expires_at, p.token, p.provider, p.purpose, p.category, p.sealed
  FROM douane.vault_pseudonym p JOIN douane.vault_subject s ON s.client = p.client AND s.ref = p.subject
  WHERE p.client = $1 AND p.token = ANY ($5::text[])
    AND p.expires_at > clock_timestamp() AND s.expires_at > clock_timestamp()`

const resolve = `
SELECT s.ref, s.month, s.wrapped, p.token, p.provider, p.purpose, p.category, p.sealed
  FROM douane.vault_pseudonym p JOIN douane.vault_subject s ON s.client = p.client AND s.ref = p.subject
  WHERE p.client = $1 AND p.provider = $2 AND p.token = ANY ($3::text[])
    AND p.expires_at > clock_timestamp() AND s.expires_at > clock_timestamp()`

const storedOf = (row: Row): StoredPseudonym => ({
  provider: row.provider as string,
  purpose: row.purpose as string,
  token: row.token as string,
  category: row.category as Category,
  subject: row.ref,
  sealed: row.sealed as Buffer,
  month: row.month as string,
  wrapped: row.wrapped as Buffer,
})

/** @param pool connections as douane_gateway */
export const openRecall = (pool: Pool): Recall => ({
  known: (ask: KnownAsk): Promise<Known> => {
    if (ask.indexes.length + ask.subjects.length + ask.tokens.length === 0)
      return Promise.resolve(nothingKnown)
    return refusing('VAULT_UNAVAILABLE', async () => {
      const { rows } = await pool.query<Row>({
        name: 'known',
        text: known,
        values: [ask.client, ask.provider, bytes(ask.indexes), bytes(ask.subjects), texts(ask.tokens)],
      })
      const pseudonyms: KnownPseudonym[] = []
      const subjects: KnownSubject[] = []
      const tokens: StoredPseudonym[] = []
      for (const row of rows) {
        const expires = row.expires_at as Date
        if (row.what === 'pseudonym') {
          pseudonyms.push({ index: row.key as Buffer, token: row.token as string, subject: row.ref, expires })
        } else if (row.what === 'subject') {
          const { month, wrapped } = storedOf(row)
          subjects.push({ asked: row.key as Buffer, ref: row.ref, month, wrapped, expires })
        } else tokens.push(storedOf(row))
      }
      return { pseudonyms, subjects, tokens }
    })
  },
  resolve: (client, provider, tokens) => {
    if (tokens.length === 0) return Promise.resolve([])
    return refusing('VAULT_UNAVAILABLE', async () => {
      const { rows } = await pool.query<Row>({
        name: 'resolve',
        text: resolve,
        values: [client, provider, texts(tokens)],
      })
      return rows.map(storedOf)
    })
  },
})

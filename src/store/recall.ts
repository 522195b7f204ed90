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

/*
 * Each question starts from what is asked and goes by index to its rows: `OFFSET 0` keeps the planner from turning a join
 * round. Left to itself it began, on tables that nobody had analysed yet, with all subjects of the client.
 */

/** Live rows of the vault by token; `of` adds to the condition. */
const byToken = (
  tokens: string,
  of: string,
): string => `(SELECT DISTINCT unnest(${tokens}::text[])) AS t(token)
  CROSS JOIN LATERAL (SELECT * FROM douane.vault_pseudonym p
    WHERE p.client = $1 AND p.token = t.token ${of} AND p.expires_at > clock_timestamp() OFFSET 0) p
  CROSS JOIN LATERAL (SELECT * FROM douane.vault_subject s
    WHERE s.client = $1 AND s.ref = p.subject AND s.expires_at > clock_timestamp() OFFSET 0) s`

const known = `
SELECT 'pseudonym' AS what, p.idx AS key, p.subject AS ref, NULL AS month, NULL::bytea AS wrapped, p.expires_at,
    p.token, NULL AS provider, NULL AS purpose, NULL AS category, NULL::bytea AS sealed
  FROM (SELECT DISTINCT unnest($3::bytea[])) AS i(idx)
  CROSS JOIN LATERAL (SELECT * FROM douane.vault_pseudonym p
    WHERE p.client = $1 AND p.provider = $2 AND p.idx = i.idx AND p.expires_at > clock_timestamp() OFFSET 0) p
UNION ALL
SELECT 'subject', s.ref, s.ref, s.month, s.wrapped, s.expires_at, NULL, NULL, NULL, NULL, NULL
  FROM (SELECT DISTINCT unnest($4::bytea[])) AS r(ref)
  CROSS JOIN LATERAL (SELECT * FROM douane.vault_subject s
    WHERE s.client = $1 AND s.ref = r.ref AND s.expires_at > clock_timestamp() OFFSET 0) s
UNION ALL
SELECT 'subject', a.alias, s.ref, s.month, s.wrapped, s.expires_at, NULL, NULL, NULL, NULL, NULL
  FROM (SELECT DISTINCT unnest($4::bytea[])) AS r(ref)
  CROSS JOIN LATERAL (SELECT * FROM douane.vault_alias a WHERE a.client = $1 AND a.alias = r.ref OFFSET 0) a
  CROSS JOIN LATERAL (SELECT * FROM douane.vault_subject s
    WHERE s.client = $1 AND s.ref = a.ref AND s.expires_at > clock_timestamp() OFFSET 0) s
UNION ALL
SELECT 'token', NULL, s.ref, s.month, s.wrapped, p.expires_at, p.token, p.provider, p.purpose, p.category, p.sealed
  FROM ${byToken('$5', '')}`

const resolve = `
SELECT s.ref, s.month, s.wrapped, p.token, p.provider, p.purpose, p.category, p.sealed
  FROM ${byToken('$3', 'AND p.provider = $2')}`

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

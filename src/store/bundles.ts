/** Policy bundles by digest, for ever, so that any past decision can be re-run. Which one is in force the log says. */
import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import type { BundleFile } from '../policy/bundle.ts'
import { bytes, texts } from './columns.ts'
import { faultOf } from './fault.ts'

export interface StoredBundle {
  readonly digest: string
  readonly files: readonly BundleFile[]
}

export interface Bundles {
  /** Keeps the files under that digest; keeping them twice is no error. */
  put(bundle: StoredBundle): Promise<void>
  get(digest: string): Promise<StoredBundle | null>
  /** Of every bundle that a record of the log speaks of and that is kept here, oldest first. */
  digests(): Promise<readonly string[]>
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** @param pool as douane_gateway; every function throws DatabaseFault */
export const openBundles = (pool: Pool): Bundles => {
  const ask = async <Row extends object>(text: string, values: unknown[]): Promise<Row[]> => {
    try {
      return (await pool.query<Row>(text, values)).rows
    } catch (error) {
      throw faultOf(error)
    }
  }
  return {
    put: async ({ digest, files }) => {
      const hashes = files.map((file) => sha256(file.text))
      const columns = [
        digest,
        texts(files.map((f) => f.path)),
        bytes(hashes),
        texts(files.map((f) => f.text)),
      ]
      await ask(
        `WITH bundle AS (INSERT INTO douane.policy_bundle (digest) VALUES ($1) ON CONFLICT DO NOTHING),
          blobs AS (INSERT INTO douane.policy_blob (sha256, content)
            SELECT DISTINCT ON (u.hash) u.hash, u.content FROM unnest($3::bytea[], $4::text[]) AS u(hash, content)
            ON CONFLICT DO NOTHING)
          INSERT INTO douane.policy_file (bundle, path, sha256)
            SELECT $1, u.path, u.hash FROM unnest($2::text[], $3::bytea[]) AS u(path, hash) ON CONFLICT DO NOTHING`,
        columns,
      )
    },
    get: async (digest) => {
      const rows = await ask<{ path: string; content: string }>(
        `SELECT f.path, b.content FROM douane.policy_file f JOIN douane.policy_blob b USING (sha256)
          WHERE f.bundle = $1 ORDER BY f.path COLLATE "C"`,
        [digest],
      )
      return rows.length === 0
        ? null
        : { digest, files: rows.map(({ path, content }) => ({ path, text: content })) }
    },
    digests: async () => {
      const rows = await ask<{ digest: string }>(
        `SELECT b.digest FROM (SELECT convert_from(body, 'UTF8')::jsonb->>'bundle' AS digest, min(idx) AS idx
            FROM douane.order_leaf WHERE kind = 5 GROUP BY 1) l
          JOIN douane.policy_bundle b USING (digest) ORDER BY l.idx`,
        [],
      )
      return rows.map(({ digest }) => digest)
    },
  }
}

/** Policy bundles by digest, for ever, so that any past decision can be re-run; and which one is active. */
import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { Misconfigured } from '../errors.ts'
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
  /** Of every bundle that was ever active, oldest first. */
  digests(): Promise<readonly string[]>
  /** @param by who, by name or role: no secret */
  activate(digest: string, by: string): Promise<void>
  active(): Promise<{ readonly digest: string; readonly by: string; readonly at: Date } | null>
}

export const channel = 'douane_policy'

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
        'SELECT bundle AS digest FROM douane.policy_activation GROUP BY bundle ORDER BY min(id)',
        [],
      )
      return rows.map(({ digest }) => digest)
    },
    activate: async (digest, by) => {
      const rows = await ask(
        `WITH a AS (INSERT INTO douane.policy_activation (bundle, by)
            SELECT digest, $2 FROM douane.policy_bundle WHERE digest = $1 RETURNING bundle)
          SELECT pg_notify('${channel}', bundle) FROM a`,
        [digest, by],
      )
      if (rows.length === 0) throw new Misconfigured(`There is no stored bundle ${digest}.`)
    },
    active: async () => {
      const [row] = await ask<{ digest: string; by: string; at: Date }>(
        'SELECT bundle AS digest, by, at FROM douane.policy_activation ORDER BY id DESC LIMIT 1',
        [],
      )
      return row ?? null
    },
  }
}

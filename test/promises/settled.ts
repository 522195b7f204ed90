/** What comes a moment behind the answers is waited for, not slept through. */
import { vi } from 'vitest'
import type { Whole } from './gateway.ts'

const openIntents = `SELECT FROM douane.audit_leaf i WHERE i.log = 0 AND i.kind = 1 AND NOT EXISTS
  (SELECT FROM douane.audit_leaf o WHERE o.log = 0 AND o.tid = i.tid AND o.attempt = i.attempt AND o.kind = 2)`

/** Everything that was answered has its outcome, and both logs are signed to their ends. */
export const settled = ({ database, installation: { trees } }: Whole): Promise<void> =>
  vi.waitFor(
    async () => {
      if (((await database.superuser.query(openIntents)).rowCount ?? 0) > 0)
        throw new Error('an outcome is missing')
      for (const stream of ['evidence', 'access'] as const)
        if ((await trees.tree(stream)).size !== (await trees.head(stream)).size)
          throw new Error('not signed yet')
    },
    { timeout: 60_000 },
  )

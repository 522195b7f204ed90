/** A legal hold: until it is lifted nothing of either log is pruned, and no detail expires. */
import { randomBytes } from 'node:crypto'
import { isoTime } from '../audit/record.ts'
import type { ConfigBody } from '../model/record.ts'
import type { LegalHold, LegalHolds } from '../admin/legal-holds.ts'
import { type PruneParts, both, upkeepOf } from './prune.ts'

const shown = (id: string, { by, roles = [], why = '', t }: ConfigBody): LegalHold => ({
  ...{ id, by, roles: [...roles], reason: why, since: t },
})

/** @param parts the same turn as pruning, so that none begins beside it */
export const openLegalHolds = ({
  trees,
  ledger,
  leaves,
}: Omit<PruneParts, 'pruner' | 'settings'>): LegalHolds => {
  const list = async (): Promise<LegalHold[]> => {
    const found = new Map<string, LegalHold>()
    for (const stream of both)
      for (const [id, record] of (await upkeepOf(trees, stream)).holds) found.set(id, shown(id, record))
    return [...found.values()]
  }
  return {
    list,
    place: (person, reason) =>
      leaves.inTurn(async () => {
        const hold = randomBytes(16).toString('hex')
        const record: ConfigBody = {
          ...{ v: 1, k: 'config', t: isoTime(new Date()), act: 'hold.placed', hold },
          ...{ by: person.who, roles: [...person.roles], why: reason },
        }
        for (const stream of both) await ledger.keep(stream, record)
        return shown(hold, record)
      }),
    lift: (person, hold, reason) =>
      leaves.inTurn(async () => {
        let was = false
        for (const stream of both) {
          const { holds, lifted } = await upkeepOf(trees, stream)
          // who did not get the answer asks again: that is the same act, not another
          was ||= holds.has(hold) || lifted.has(hold)
          if (!holds.has(hold)) continue
          await ledger.keep(stream, {
            ...{ v: 1, k: 'config', t: isoTime(new Date()), act: 'hold.lifted', hold },
            ...{ by: person.who, roles: [...person.roles], why: reason },
          })
        }
        return was
      }),
  }
}

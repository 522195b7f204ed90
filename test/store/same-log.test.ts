import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { BootChain, bootBody, genesisBody, newBoot } from '../../src/audit/chain.ts'
import { Misconfigured } from '../../src/errors.ts'
import { openLedger } from '../../src/store/ledger.ts'
import { sameLog } from '../../src/store/same-log.ts'
import { openTreeStore } from '../../src/store/tree.ts'
import { freshDatabase } from './database.ts'
import { seal } from './records.ts'

const database = await freshDatabase()
const pool = database.pool('douane_gateway')
const trees = openTreeStore(pool)

const sizes = async (): Promise<number[]> =>
  Promise.all((['evidence', 'access'] as const).map(async (stream) => (await trees.head(stream)).size))

/** A gateway with enrolment keys of its own opens the log under that name. */
const joins = async (origin: string, enrol: string): Promise<void> => {
  const boot = newBoot('i', generateKeyPairSync('ed25519').privateKey, '0.1.0')
  const ledger = await openLedger({
    pool,
    chains: { evidence: new BootChain(boot, 'evidence'), access: new BootChain(boot, 'access') },
    opening: (stream, first) => [
      bootBody(boot, {}, new Date()),
      ...(first ? [genesisBody(`${origin}/${stream}`, enrol, new Date())] : []),
    ],
    joining: (stream) => sameLog(trees, stream, `${origin}/${stream}`, [enrol], []),
    sealDetail: seal,
    allowUnsafe: true,
  })
  await ledger.stop()
}

test('a gateway with other keys, or another name, never writes into the log of a first one', async () => {
  await joins('a.example/log', 'a.example/log/enrol+00000001+AAAA')
  await joins('a.example/log', 'a.example/log/enrol+00000001+AAAA')
  const before = await sizes()
  expect(before).toEqual([3, 3])
  await expect(joins('a.example/log', 'a.example/log/enrol+00000002+BBBB')).rejects.toThrow(Misconfigured)
  await expect(joins('b.example/log', 'a.example/log/enrol+00000001+AAAA')).rejects.toThrow(
    /is a\.example\/log\/evidence, not b\.example/,
  )
  expect(await sizes()).toEqual(before)
})

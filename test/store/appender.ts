/** A gateway's ledger in a process of its own, for tests that kill it: prints the tid of each acknowledged intent. */
import { nothingToKeep } from '../../src/model/ledger.ts'
import { openDatabase } from '../../src/store/database.ts'
import { enterInstance } from '../../src/store/instance.ts'
import { detailOf, intentOf, ledgerOn, outcomeOf } from './records.ts'

const [home = '', project = ''] = process.argv.slice(2)
const database = await openDatabase({ home, project })
const pool = database.pool('douane_gateway')
const { ledger, boot, inst } = await ledgerOn(pool, { allowUnsafe: false })
await enterInstance({ pool, boot, inst, home, openFrom: ledger.openFrom, everyMs: 50 })
const loop = async (): Promise<never> => {
  for (;;) {
    const intent = intentOf()
    const { index } = await ledger.commit({ intent, detail: detailOf(), keep: nothingToKeep })
    process.stdout.write(`${intent.tid}\n`)
    if (intent.tid < '8') await ledger.close(outcomeOf(intent, index))
  }
}
await Promise.all(Array.from({ length: 16 }, loop))

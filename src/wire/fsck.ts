import { createPublicKey } from 'node:crypto'
import { readVkey } from '../audit/checkpoint.ts'
import { fsck } from '../audit/fsck.ts'
import { Report } from '../audit/verify-report.ts'
import type { Verdict } from '../audit/verify-report.ts'
import { streams } from '../model/record.ts'
import type { Stream } from '../model/record.ts'
import type { Installation } from './installation.ts'

/** Both logs of the store, read from end to end. @throws DatabaseFault */
export async function checkStore(
  { trees: store, anchor, vkeys, secrets }: Installation,
  progress?: (records: number) => void,
): Promise<{ readonly verdict: Verdict; readonly records: number }> {
  const report = new Report()
  const enrol = createPublicKey(secrets.enrolmentKey)
  let records = 0
  for (const stream of Object.keys(streams) as Stream[]) {
    const before = records
    records += await fsck({
      ...{ store, anchor, stream, log: readVkey(vkeys[stream]), enrol, report },
      progress: (read) => progress?.(before + read),
    })
  }
  return { verdict: report.verdict(), records }
}

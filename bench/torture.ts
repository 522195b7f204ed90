/**
 * `npm run torture -- --kills N --seed S [--home DIR]`: shoots gateways under load with SIGKILL and checks that no
 * byte reached the provider without a committed line (design §2.1). A further run with the same folder goes on.
 * Exit 0: no violation; 1: violations, in report.json.
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { project } from '../src/wire/project.ts'
import { told } from './torture/report.ts'
import { torture } from './torture/run.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    home: { type: 'string', default: join(project, 'torture') },
    /** Share of the instances that have their own PostgreSQL; the others share one. */
    own: { type: 'string', default: '0.1' },
    /** Share that is hit at a failpoint, each in turn in each way; the others die by chance. */
    failpoints: { type: 'string', default: '0.5' },
    slots: { type: 'string', default: '3' },
    /** Kills between two checks. */
    every: { type: 'string', default: '250' },
    /** Kills of `audit recover` after each check. */
    recoveries: { type: 'string', default: '12' },
  },
})

const report = await torture({
  home: resolve(values.home),
  kills: Number(values.kills),
  seed: Number(values.seed),
  own: Number(values.own),
  failpoints: Number(values.failpoints),
  slots: Number(values.slots),
  every: Number(values.every),
  recoveries: Number(values.recoveries),
  say: (line) => console.log(line),
})
for (const line of told(report)) console.log(line)
process.exit(report.violations.length === 0 ? 0 : 1)

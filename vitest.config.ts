import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take longest, the longest first: whichever came last would leave the other worker idle. */
const long = [
  'promises/torture',
  'docs/for-dpos-run',
  'docs/readme-run',
  'promises/failpoints',
  'promises/many-gateways',
  'cli/commands',
  'cli/reports',
  'cli/serving',
  'promises/partition',
  'promises/failpoints-upkeep',
  'promises/approved',
  'promises/pooler',
  'promises/large',
  'store/embedded',
  'promises/stopping',
  'audit/verifiers',
  'detect/linear',
  'policy/load-fuzz',
]

/** The short ones of `unit` come last: the workers then end at about the same time. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const at = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
      return (project.name === 'unit' ? long.length + 1 : 0) + (at === -1 ? long.length : at)
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

/** They watch what the whole process dials or writes, so nobody else's leavings may be in it. */
const watching = ['gateway/dialler', 'promises/no-byte-without-a-line', 'promises/nothing-leaks'].map(
  (name) => `test/${name}.test.ts`,
)

/** What is polled for comes when the machine gets to it. */
const patient = { poll: { timeout: 55_000 } }

/** `unit` needs nothing; `whole` runs against a real embedded PostgreSQL, one server a run; `apart` too, a process a file. */
export default defineConfig({
  test: {
    // Most tests wait for a database or a socket: one worker would leave half of two cores idle.
    maxWorkers: 2,
    teardownTimeout: 120_000,
    // The files of a worker share its modules (isolate: false, below), for to read them anew takes longer than most files
    // do. So a file puts back what it replaces in the process and closes what it opens (test/leavings.ts looks), and no
    // module registers hooks where it is read.
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          setupFiles: ['test/leavings.ts'],
          include: [
            'test/{house,payload,coarse,detect,law,policy,pseudonym,audit,judge,report}/**/*.test.ts',
          ],
          // Nothing is timed: a busy machine must not fail a test.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'whole',
          isolate: false,
          setupFiles: ['test/leavings.ts'],
          include: ['test/{store,config,outbound,gateway,admin,cli,promises,docs}/**/*.test.ts'],
          exclude: watching,
          globalSetup: ['test/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'apart',
          include: watching,
          globalSetup: ['test/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: patient,
        },
      },
    ],
  },
})

import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest file is short to read, so it would come last and leave the other worker idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/torture.test.ts')
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((one) => !isLong(one))]
  }
}

/** `unit` needs nothing; `whole` runs against a real embedded PostgreSQL, one server a run. */
export default defineConfig({
  test: {
    // Most tests wait for a database or a socket: one worker would leave half of two cores idle.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'test/{house,payload,coarse,detect,law,policy,pseudonym,audit,judge,report}/**/*.test.ts',
          ],
          // Nothing is timed: a busy machine must not fail a test.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'whole',
          include: ['test/{store,config,outbound,gateway,admin,cli,promises,docs}/**/*.test.ts'],
          globalSetup: ['test/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})

/** `node export-child.ts HOME OUT AT`: exports the log kept in HOME, and shoots itself at the AT-th leaf that it reads. */
import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { readVkey } from '../../src/audit/checkpoint.ts'
import { writeBundle } from '../../src/audit/bundle.ts'
import { memoryTreeStore } from '../../src/audit/memory.ts'
import { writeViews } from '../../src/report/views.ts'
import { wordsOf } from '../../src/report/words.ts'

const [home, out, at] = process.argv.slice(2)
const kept = deserialize(readFileSync(`${home}/log`))
const store = memoryTreeStore()
const rows = store.rows.evidence
rows.leaves = kept.leaves
rows.batches = kept.batches
rows.checkpoint = kept.checkpoint
let left = Number(at)
const step = (): void => {
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}
const shot = {
  ...store,
  treesOf: () => shot,
  leaves: async function* (...which: Parameters<typeof store.leaves>) {
    for await (const leaf of store.leaves(...which)) {
      step()
      yield leaf
    }
  },
}
await writeBundle(shot, {
  out: out!,
  made: new Date(),
  log: readVkey(kept.log),
  enrol: readVkey(kept.enrol),
  markEvery: 256,
  question: { lang: 'en' },
  views: {
    of: 'plain',
    write: (folder, leaves) =>
      writeViews(folder, leaves, {}, wordsOf('en', undefined), async () => undefined),
  },
})

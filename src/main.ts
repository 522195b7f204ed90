/**
 * Start: the command line, of which `serve` is one command. The only place that hands over the environment.
 *
 * What Node makes of the sources (types stripped, compiled) is kept beside the packages, where only who may change
 * the sources may write; where nobody may write, each start makes it anew.
 */
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

const kept = enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/douane'))
// A thread is an environment of its own: it is told by the variable.
if (kept.directory !== undefined) process.env.NODE_COMPILE_CACHE ??= kept.directory
const { run } = await import('./cli/run.ts')
// A gateway may be killed before it ends: what was compiled to start it is written now.
flushCompileCache()

process.exitCode = await run(process.argv.slice(2), process.env)

/** Start: the command line, of which `serve` is one command. The only place that hands over the environment. */
import { run } from './cli/run.ts'

process.exitCode = await run(process.argv.slice(2), process.env)

/** The verifiers in Go and Python, asked about exports. */
import { execFileSync, spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const here = (path: string): string => resolve(import.meta.dirname, '../../verifiers', path)

/** An export, the file of pins, and files that its reader has besides, by the options that name them. */
export interface Asking {
  readonly dir: string
  readonly pin: string
  readonly ask?: Readonly<Partial<Record<'pin-root' | 'pin-tsa' | 'witnesses' | 'earlier', string>>>
}

export const noGo = spawnSync('go', ['version']).status !== 0
const known = 'import cryptography; assert int(cryptography.__version__.split(".")[0]) >= 40'
/** Or cryptography is older than 40. */
export const noPython = spawnSync('python3', ['-c', known]).status !== 0

/** Exit codes. @param folder where the program is put */
export const askGo = (folder: string, all: readonly Asking[]): readonly (number | null)[] => {
  const program = join(folder, 'verify')
  const built = spawnSync('go', ['build', '-mod=vendor', '-o', program, '.'], {
    cwd: here('go'),
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'local', GOPROXY: 'off' },
  })
  if (built.status !== 0) throw new Error(built.stderr)
  return all.map(({ dir, pin, ask = {} }) => {
    const besides = Object.entries(ask).flatMap(([option, file]) => [`--${option}`, file])
    return spawnSync(program, ['--pin', pin, ...besides, dir]).status
  })
}

const script = [
  'import json, sys',
  'from douane_verify import verify',
  'read = lambda path, otherwise=None: open(path, "rb").read() if path else otherwise',
  'for dir, pin, ask in json.load(sys.stdin): print(verify(dir, read(pin), read(ask.get("pin-root"), b""), read(ask.get("witnesses")), read(ask.get("earlier")), read(ask.get("pin-tsa"), b"")).exit)',
].join('\n')

/** Exit codes. */
export const askPython = (all: readonly Asking[]): readonly number[] => {
  const printed = execFileSync('python3', ['-B', '-c', script], {
    cwd: here('python'),
    input: JSON.stringify(all.map(({ dir, pin, ask = {} }) => [dir, pin, ask])),
    encoding: 'utf8',
  })
  return printed.trim().split('\n').map(Number)
}

/**
 * `node bench/verify.ts [RECORDS] [--seal N] [--all] [--json FILE]`: how long an export takes, how long an auditor's
 * laptop takes to verify it, and how much memory each. Log, export and verification are processes of their own, so that
 * none's memory counts for another's. `--seal`: records under one seal (a busy gateway gathers dozens, an idle one
 * has two); `--all`: the verifiers in Go and Python too.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seal: { type: 'string', default: '32' },
    all: { type: 'boolean', default: false },
    json: { type: 'string' },
    /** One step, in a process of its own. */
    step: { type: 'string' },
    home: { type: 'string', default: '' },
  },
})
const records = Number(positionals[0] ?? 200_000)
const home = flags.home
const [pin, bundle] = [`${home}.pin`, `${home}.export`]

const opened = async () => {
  const { readSettings } = await import('../src/config/settings.ts')
  const { openInstallation } = await import('../src/wire/installation.ts')
  return openInstallation(readSettings({}, home))
}

const steps: Record<string, () => Promise<number>> = {
  async write() {
    const { makeKeys, prepareHome } = await import('./torture/home.ts')
    const { fill } = await import('./log/fill.ts')
    prepareHome(home, 9)
    makeKeys(home)
    const installation = await opened()
    try {
      writeFileSync(pin, Object.values(installation.vkeys).join('\n'))
      // of seven transfers one is refused: 13 records
      const transfers = Math.ceil((records * 7) / 13)
      return await fill({ installation, transfers, batch: Number(flags.seal), said: console.error })
    } finally {
      await installation.stop()
    }
  },
  async export() {
    const { exportTo } = await import('../src/wire/export.ts')
    const installation = await opened()
    try {
      return (await exportTo(installation, { out: bundle, withAccess: false })).logs[0]?.size ?? 0
    } finally {
      await installation.stop()
    }
  },
  async verify() {
    const { verifyBundle } = await import('../src/audit/verify.ts')
    const verdict = await verifyBundle(bundle, readFileSync(pin, 'utf8'))
    if (verdict.exit !== 0)
      throw new Error(`the bundle does not verify: ${JSON.stringify(verdict.findings.slice(0, 5))}`)
    return verdict.logs[0]?.size ?? 0
  },
}

interface Took {
  readonly step: string
  readonly records: number
  readonly seconds: number
  readonly processor: number
  readonly megabytes: number
}

/** In a process of its own, which tells its own time and memory; the processor's includes its threads. */
const play = (step: string, folder: string): Took => {
  // as bin/douane starts a command
  const lean = ['--expose-gc', '--max-semi-space-size=8']
  const args = [
    ...lean,
    import.meta.filename,
    String(records),
    '--seal',
    flags.seal,
    '--step',
    step,
    '--home',
    folder,
  ]
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${step} ended with ${status}`)
  return JSON.parse(stdout) as Took
}

const foreign = (step: string, file: string, args: readonly string[], cwd: string): Partial<Took> => {
  const began = performance.now()
  const { status } = spawnSync(file, args, { cwd, stdio: 'ignore' })
  return { step, seconds: status === 0 ? (performance.now() - began) / 1000 : Number.NaN }
}

if (flags.step === undefined) {
  const around = mkdtempSync(join(tmpdir(), 'douane-verify-'))
  chmodSync(around, 0o711)
  const folder = join(around, 'home')
  const verifiers = resolve(import.meta.dirname, '../verifiers')
  try {
    const took: Partial<Took>[] = ['write', 'export', 'verify'].map((step) => play(step, folder))
    if (flags.all) {
      const program = join(around, 'verify-go')
      spawnSync('go', ['build', '-o', program, '.'], { cwd: join(verifiers, 'go'), stdio: 'inherit' })
      const given = [`${folder}.export`, '--pin', `${folder}.pin`]
      took.push(foreign('verify in Go', program, [...given.slice(1), given[0] as string], around))
      took.push(
        foreign('verify in Python', 'python3', ['-m', 'douane_verify', ...given], join(verifiers, 'python')),
      )
    }
    console.table(took)
    if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(took, null, 2)}\n`)
  } finally {
    rmSync(around, { recursive: true, force: true })
  }
} else {
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  const done = await (steps[flags.step] as () => Promise<number>)()
  const { user, system } = process.cpuUsage(cpu)
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1))
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  const took: Took = {
    step: flags.step,
    records: done,
    seconds,
    processor: Number(((user + system) / 1e6).toFixed(1)),
    megabytes,
  }
  process.stdout.write(JSON.stringify(took))
}

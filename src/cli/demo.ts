import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { verifyBundle } from '../audit/verify.ts'
import { readSettings } from '../config/settings.ts'
import { mintDemoKeys, prepareDemoHome } from '../demo/home.ts'
import { play } from '../demo/play.ts'
import { type Offices, openOffices } from '../demo/providers.ts'
import { openLog } from '../telemetry/log.ts'
import { openGateway } from '../wire/gateway.ts'
import { openInstallation } from '../wire/installation.ts'
import { takeUpFolder } from '../wire/policy.ts'
import { exportTo } from '../wire/export.ts'
import type { Lang } from '../lang.ts'
import { langOption } from './lang.ts'
import type { Printer } from './print.ts'
import type { Call } from './call.ts'

/** `douane demo`: a temporary home, free ports, beside whatever runs. */
export function demoCommand(program: Command, { print, exit, says }: Call): void {
  program
    .command('demo')
    .description(
      says(
        'six transfers from end to end, then the log exported and verified',
        'six envois de bout en bout, puis le journal exporté et vérifié',
      ),
    )
    .addOption(langOption(says))
    .action(async ({ lang }: { lang: Lang }) => {
      const home = mkdtempSync(join(tmpdir(), 'douane-demo-'))
      // PostgreSQL runs as another user when we are root: it must be able to pass.
      chmodSync(home, 0o711)
      const offices = await openOffices({ payroll: 0, support: 0, invoices: 0 })
      try {
        exit(await show(home, offices, print(), lang))
      } finally {
        await offices.stop()
        rmSync(home, { recursive: true, force: true })
      }
    })
}

async function show(home: string, offices: Offices, print: Printer, lang: Lang): Promise<number> {
  prepareDemoHome(home, offices.ports, { data: 0, control: 0 })
  const settings = readSettings({}, home)
  const log = openLog('warn')
  const installation = await openInstallation(settings)
  try {
    await takeUpFolder(installation, join(home, 'policies'), 'demo')
    const keys = mintDemoKeys(installation.keyRing)
    const running = await openGateway(installation, log)
    const played = await play(running, offices, keys, print, lang).finally(() => running.stop())
    const out = join(home, 'export')
    await exportTo(installation, { out, withAccess: true, lang })
    const pin = join(home, 'pinned.vkey')
    writeFileSync(pin, `${Object.values(installation.vkeys).join('\n')}\n`)
    const verdict = await verifyBundle(out, Object.values(installation.vkeys).join('\n'))
    const logs = verdict.logs.map(({ origin, size }) => ({
      en: `${size} records of ${origin}`,
      fr: `${size} enregistrements de ${origin}`,
    }))
    print.line(`${{ en: 'The log:', fr: 'Le journal :' }[lang]} ${logs.map((one) => one[lang]).join(', ')}`)
    print.line(
      verdict.exit === 0
        ? {
            en: 'exported and verified against pinned keys',
            fr: 'exporté et vérifié avec des clés de référence',
          }[lang]
        : { en: 'the exported log does NOT verify', fr: 'le journal exporté ne se vérifie PAS' }[lang],
    )
    print.value({ transfers: played, log: verdict })
    return verdict.exit === 0 && played.every(({ asExpected }) => asExpected) ? 0 : 1
  } finally {
    await installation.stop()
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Settings } from '../config/settings.ts'
import { type DemoKeys, mintDemoKeys, prepareDemoHome, wantedPorts } from '../demo/home.ts'
import { type Offices, openOffices } from '../demo/providers.ts'
import { Misconfigured } from '../errors.ts'
import { adequacy } from '../law/adequacy.ts'
import { inEea } from '../law/territory.ts'
import type { Bundle } from '../policy/bundle.ts'
import { storedBundle, takeUpFolder } from '../wire/policy.ts'
import { failure, openLog } from '../telemetry/log.ts'
import { type Running, openGateway } from '../wire/gateway.ts'
import { type Installation, openInstallation, version } from '../wire/installation.ts'
import { type Place, placeOf, policiesOf, settingsOf } from './place.ts'
import type { Printer } from './print.ts'
import type { Call } from './run.ts'

/** `douane serve [--demo]` */
export function serveCommand(program: Command, { env, print }: Call): void {
  program
    .command('serve')
    .option('--demo', 'with demo policies, data and providers, on loopback')
    .description('run the gateway until SIGTERM or SIGINT')
    .action(async ({ demo = false }: { demo?: boolean }) => {
      const place = placeOf(env, demo)
      if (!demo) return serve(place, print())
      const offices = await openOffices(wantedPorts)
      try {
        prepareDemoHome(place.home, offices.ports)
        await serve(place, print(), offices)
      } finally {
        await offices.stop()
      }
    })
}

async function serve(place: Place, print: Printer, offices?: Offices): Promise<void> {
  // Asked for first: a signal during start-up must stop what is being started, too.
  const signal = nextSignal()
  const settings = settingsOf(place)
  const log = openLog(settings.log_level)
  log['process.started']({ version, home: settings.home, node: process.version })
  const installation = await openInstallation(settings, {
    onFault: (error) => log['store.unavailable']({ error }),
  })
  try {
    const bundle = await bundleToServe(installation, place, log)
    checkReadiness(settings, bundle, new Date())
    // Only now, with the database's keys in place, does the demo mint its own.
    const keys = offices === undefined ? undefined : mintDemoKeys(settings.home)
    const running = await openGateway(installation, log)
    greet(running, place, print, offices, keys)
    log['process.stopping']({ signal: await signal })
    const began = performance.now()
    const cut = await running.stop()
    log['process.stopped']({ ms: performance.now() - began, cut })
  } finally {
    await installation.stop()
  }
}

async function bundleToServe(
  installation: Installation,
  place: Place,
  log: ReturnType<typeof openLog>,
): Promise<Bundle> {
  try {
    const taken = await takeUpFolder(installation, policiesOf(place), 'start')
    if (taken !== null) return taken
  } catch (error) {
    log['policy.invalid']({ ...failure(error) } as never)
    throw error
  }
  const active = await installation.bundles.active()
  log['policy.invalid']({ file: policiesOf(place) })
  return storedBundle(installation.bundles, (active as NonNullable<typeof active>).digest)
}

/**
 * Where the vault stands decides whether pseudonymisation is a measure at all (EDPB Recs 01/2020 §85 no. 2).
 * @throws Misconfigured
 */
export function checkReadiness(settings: Settings, bundle: Bundle, now: Date): void {
  if (![...bundle.clients.values()].some(({ status }) => status === 'approved')) {
    throw new Misconfigured('no approved client in policies/register/clients: nobody could send anything')
  }
  const { region } = settings
  if (region === undefined) {
    throw new Misconfigured(
      'region is missing in douane.yaml (or DOUANE_REGION): the country of gateway and vault',
    )
  }
  const on = now.toISOString().slice(0, 10)
  const recipient = { scope_facts: {}, subjects: [] }
  if (!inEea(bundle.law, region) && adequacy(bundle.law, region, recipient, on).state !== 'valid') {
    throw new Misconfigured(
      `region ${region} is outside the EEA and without an adequacy decision: the vault may not stand there`,
    )
  }
}

const nextSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve(name))
  })

/** Under fifteen lines, and one of them to paste. */
function greet(running: Running, { home }: Place, print: Printer, offices?: Offices, keys?: DemoKeys): void {
  const data = `http://${running.data.address}:${running.data.port}`
  const control = `http://${running.control.address}:${running.control.port}`
  print.line(`Douane ${version}  home ${home}`)
  print.line(`data plane     ${data}/to/{provider}/…`)
  print.line(`control plane  ${control}/v1/…`)
  print.value({ data, control, home, ...(keys === undefined ? {} : { keys }) })
  if (offices === undefined || keys === undefined) return
  // As it is spelt in the file: 3120.50 must not become 3120.5 before it is even sent.
  const file = join(import.meta.dirname, '../demo/payloads/hello.json')
  const body = readFileSync(file, 'utf8').replaceAll(/\n\s*/g, '')
  print.line('Paste this: a payroll record goes to Antananarivo pseudonymised and comes home restored.')
  print.line('What the office received is shown here.')
  print.line()
  print.line(
    `curl -s ${data}/to/tana-paie/lots -H 'Authorization: Bearer ${keys.clients.moreau}' -H 'Content-Type: application/json' -d '${body}'`,
  )
  print.line()
  offices.onReceived((received) => {
    if (received.office === 'payroll') print.line(`Tana Paie received: ${received.body.slice(0, 2_000)}`)
  })
}

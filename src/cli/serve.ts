import type { Command } from 'commander'
import { openLoader } from '../admin/loader.ts'
import { mintDemoKeys, prepareDemoHome, wantedPorts } from '../demo/home.ts'
import { type Offices, openOffices } from '../demo/providers.ts'
import { PolicyInvalid } from '../errors.ts'
import type { Lang } from '../lang.ts'
import type { Bundle } from '../policy/bundle.ts'
import { loadFolder } from '../policy/load.ts'
import { type Log, openLog } from '../telemetry/log.ts'
import { openGateway } from '../wire/gateway.ts'
import { type Installation, openInstallation } from '../wire/installation.ts'
import { version } from '../wire/project.ts'
import { within } from '../wire/patience.ts'
import { type PolicyFolder, logFaults, openFolder } from '../wire/policy.ts'
import { greet } from './greet.ts'
import { langOption } from './lang.ts'
import { type Place, placeOf, policiesOf, settingsOf } from './place.ts'
import type { Printer } from './print.ts'
import { checkReadiness } from './readiness.ts'
import type { Call } from './call.ts'
import { type StopAsked, listenForStop } from './signals.ts'

/** `douane serve [--demo]` */
export function serveCommand(program: Command, { env, print, says }: Call): void {
  program
    .command('serve')
    .option(
      '--demo',
      says(
        'with demo policies, data and providers, on loopback',
        'avec des politiques, données et prestataires de démonstration, en boucle locale',
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'run the gateway until SIGTERM or SIGINT; edits of policies/ are taken up as they are made',
        "fait tourner la passerelle jusqu'à SIGTERM ou SIGINT ; les modifications de policies/ sont prises en compte au fur et à mesure",
      ),
    )
    .action(async ({ demo = false, lang }: { demo?: boolean; lang: Lang }) => {
      // Asked for first: a signal during start-up must stop what is being started, too.
      const stop = listenForStop()
      try {
        const place = placeOf(env, demo)
        if (!demo) return await serve(place, print(), lang, stop)
        const offices = await openOffices(wantedPorts)
        try {
          prepareDemoHome(place.home, offices.ports)
          await serve(place, print(), lang, stop, offices)
        } finally {
          await offices.stop()
        }
      } finally {
        stop.end()
      }
    })
}

async function serve(
  place: Place,
  print: Printer,
  lang: Lang,
  stop: StopAsked,
  offices?: Offices,
): Promise<void> {
  const settings = settingsOf(place)
  const log = openLog(settings.log_level)
  log['process.started']({ version, home: settings.home, node: process.version })
  // Before anything is started: a home that cannot serve says so at once.
  const draft = await loadFolder(policiesOf(place)).catch(unlessInvalid)
  if (draft !== undefined) checkReadiness(settings, draft, new Date())
  const loader = openLoader({ onLost: (why) => log['policy.unread']({ why }) })
  const installation = await openInstallation(settings, {
    loader,
    onFault: (error) => log['store.unavailable']({ error }),
  })
  try {
    const folder = openFolder(installation, policiesOf(place), log)
    checkReadiness(settings, await bundleToServe(installation, folder, log), new Date())
    if (stop.already()) return
    // Only now, with the database's keys in place, does the demo mint its own.
    const demo = offices === undefined ? undefined : { offices, keys: mintDemoKeys(installation.keyRing) }
    const running = await openGateway(installation, log)
    const following = folder.follow()
    greet(running, { ...place, scheme: settings.tls === undefined ? 'http' : 'https' }, print, lang, demo)
    const signal = await stop.asked
    const began = performance.now()
    log['process.stopping']({ signal })
    await within(3_000, following.stop())
    const cut = await running.stop()
    log['process.stopped']({ ms: performance.now() - began, cut })
  } finally {
    await loader.stop()
    await installation.stop()
  }
}

const unlessInvalid = (error: unknown): undefined => {
  if (!(error instanceof PolicyInvalid)) throw error
}

/**
 * The one that will decide: the folder's, or if that has a fault, waits for approval or was left by a rollback,
 * the one in force; a draft if there is none yet. @throws PolicyInvalid if there is none at all
 */
async function bundleToServe({ book }: Installation, folder: PolicyFolder, log: Log): Promise<Bundle> {
  const inForce = async (): Promise<Bundle | null> => {
    const { active } = (await book.read()).orders
    return active === undefined ? null : book.bundleOf(active.bundle)
  }
  try {
    const { bundle, standing } = await folder.takeUp('start')
    if (standing === 'active') return bundle
    log['policy.waits']({ bundle: bundle.digest, standing })
    return (await inForce()) ?? bundle
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error
    logFaults(log, error)
    const bundle = await inForce()
    if (bundle === null) throw error
    return bundle
  }
}

/** A running gateway: both planes over one installation. */
import type { AddressInfo } from 'node:net'
import { openAside } from '../admin/aside.ts'
import { exporter } from '../admin/export.ts'
import { controlPlane } from '../admin/serve.ts'
import { accessBody } from './access.ts'
import { readDialCa } from '../config/dial-ca.ts'
import { Misconfigured, Refused } from '../errors.ts'
import { openForwarder } from '../gateway/forward.ts'
import { openIssuerKeys } from '../gateway/issuer-keys.ts'
import { createGateway } from '../gateway/serve.ts'
import { openLine } from '../gateway/to.ts'
import { openTokens } from '../gateway/token.ts'
import { openTurnstile } from '../gateway/turnstile.ts'
import { type Log, failure } from '../telemetry/log.ts'
import { openMetrics } from '../telemetry/metrics.ts'
import { openPresidio } from '../outbound/presidio.ts'
import { openHall } from '../judge/hall.ts'
import { defaultLimits } from '../payload/read.ts'
import { openControlDoor } from './control-door.ts'
import { exportAside, removeLeftExports } from './export.ts'
import { openLegalHolds } from './holds.ts'
import type { Installation } from './installation.ts'
import { within } from './patience.ts'
import { type PolicyInForce, openPolicy } from './policy.ts'
import { openKeeping } from './rounds.ts'

export interface Running {
  readonly data: AddressInfo
  readonly control: AddressInfo
  /** Drains, integrates what is left, closes. @returns transfers that were cut */
  stop(): Promise<number>
}

/**
 * Opens both doors. The policy in force must be in the store already (`takeUpFolder`).
 * @throws Misconfigured if an address cannot be listened on; whatever was opened by then is closed again
 */
export async function openGateway(installation: Installation, log: Log): Promise<Running> {
  const { settings, ledger, signer, vkeys } = installation
  const opened: (() => unknown)[] = []
  /** What was opened last is closed first. */
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0).toReversed()) await one()
  }
  try {
    if (installation.database.alone) await removeLeftExports(settings.home)
    const metrics = openMetrics()
    metrics.watch('douane_log_queue', 'Records that wait for the database.', () => ledger.queued())
    const keeping = await openKeeping(installation, log)
    opened.push(() => keeping.stop())
    metrics.watch(
      'douane_log_pruning_waits_days',
      'Days for which a record that says it is of later keeps records whose retention is over.',
      () => keeping.pruningWaits(),
    )
    if (settings.witness !== undefined)
      metrics.watch(
        'douane_log_witnessed_size',
        'Records under the newest witnessed head.',
        () => keeping.witnessed() ?? 0,
      )
    const policy = await openPolicy(installation, log)
    opened.push(() => within(3_000, policy.stop()))
    const ca = readDialCa(settings)
    const forwarder = openForwarder(settings, ca)
    opened.push(() => forwarder.close())
    const issuers = openIssuerKeys(settings.dial_exceptions, ca)
    opened.push(() => issuers.close())
    const aside = openAside({ ms: installation.deadlines.aside })
    opened.push(() => aside.stop())

    const analyser =
      settings.analyser && openPresidio(settings.analyser, settings, { ca: readDialCa(settings) })
    opened.push(() => analyser?.close())
    const hall = openHall({
      analyser,
      threads: settings.limits.inspect_threads,
      ms: settings.limits.inspect_ms,
      memoryMb: memoryOf(settings.limits.body_bytes),
      queue: settings.limits.in_flight,
      limits: { ...defaultLimits, fields: settings.limits.fields },
      onFault: (error) => log['classify.failed'](failure(error)),
    })
    opened.push(() => hall.stop())

    const turnstile = openTurnstile(settings.limits)
    const origins: string[] = []
    const gateway = createGateway({
      settings,
      turnstile,
      log,
      metrics,
      handle: openLine({
        settings,
        keys: installation.keyRing,
        tokens: openTokens(settings.audience ?? settings.name, issuers),
        turnstile,
        limits: settings.limits,
        policy: () => {
          if (keeping.brokenBecause() !== null) throw new Refused('LOG_UNAVAILABLE')
          return policy.current()
        },
        detector: installation.detector,
        hall,
        pseudonymKeys: installation.keys,
        recall: installation.recall,
        ledger,
        forwarder,
        credentials: installation.credentials,
        engine: installation.engine,
        awaited: (what, index) => keeping.awaited(what, index),
        waits: settings.witness === undefined ? ['integrated'] : ['integrated', 'witnessed'],
        origins,
        log,
        metrics,
      }),
    })
    const exports = exporter((ask) => exportAside(installation, ask))
    opened.push(() => exports.stop())
    const control = openControlDoor(
      settings,
      controlPlane({
        installation: {
          transfers: installation.transfers,
          trees: installation.trees,
          origins: { evidence: signer.evidence.name, access: signer.access.name },
          vkey: vkeys.evidence,
        },
        keys: installation.keyRing,
        policy: () => policy.current(),
        bundleOf: installation.book.bundleOf,
        loader: installation.loader,
        book: installation.book,
        holds: openLegalHolds(installation),
        keepBundle: (bundle) => installation.bundles.put(bundle),
        identifiers: (text) => installation.detector.identifiers(text),
        problems: () =>
          problemsOf(ledger.closedBecause() ?? ledger.trouble(), keeping.brokenBecause(), policy),
        looked: async (person, act, count, filter) => {
          await ledger.append(accessBody(person.who, person.roles, act, count, filter))
        },
        page: () => metrics.page(),
        region: settings.region,
        aside,
        exports,
        bodyMs: settings.limits.body_ms,
        log,
      }),
      log,
    )

    const data = await gateway.listen()
    let cut = 0
    opened.push(
      () => control.close(),
      async () => void (cut = await gateway.drain()),
    )
    origins.push(`${settings.tls === undefined ? 'http' : 'https'}://${settings.data.host}:${data.port}`)
    const stop = async (): Promise<number> => {
      await close()
      return cut
    }
    return { data, control: await control.listen(), stop }
  } catch (error) {
    await close()
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall !== 'listen') throw error
    throw new Misconfigured(`cannot listen: ${code}`, `écoute impossible : ${code}`)
  }
}

/** Mebibytes of one inspecting thread: what it starts with, and what the largest body may grow to. */
const memoryOf = (bodyBytes: number): number => 512 + 128 * Math.ceil(bodyBytes / 1_048_576)

/** Why transfers would be refused now. */
const problemsOf = (...[closed, broken, policy]: [string | null, string | null, PolicyInForce]): string[] => {
  const found = [closed, broken].filter((problem) => problem !== null)
  try {
    policy.current()
  } catch (thrown) {
    found.push(thrown instanceof Refused ? thrown.message : 'the policy cannot be read')
  }
  return found
}

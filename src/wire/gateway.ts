/** A running gateway: both planes over one installation. */
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { controlPlane } from '../admin/serve.ts'
import { isoTime } from '../audit/record.ts'
import { acceptsFrom, readTls } from '../config/listen-address.ts'
import { readDialCa } from '../config/dial-ca.ts'
import { Misconfigured, Refused } from '../errors.ts'
import { openForwarder } from '../gateway/forward.ts'
import { createGateway } from '../gateway/serve.ts'
import { openLine } from '../gateway/to.ts'
import { openTurnstile } from '../gateway/turnstile.ts'
import type { Log } from '../telemetry/log.ts'
import { openMetrics } from '../telemetry/metrics.ts'
import type { Installation } from './installation.ts'
import { within } from './patience.ts'
import { openPolicy } from './policy.ts'
import { openKeeping } from './rounds.ts'

export interface Running {
  readonly data: AddressInfo
  readonly control: AddressInfo
  /** Drains, integrates what is left, closes. @returns transfers that were cut */
  stop(): Promise<number>
}

/**
 * Opens both doors. The policy in force must be in the store already (`takeUpFolder`).
 * @throws Misconfigured if an address cannot be listened on
 */
export async function openGateway(installation: Installation, log: Log): Promise<Running> {
  const { settings, ledger, keyRing, detector } = installation
  const metrics = openMetrics()
  const policy = await openPolicy(installation, log)
  const keeping = await openKeeping(installation, log)
  const turnstile = openTurnstile(settings.limits)
  const forwarder = openForwarder(settings, readDialCa(settings))
  metrics.watch('douane_log_queue', 'Records that wait for the database.', () => ledger.queued())

  const scheme = settings.tls === undefined ? 'http' : 'https'
  const origins: string[] = []
  const gateway = createGateway({
    settings,
    turnstile,
    log,
    metrics,
    handle: openLine({
      settings,
      keys: keyRing,
      turnstile,
      limits: settings.limits,
      policy: () => {
        if (keeping.brokenBecause() !== null) throw new Refused('LOG_UNAVAILABLE')
        return policy.current()
      },
      detector,
      pseudonymKeys: installation.keys,
      recall: installation.recall,
      ledger,
      forwarder,
      credentials: installation.credentials,
      engine: installation.engine,
      integrated: (index) => keeping.integrated(index),
      origins,
      log,
      metrics,
    }),
  })

  const admin = controlPlane({
    installation: {
      bundles: installation.bundles,
      transfers: installation.transfers,
      trees: installation.trees,
      detector,
      origins: { evidence: installation.signer.evidence.name, access: installation.signer.access.name },
      vkey: installation.vkeys.evidence,
    },
    keys: keyRing,
    policy: () => policy.current(),
    problems: () => {
      const found = [ledger.closedBecause(), keeping.brokenBecause()].filter((problem) => problem !== null)
      try {
        policy.current()
      } catch (thrown) {
        found.push(thrown instanceof Refused ? thrown.message : 'the policy cannot be read')
      }
      return found
    },
    looked: async (person, act, count, filter) => {
      await ledger.append({
        v: 1,
        k: 'access',
        t: isoTime(new Date()),
        who: person.who,
        roles: person.roles,
        act,
        ...(filter === undefined ? {} : { filter }),
        count,
      })
    },
    page: () => metrics.page(),
    region: settings.region,
    log,
  })
  const tls = readTls(settings.home, settings)
  const accepts = acceptsFrom(settings)
  const control =
    tls === undefined ? createServer(admin) : createTlsServer({ ...tls, minVersion: 'TLSv1.2' }, admin)
  control.on('connection', (socket) => void (accepts(socket.remoteAddress) || socket.destroy()))

  const stop = async (): Promise<number> => {
    const cut = await gateway.drain()
    control.close()
    control.closeAllConnections()
    await forwarder.close()
    await within(3_000, policy.stop())
    await keeping.stop()
    return cut
  }
  try {
    const data = await gateway.listen()
    origins.push(`${scheme}://${settings.data.host}:${data.port}`)
    const address = await new Promise<AddressInfo>((done, fail) => {
      control.once('error', fail)
      control.listen(settings.control.port, settings.control.host, () =>
        done(control.address() as AddressInfo),
      )
    })
    log['plane.listening']({
      plane: 'control',
      host: address.address,
      port: address.port,
      tls: tls !== undefined,
    })
    return { data, control: address, stop }
  } catch (error) {
    await stop()
    const code = (error as NodeJS.ErrnoException).code
    throw code === undefined ? error : new Misconfigured(`cannot listen: ${code}`)
  }
}

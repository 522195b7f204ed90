import type { Command } from 'commander'
import { runningLifts } from '../admin/order-handlers.ts'
import { storedBundle } from '../admin/stored-bundle.ts'
import { Misconfigured, PolicyInvalid } from '../errors.ts'
import type { Shape } from '../judge/shape.ts'
import { openTraffic, type ProviderTraffic, trafficLines } from '../judge/traffic.ts'
import { civilDate, isCivilDate } from '../law/date.ts'
import type { Bundle } from '../policy/bundle.ts'
import { type Diff, diffBundles } from '../policy/compare/diff.ts'
import { NotComparable } from '../policy/compare/findings.ts'
import { diffLines } from '../policy/compare/words.ts'
import type { Lift } from '../policy/orders.ts'
import { readFolder } from '../policy/folder.ts'
import { loadFiles } from '../policy/load.ts'
import { printFaults } from './faults.ts'
import { langOption } from './lang.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'
import type { Lang } from '../lang.ts'

interface DiffOptions {
  readonly lang: Lang
  readonly from?: string
  readonly days?: string
}

const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

interface Compared {
  readonly bundles: readonly Bundle[]
  /** Overrides that run now; none where no store was asked. */
  readonly lifts: readonly Lift[]
}

/** A folder, or a bundle that this home's store holds: its digest, or `active`. */
async function bundlesOf(names: readonly string[], env: NodeJS.ProcessEnv): Promise<Compared> {
  const stored = names.filter((name) => isDigest(name) || name === 'active')
  let lifts: readonly Lift[] = []
  const kept =
    stored.length === 0
      ? new Map<string, Bundle>()
      : await visit(placeOf(env), 'policy diff', async ({ bundles, book }) => {
          const { orders, now } = await book.read()
          const { active } = orders
          lifts = runningLifts(orders, now)
          const found = new Map<string, Bundle>()
          for (const name of stored) {
            const digest = name === 'active' ? active?.bundle : name
            const bundle = digest === undefined ? null : await storedBundle(bundles)(digest)
            if (bundle === null)
              throw new Misconfigured(
                `There is no bundle ${name} in this home's store.`,
                `Il n'y a pas de politique ${name} parmi celles que garde cette installation.`,
              )
            found.set(name, bundle)
          }
          return { result: found, count: found.size, filter: stored.join(' ').slice(0, 200) }
        })
  const bundles = await Promise.all(
    names.map(async (name) => kept.get(name) ?? loadFiles(await readFolder(name))),
  )
  return { bundles, lifts }
}

/** As gateway/records.ts wrote it. */
const shapeIn = (detail: Buffer | undefined): Shape | undefined =>
  detail === undefined ? undefined : (JSON.parse(detail.toString('utf8')) as { shape: Shape }).shape

/** A page at a time: what is held in memory does not grow with the traffic. */
const trafficOf = (before: Bundle, after: Bundle, days: number, now: Date, env: NodeJS.ProcessEnv) =>
  visit(placeOf(env), 'policy diff', async ({ transfers, settings }) => {
    const traffic = openTraffic(before, after, settings.region)
    let count = 0
    for await (const { record, detail } of transfers.since(new Date(now.getTime() - days * 86_400_000))) {
      count++
      if (record.k === 'intent') traffic.passed(record, shapeIn(detail))
      else traffic.refused(record.provider)
    }
    return { result: traffic.result(), count, filter: `${days} days` }
  })

/** `douane policy diff` */
export function policyDiffCommand(policy: Command, { env, print, exit, says }: Call): void {
  policy
    .command('diff')
    .argument(
      '<old>',
      says(
        'a policies folder, the digest of a bundle of this home, or active',
        "un dossier de politiques, l'empreinte d'une politique conservée, ou active",
      ),
    )
    .argument('<new>', says('likewise', 'de même'))
    .option(
      '--from <date>',
      says(
        'first day compared; default: today, where each client is',
        "premier jour comparé ; à défaut : aujourd'hui, là où se trouve chaque client",
      ),
    )
    .option(
      '--days <n>',
      says(
        'also decide the transfers of the last n days again, from what this home keeps of them',
        "décide aussi à nouveau les envois des n derniers jours, d'après ce qui en est conservé",
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'every decision that becomes looser or stricter, over all routes, days, categories and confidences: 0 none is looser, 1 some are, or may be, 2 it could not be compared',
        'chaque décision qui devient plus permissive ou plus stricte, sur toutes les routes, tous les jours, catégories et confiances : 0 aucune plus permissive, 1 il y en a, ou il peut y en avoir, 2 comparaison impossible',
      ),
    )
    .action(async (old: string, fresh: string, { lang, from, days }: DiffOptions) => {
      if (from !== undefined && !isCivilDate(from))
        throw new Misconfigured('--from takes a day: 2026-12-31', '--from demande un jour : 2026-12-31')
      if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
        throw new Misconfigured('--days takes a number of days: 7', '--days demande un nombre de jours : 7')
      const to = print()
      let diff: Diff
      let traffic: readonly ProviderTraffic[] | undefined
      try {
        const { bundles, lifts } = await bundlesOf([old, fresh], env)
        const [before, after] = bundles
        if (before === undefined || after === undefined) return
        const now = new Date()
        diff = diffBundles(before, after, (zone) => from ?? civilDate(now, zone), lifts)
        if (days !== undefined) traffic = await trafficOf(before, after, Number(days), now, env)
      } catch (error) {
        // 1 would say that something becomes looser.
        if (error instanceof PolicyInvalid) printFaults(error.faults, to, lang)
        else if (error instanceof NotComparable) throw new Misconfigured(error.says.en, error.says.fr)
        else throw error
        return exit(2)
      }
      for (const line of diffLines(diff, lang)) to.line(line)
      if (traffic !== undefined) for (const line of trafficLines(traffic, Number(days), lang)) to.line(line)
      to.value(traffic === undefined ? diff : { ...diff, traffic })
      if (diff.loosens) exit(1)
    })
}

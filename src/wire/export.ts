/** What an auditor takes home, of an installation. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type WrittenBundle, writeBundle } from '../audit/bundle.ts'
import { readVkey } from '../audit/checkpoint.ts'
import type { TreeStore } from '../audit/log.ts'
import { keptBundles, storedBundle } from '../admin/stored-bundle.ts'
import { openCertifiedSigner } from '../config/audit-certificate.ts'
import { Misconfigured, PolicyInvalid } from '../errors.ts'
import type { ReportAsk } from '../report/ask.ts'
import { leftOut } from '../report/limited.ts'
import { type Because, writeViews } from '../report/views.ts'
import { type Words, wordsOf } from '../report/words.ts'
import { policiesIn } from './export-policies.ts'
import type { Installation } from './installation.ts'
import { tidily } from './tidily.ts'
import { withTimestamps } from './timestamp.ts'
import type { Lang } from '../lang.ts'

export interface ExportAsk {
  /** The folder to make. */
  readonly out: string
  /** With the log of who looked. */
  readonly withAccess: boolean
  /** Of which transfers the views speak; the tree is whole. */
  readonly ask?: Omit<ReportAsk, 'clients'>
  /** Its reader may see only these: views, policies and register hold nothing of others. Left out: all. */
  readonly clients?: readonly string[] | undefined
  readonly lang?: Lang
  readonly progress?: (records: number, of: number) => void
}

/** Bundles of this store; null for one that is not here, or is none for this version. */
const readable = ({ bundles }: Installation) => {
  const { bundleOf } = keptBundles(storedBundle(bundles))
  return (digest: string) =>
    bundleOf(digest).catch((error: unknown) => {
      if (error instanceof PolicyInvalid) return null
      throw error
    })
}

/** What the policy in force calls things. */
export const wordsNow = async (installation: Installation, lang: Lang): Promise<Words> => {
  const { active } = (await installation.book.read()).orders
  const bundle = active === undefined ? null : await readable(installation)(active.bundle)
  return wordsOf(lang, bundle?.categories)
}

/** The sentence of a rule, of the bundle that decided. */
const becauseOf = (installation: Installation, lang: Lang): Because => {
  const bundleOf = readable(installation)
  return async (digest, rule) => (await bundleOf(digest))?.rules.find(({ id }) => id === rule)?.because[lang]
}

/** In which views and words it is asked for: a half export goes on only for the same. */
const questionOf = ({ from, to, providers, clients }: ReportAsk, lang: Lang) => ({
  lang,
  ...(from === undefined ? {} : { from: from.toISOString() }),
  ...(to === undefined ? {} : { to: to.toISOString() }),
  ...(providers === undefined ? {} : { providers: providers.toSorted() }),
  ...(clients === undefined ? {} : { clients: clients.toSorted() }),
})

/**
 * Writes the auditor's bundle of what is signed now; one that was broken off goes on, of the head that it began with.
 * @throws Misconfigured
 */
export const exportTo = async (
  installation: Installation,
  { out, withAccess, ask: asked = {}, clients, lang = 'en', progress }: ExportAsk,
): Promise<WrittenBundle> => {
  if (withAccess && clients !== undefined)
    throw new Misconfigured(
      'The log of who looked is of all clients: leave it out, or do not name clients.',
      'Le journal des consultations concerne tous les clients : ne le demandez pas, ou ne nommez pas de clients.',
    )
  const ask: ReportAsk = { ...asked, ...(clients === undefined ? {} : { clients }) }
  const { trees, vkeys, bundles, settings } = installation
  const store: TreeStore = { ...trees, leaves: (...which) => tidily(trees.leaves(...which)) }
  const certified = openCertifiedSigner(settings.home)
  const { active } = (await installation.book.read()).orders
  const words = await wordsNow(installation, lang)
  const because = becauseOf(installation, lang)
  const digests = await bundles.digests()
  return withTimestamps(settings, (timestamp) =>
    writeBundle(store, {
      out,
      made: new Date(),
      question: questionOf(ask, lang),
      log: readVkey(vkeys.evidence),
      ...(withAccess ? { access: readVkey(vkeys.access) } : {}),
      enrol: readVkey(vkeys.enrol),
      ...(certified === undefined ? {} : { certified }),
      ...(timestamp === undefined ? {} : { timestamp }),
      policies: policiesIn(installation, digests, readable(installation), clients),
      ...(clients === undefined ? {} : { limited: { clients, leftOut } }),
      views: {
        // What categories are called may have changed since a half was begun.
        of: active?.bundle ?? '',
        write: (folder, leaves) => writeViews(folder, leaves, ask, words, because),
      },
      ...(progress === undefined ? {} : { progress }),
    }),
  )
}

const beside = 'exporting-'

/** The bundle in a folder of the home, for whoever streams it and then removes it. */
export const exportAside = async (
  installation: Installation,
  ask: Omit<ExportAsk, 'out'>,
): Promise<{ folder: string; records: number; remove(): Promise<void> }> => {
  const { home } = installation.settings
  const around = await mkdtemp(join(home, beside))
  const remove = (): Promise<void> => rm(around, { recursive: true, force: true })
  try {
    const { out, logs } = await exportTo(installation, { ...ask, out: join(around, 'export') })
    return { folder: out, records: logs.reduce((sum, { size }) => sum + size, 0), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** What a killed gateway left of exports. Only for a process that has the home to itself. */
export const removeLeftExports = async (home: string): Promise<void> => {
  for (const name of await readdir(home))
    if (name.startsWith(beside)) await rm(join(home, name), { recursive: true, force: true })
}

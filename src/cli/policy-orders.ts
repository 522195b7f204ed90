/** What becomes of a bundle, on the command line: opinion, approval, the way back, and what holds now. */
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { approve, opine, rollBack, wayBack, withdraw } from '../admin/approve.ts'
import { rulesInForce, runningLifts, shownOrders } from '../admin/order-handlers.ts'
import { checkReason, noneStored, storedIn } from '../admin/orders.ts'
import { mustHave } from '../admin/roles.ts'
import { Misconfigured } from '../errors.ts'
import { loadFolder } from '../policy/load.ts'
import { overridesOf, type OverrideChange } from '../policy/compare/overrides.ts'
import { overrideWords } from '../policy/compare/words.ts'
import { approvalText, newNonce, signMandate, withdrawalText } from '../policy/mandate.ts'
import { dueSince } from '../policy/orders.ts'
import type { Installation } from '../wire/installation.ts'
import { readApproverKey } from './approver-key.ts'
import { langOption } from './lang.ts'
import { keyOption, reasonOption } from './options.ts'
import { opinionInFrench, orderLines } from './order-lines.ts'
import { timeOf } from './override.ts'
import { type Place, placeOf, policiesOf, visit } from './place.ts'
import type { Call } from './call.ts'
import { counted, type Lang } from '../lang.ts'

const digestForm = /^[0-9a-f]{64}$/

/** A digest as it is, or that of a folder, which is kept in the store. @throws PolicyInvalid */
const bundleIn = async (
  { bundles }: Installation,
  place: Place,
  given: string | undefined,
): Promise<string> => {
  if (given !== undefined && digestForm.test(given)) return given
  const { digest, deciding } = await loadFolder(given ?? policiesOf(place))
  await bundles.put({ digest, files: deciding })
  return digest
}

interface Reason {
  readonly reason: string
}

/** `douane policy approve|withdraw|opinion|rollback|orders|sign` */
export function policyOrderCommands(policy: Command, { env, print, says }: Call): void {
  policy
    .command('approve')
    .argument(
      '[bundle]',
      says(
        'a digest or a policies folder; default: the home’s folder',
        'une empreinte ou un dossier de politiques ; à défaut : celui du dossier de Douane',
      ),
    )
    .addOption(keyOption(says))
    .addOption(reasonOption(says))
    .option(
      '--from <time>',
      says(
        'in force from then: a day (UTC) or a time; default: at once',
        'en vigueur à partir de : un jour (UTC) ou une heure ; à défaut : aussitôt',
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'sign a bundle: list of files and digests, time, and this log',
        'signe une politique : liste des fichiers et empreintes, date, et ce journal',
      ),
    )
    .action(
      async (given: string | undefined, options: Reason & { key: string; from?: string; lang: Lang }) => {
        const place = placeOf(env)
        const key = readApproverKey(options.key)
        const from = options.from === undefined ? '' : timeOf(options.from, 'begins')
        const done = await visit(place, 'policy approve', async (installation) => {
          const { book, detector } = installation
          checkReason(options.reason, (text) => detector.identifiers(text))
          const bundle = await bundleIn(installation, place, given)
          const overrides = await overridesUnder(installation, bundle)
          const orders = await signed(installation, key, { bundle, from, why: options.reason })
          return { result: { bundle, orders, needed: book.needed, overrides }, count: 1, filter: bundle }
        })
        const active = done.orders.active?.bundle === done.bundle
        const signers = done.orders.approvals.get(done.bundle) ?? []
        const more = done.needed - new Set(signers.map(({ by }) => by)).size
        const since = dueSince(signers, done.needed)?.from ?? from
        const { lang } = options
        print().line(
          {
            en: `${key.name} approved bundle ${done.bundle}`,
            fr: `${key.name} a approuvé la politique ${done.bundle}`,
          }[lang],
        )
        print().line(
          (active
            ? { en: 'in force', fr: 'en vigueur' }
            : more > 0
              ? {
                  en: `waits for ${counted(more, 'en', 'more approval', '')}, by another person`,
                  fr: `attend encore ${counted(more, 'fr', '', 'approbation')}, par une autre personne`,
                }
              : { en: `in force from ${since}`, fr: `en vigueur à partir du ${since}` })[lang],
        )
        for (const one of done.overrides) print().line(overrideWords(one, lang))
        print().value({ bundle: done.bundle, by: key.name, from, active, overrides: done.overrides })
      },
    )

  policy
    .command('withdraw')
    .argument(
      '<bundle>',
      says(
        'a digest or a policies folder that is approved and not in force yet',
        'une empreinte ou un dossier de politiques, approuvé et pas encore en vigueur',
      ),
    )
    .requiredOption(
      '--key <file>',
      says('an approver’s key (douane keys approver)', "la clé d'un approbateur (douane keys approver)"),
    )
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'take back the approvals of a bundle that waits for its day; what is in force stays so',
        "retire les approbations d'une politique qui attend son jour ; ce qui est en vigueur le reste",
      ),
    )
    .action(async (given: string, options: Reason & { key: string; lang: Lang }) => {
      const place = placeOf(env)
      const key = readApproverKey(options.key)
      const bundle = await visit(place, 'policy withdraw', async (installation) => {
        const { book, detector } = installation
        checkReason(options.reason, (text) => detector.identifiers(text))
        const digest = digestForm.test(given) ? given : (await loadFolder(given)).digest
        const nonce = newNonce()
        const jws = await signMandate(withdrawalText({ log: book.log, bundle: digest, nonce }), key)
        const person = { who: key.name, roles: ['approver'] }
        await withdraw(book, person, { bundle: digest, nonce, jws, why: options.reason })
        return { result: digest, count: 1, filter: digest }
      })
      print().line(
        options.lang === 'en'
          ? `bundle ${bundle} waits no more: its approvals are withdrawn, what is in force stays so`
          : `la politique ${bundle} n'attend plus : ses approbations sont retirées, celle en vigueur le reste`,
      )
      print().value({ bundle, by: key.name, withdrawn: true })
    })

  policy
    .command('opinion')
    .argument(
      '[bundle]',
      says(
        'a digest or a policies folder; default: the home’s folder',
        'une empreinte ou un dossier de politiques ; à défaut : celui du dossier de Douane',
      ),
    )
    .option('--favourable', says('the DPO agrees', 'avis favorable du DPO'))
    .option('--unfavourable', says('the DPO does not', 'avis défavorable du DPO'))
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'record the DPO’s opinion of a bundle beside its approval (role dpo: DOUANE_KEY)',
        "consigne l'avis du DPO sur une politique à côté de son approbation (rôle dpo : DOUANE_KEY)",
      ),
    )
    .action(
      async (
        given: string | undefined,
        options: Reason & { favourable?: boolean; unfavourable?: boolean; lang: Lang },
      ) => {
        if ((options.favourable === true) === (options.unfavourable === true))
          throw new Misconfigured(
            'say --favourable or --unfavourable',
            'dites --favourable ou --unfavourable',
          )
        const place = placeOf(env)
        const opinion = options.favourable === true ? 'favourable' : 'unfavourable'
        const bundle = await visit(place, 'policy opinion', async (installation, actor) => {
          const { book, detector } = installation
          mustHave(actor.roles, 'giveOpinion')
          checkReason(options.reason, (text) => detector.identifiers(text))
          const digest = await bundleIn(installation, place, given)
          await opine(book, actor, { bundle: digest, opinion, why: options.reason })
          return { result: digest, count: 1, filter: digest }
        })
        print().line(
          {
            en: `${opinion} opinion of bundle ${bundle}`,
            fr: `avis ${opinionInFrench(opinion)} sur la politique ${bundle}`,
          }[options.lang],
        )
        print().value({ bundle, opinion })
      },
    )

  policy
    .command('rollback')
    .argument(
      '[bundle]',
      says(
        'digest of a bundle that was in force; default: the one before',
        "empreinte d'une politique qui a été en vigueur ; à défaut : la précédente",
      ),
    )
    .option(
      '--key <file>',
      says(
        'the approver’s key, where approvals are needed',
        "la clé de l'approbateur, là où il faut approuver",
      ),
    )
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'put an earlier bundle in force again; the folder is not taken up until it is edited',
        "remet en vigueur une politique antérieure ; le dossier n'est repris qu'une fois modifié",
      ),
    )
    .action(async (given: string | undefined, options: Reason & { key?: string; lang: Lang }) => {
      const key = options.key === undefined ? undefined : readApproverKey(options.key)
      const done = await visit(placeOf(env), 'policy rollback', async (installation, actor) => {
        const { book, detector } = installation
        const person = key === undefined ? actor : { who: key.name, roles: ['approver'] }
        mustHave(person.roles, 'rollbackPolicy')
        checkReason(options.reason, (text) => detector.identifiers(text))
        const target = wayBack((await book.read()).orders, given)
        const overrides = await overridesUnder(installation, target)
        const result = { bundle: target, overrides }
        if (key !== undefined && book.needed > 0) {
          const { active } = await signed(installation, key, {
            bundle: target,
            from: '',
            why: options.reason,
          })
          if (active?.bundle === target) return { result, count: 1, filter: target }
        }
        await rollBack(book, person, { bundle: target, why: options.reason })
        return { result, count: 1, filter: target }
      })
      print().line(
        {
          en: `in force: bundle ${done.bundle}`,
          fr: `en vigueur : la politique ${done.bundle}`,
        }[options.lang],
      )
      for (const one of done.overrides) print().line(overrideWords(one, options.lang))
      print().value(done)
    })

  policy
    .command('orders')
    .addOption(langOption(says))
    .description(
      says(
        'what people ordered that holds now: bundle in force, suspensions, overrides, approvals',
        'ce qui est ordonné et vaut maintenant : politique en vigueur, suspensions, levées de règle, approbations',
      ),
    )
    .action(async ({ lang }: { lang: Lang }) => {
      const shown = await visit(placeOf(env), 'policy orders', async ({ book }, actor) => {
        const told = await book.read()
        const rules = await rulesInForce(book, told.orders)
        return { result: shownOrders(told, book.needed, rules, actor), count: 1 }
      })
      const to = print()
      for (const line of orderLines(shown)) to.line(line[lang])
      to.value(shown)
    })

  policy
    .command('sign')
    .argument(
      '<manifest>',
      says(
        'a file with the text of GET /v1/policies/{bundle}/manifest',
        'un fichier qui contient le texte de GET /v1/policies/{bundle}/manifest',
      ),
    )
    .requiredOption('--key <file>', says('the approver’s key', "la clé de l'approbateur"))
    .addOption(langOption(says))
    .description(
      says(
        'sign a manifest off line, for POST /v1/policies/{bundle}/approvals',
        'signe un manifeste hors ligne, pour POST /v1/policies/{bundle}/approvals',
      ),
    )
    .action(async (path: string, options: { key: string }) => {
      const key = readApproverKey(options.key)
      const text = await readFile(path, 'utf8').catch(() => undefined)
      if (text === undefined)
        throw new Misconfigured(`${path} cannot be read`, `${path} : lecture impossible`)
      const jws = await signMandate(text.replace(/\n$/, ''), key)
      print().line(jws)
      print().value({ jws })
    })
}

/** Overrides that run now and that a bundle makes fall away or count again; those that it leaves as they are need no word. */
const overridesUnder = async ({ book }: Installation, bundle: string): Promise<readonly OverrideChange[]> => {
  const { orders, now } = await book.read()
  const lifts = runningLifts(orders, now)
  if (lifts.length === 0) return []
  const rules = await rulesInForce(book, orders)
  return overridesOf({ rules }, await storedIn(book, bundle), lifts).filter(
    ({ then }) => then === 'falls' || then === 'returns',
  )
}

/** Signs and hands in. */
const signed = async (
  { book, bundles }: Installation,
  key: ReturnType<typeof readApproverKey>,
  { bundle, from, why }: { bundle: string; from: string; why: string },
) => {
  const stored = await bundles.get(bundle)
  if (stored === null) throw noneStored()
  const nonce = newNonce()
  const text = approvalText({ log: book.log, bundle, files: stored.files, from, nonce })
  const jws = await signMandate(text, key)
  return approve(book, { who: key.name, roles: ['approver'] }, { bundle, from, nonce, jws, why })
}

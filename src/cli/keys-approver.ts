import { resolve } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { checkReason, forAll, invalid } from '../admin/orders.ts'
import { isoTime } from '../audit/record.ts'
import { checkName } from '../config/credentials.ts'
import { createPrivate } from '../config/private-file.ts'
import { Misconfigured, Refused, wrongFile } from '../errors.ts'
import type { Lang } from '../lang.ts'
import { newApproverKey, thumbprint } from '../policy/mandate.ts'
import { langOption } from './lang.ts'
import { reasonOption } from './options.ts'
import { placeOf, visit } from './place.ts'
import type { Call } from './call.ts'

interface ApproverOptions {
  readonly out?: string
  readonly public?: string
  readonly lang: Lang
}

/** The point of a public JWK in a file. @throws Misconfigured */
const publicIn = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  try {
    const { kty, crv, x } = JSON.parse(text ?? '') as Record<string, unknown>
    if (kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' && /^[A-Za-z0-9_-]{43}$/.test(x)) return x
  } catch {
    // said below
  }
  throw wrongFile(
    path,
    'must be a JWK with kty OKP and crv Ed25519',
    'doit être un JWK avec kty OKP et crv Ed25519',
  )
}

/** `douane keys approver|revoke-approver`: both are records of the log, so that no key comes or goes unseen. */
export function approverCommands(keys: Command, { env, print, says }: Call): void {
  keys
    .command('approver')
    .argument(
      '<name>',
      says('who signs; the same name as for keys person', 'qui signe ; le même nom que pour keys person'),
    )
    .option(
      '--out <file>',
      says(
        'a new file for the private key, for its holder alone',
        'un nouveau fichier pour la clé privée, pour son seul détenteur',
      ),
    )
    .option(
      '--public <file>',
      says(
        'register this public key (JWK, Ed25519) instead of making a pair',
        'inscrit cette clé publique (JWK, Ed25519) au lieu de créer une paire',
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'make the key with which an approver signs policies and overrides, and register it in the log',
        "crée la clé avec laquelle un approbateur signe politiques et levées de règle, et l'inscrit au journal",
      ),
    )
    .action(async (name: string, { out, public: given, lang }: ApproverOptions) => {
      checkName(name)
      if ((out === undefined) === (given === undefined))
        throw new Misconfigured(
          'say where the private key goes (--out) or which public key it is (--public)',
          "dites où va la clé privée (--out) ou de quelle clé publique il s'agit (--public)",
        )
      const made = given === undefined ? await newApproverKey(name) : undefined
      const x = made?.x ?? (await publicIn(given ?? ''))
      const kid = made?.kid ?? (await thumbprint(x))
      if (made !== undefined && !createPrivate(resolve(out ?? ''), Buffer.from(`${JSON.stringify(made)}\n`)))
        throw new Misconfigured(
          `${out} is there already: nothing was changed`,
          `${out} existe déjà : rien n'a été modifié`,
        )
      await visit(placeOf(env), 'keys approver', async ({ book }, actor) => {
        forAll(actor)
        await book.write(async ({ orders, now }) => {
          if (orders.approvers.has(kid))
            throw invalid('This key is known already.', 'Cette clé est déjà connue.')
          return [
            { v: 1, k: 'key', t: isoTime(now), act: 'approver.added', subject: name, by: actor.who, kid, x },
          ]
        })
        return { result: undefined, count: 1, filter: kid }
      })
      print().line(
        {
          en: `${name} signs with key ${kid}${out === undefined ? '' : `, private in ${out}`}`,
          fr: `${name} signe avec la clé ${kid}${out === undefined ? '' : `, clé privée dans ${out}`}`,
        }[lang],
      )
      print().value({ name, kid, x, ...(out === undefined ? {} : { file: out }) })
    })

  keys
    .command('revoke-approver')
    .argument(
      '<kid>',
      says(
        'thumbprint of the key, as douane policy orders shows it',
        "empreinte de la clé, telle que douane policy orders l'affiche",
      ),
    )
    .addOption(reasonOption(says))
    .addOption(langOption(says))
    .description(
      says(
        'a stolen or retired key signs nothing more; what waits by it and what it lifted ends at once',
        "une clé volée ou retirée ne signe plus rien ; ce qu'elle a fait attendre et ce qu'elle a levé prend fin aussitôt",
      ),
    )
    .action(async (kid: string, { reason, lang }: { reason: string; lang: Lang }) => {
      await visit(placeOf(env), 'keys revoke-approver', async ({ book, detector }, actor) => {
        forAll(actor)
        checkReason(reason, (text) => detector.identifiers(text))
        await book.write(async ({ orders, now }) => {
          const known = orders.approvers.get(kid)
          if (known === undefined)
            throw new Refused('NOT_FOUND', {
              en: 'No approver has this key.',
              fr: "Aucun approbateur n'a cette clé.",
            })
          if (known.revoked) return []
          const act = 'approver.revoked'
          return [
            { v: 1, k: 'key', t: isoTime(now), act, subject: known.name, by: actor.who, kid, why: reason },
          ]
        })
        return { result: undefined, count: 1, filter: kid }
      })
      print().line({ en: `revoked ${kid}`, fr: `clé révoquée : ${kid}` }[lang])
      print().value({ revoked: kid })
    })
}

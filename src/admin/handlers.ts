/** What each operation of openapi.yaml does. A missing one does not compile. */
import { createHash } from 'node:crypto'
import { receipt } from '../audit/receipt.ts'
import { readVkey } from '../audit/checkpoint.ts'
import { originIn } from '../audit/shard.ts'
import { Refused } from '../errors.ts'
import { civilDate } from '../law/date.ts'
import { routeLaw } from '../law/route.ts'
import { explainRecord } from './explain-record.ts'
import { orderHandlers, runningLifts } from './order-handlers.ts'
import { liftHold, placeHold } from './legal-holds.ts'
import type { AdminParts, Handlers } from './operation.ts'
import { checkReason } from './orders.ts'
import { replay } from './replay.ts'
import { type Person, sees } from './roles.ts'
import { transferLine } from './transfer-line.ts'

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** All records of a transfer that this person may see. @throws Refused NOT_FOUND */
const shown = async (tid: string, person: Person, parts: AdminParts) => {
  const transfer = await parts.installation.transfers.show(tid)
  const first = transfer?.attempts[0]
  if (transfer === null || first === undefined || !sees(person, first.record.client))
    throw new Refused('NOT_FOUND')
  return transfer
}

export const handlers: Handlers = {
  ...orderHandlers,

  listHolds: async (_, { holds }) => {
    const value = { holds: await holds.list() }
    return { value, count: value.holds.length }
  },

  placeHold: async ({ body: { reason }, person }, { holds, identifiers }) => {
    checkReason(reason, identifiers)
    const value = await placeHold(holds, person, reason)
    return { value, filter: value.id }
  },

  liftHold: async ({ given: { id }, body: { reason }, person }, { holds, identifiers }) => {
    checkReason(reason, identifiers)
    await liftHold(holds, person, id, reason)
    return { value: { holds: await holds.list() }, filter: id }
  },

  classify: async ({ body }, { aside }) => {
    const findings = await aside.ask('classify', body)
    return { value: { findings }, count: findings.length }
  },

  try: async ({ body, person }, parts) => {
    if (!sees(person, body.client)) throw new Refused('NOT_FOUND')
    const { digest, deciding, orders } = parts.policy()
    const bundle = { digest, files: deciding, ...(orders && { orders }) }
    return {
      value: await parts.aside.ask('try', { ask: body, bundle, region: parts.region }),
      filter: body.client,
    }
  },

  listTransfers: async ({ given, person }, { installation }) => {
    const wanted =
      given.client === undefined ? person.clients : [given.client].filter((id) => sees(person, id))
    const page = await installation.transfers.list({
      ...(wanted === undefined ? {} : { clients: wanted }),
      ...(given.provider === undefined ? {} : { provider: given.provider }),
      ...(given.verdict === undefined ? {} : { verdict: given.verdict }),
      ...(given.from === undefined ? {} : { from: timeOf(given.from, '/from') }),
      ...(given.to === undefined ? {} : { to: timeOf(given.to, '/to') }),
      ...(given.limit === undefined ? {} : { limit: given.limit }),
      ...(given.cursor === undefined ? {} : { before: cursorOf(given.cursor) }),
    })
    return {
      value: {
        transfers: page.items.map(transferLine),
        ...(page.next === undefined ? {} : { next: String(page.next) }),
      },
      count: page.items.length,
      ...(given.client === undefined ? {} : { filter: given.client }),
    }
  },

  showTransfer: async ({ given, person }, parts) => {
    await shown(given.tid, person, parts)
    const leaves = await parts.installation.trees.find(given.tid)
    return {
      value: {
        tid: given.tid,
        records: leaves.map((leaf) => ({
          index: leaf.index,
          hash: leaf.hash.toString('hex'),
          record: JSON.parse(leaf.body.toString('utf8')) as Record<string, never>,
        })),
      },
      count: leaves.length,
      filter: given.tid,
    }
  },

  explainTransfer: async ({ given, person }, parts) => {
    const { attempts } = await shown(given.tid, person, parts)
    const last = attempts.at(-1) as (typeof attempts)[number]
    return {
      value: await explainRecord(last, parts.bundleOf, given.lang ?? 'en', (next) => parts.book.asOf(next)),
      filter: given.tid,
    }
  },

  replayTransfer: async ({ given, person }, parts) => {
    const { attempts } = await shown(given.tid, person, parts)
    const last = attempts.at(-1) as (typeof attempts)[number]
    return { value: await replay(last, parts.book, parts.region, given.lang ?? 'en'), filter: given.tid }
  },

  receipt: async ({ given, person }, parts) => {
    const transfer = await shown(given.tid, person, parts)
    const kind = transfer.attempts[0]?.record.k === 'refusal' ? 'refusal' : 'intent'
    const proof = await receipt(parts.installation.trees, readVkey(parts.installation.vkey), given.tid, kind)
    if (proof === null)
      throw new Refused('NOT_FOUND', {
        en: 'Not under a signed checkpoint yet: ask again in a second.',
        fr: 'Pas encore couvert par un point de contrôle signé : redemandez dans une seconde.',
      })
    return { value: { ...proof, leaf: proof.leaf.toString('base64') }, filter: given.tid }
  },

  activePolicy: async ({ person }, { policy }) => {
    const bundle = policy()
    // A name in the register is a name of somebody else's client.
    const seen = bundle.deciding.filter(
      ({ path }) => person.clients === undefined || !path.startsWith('register/'),
    )
    const files = seen.map(({ path, text }) => ({ path, sha256: digestOf(text) }))
    return { value: { bundle: bundle.digest, rules: bundle.rules.length, files } }
  },

  checkPolicy: async ({ body, person }, { aside, book }) => {
    const { orders, now } = await book.read()
    const lifts = runningLifts(orders, now, person)
    const value = await aside.ask('check', { files: body.files, lifts })
    return { value, count: value.faults.length }
  },

  listProviders: async ({ person }, { policy }) => {
    const bundle = policy()
    const now = new Date()
    const providers = [...bundle.providers.values()].map((provider) => ({
      id: provider.id,
      name: provider.name,
      country: provider.country,
      status: provider.status,
      ...(provider.valid_to === undefined ? {} : { valid_to: provider.valid_to }),
      routes: provider.contracts
        .filter((contract) => sees(person, contract.client))
        .flatMap((contract) => {
          const client = bundle.clients.get(contract.client)
          if (client === undefined) return []
          return Object.keys(client.purposes).map((purpose) => {
            const law = routeLaw(bundle.law, client, provider, purpose, civilDate(now, client.zone))
            return {
              client: client.id,
              purpose,
              class: law.class,
              countries: [...law.countries],
              problems: [...law.problems],
              remarks: [...law.remarks],
              shore: law.shore,
              notes: law.notes.map((note) => note.en),
              legs: law.legs.map(({ from, to, kind, class: of, ground, ground_ref, problems, until }) => ({
                from,
                to,
                kind,
                class: of,
                ground,
                ground_ref,
                problems: [...problems],
                ...(until === undefined ? {} : { until }),
              })),
            }
          })
        }),
    }))
    const seen = providers.filter(({ routes }) => person.clients === undefined || routes.length > 0)
    return { value: { on: now.toISOString().slice(0, 10), providers: seen }, count: seen.length }
  },

  checkpoint: async ({ given }, { installation }) => {
    const stream = given.stream ?? 'evidence'
    const shards = (await installation.trees.shards(stream)).toReversed()
    let newest = null
    let name = ''
    // a tree that has just begun is not signed yet
    for (const shard of shards) {
      newest = await installation.trees.treesOf(shard.n).checkpoint(stream)
      name = shard.name
      if (newest !== null) break
    }
    if (newest === null)
      throw new Refused('NOT_FOUND', {
        en: 'Nothing is signed yet: ask again in a second.',
        fr: "Rien n'est encore signé : redemandez dans une seconde.",
      })
    const { size, note, at } = newest
    return {
      value: { origin: originIn(installation.origins[stream], name), size, note, at: at.toISOString() },
    }
  },

  exportLog: async ({ given, person, headers: sent, headOnly }, parts) => {
    const { access = false, lang = 'en' } = given
    const { clients } = person
    // The views are of his clients; the tree is whole, or nothing could be checked.
    if (access && clients !== undefined)
      throw new Refused('ROLE_MISSING', {
        en: 'The log of who looked is of all clients: a key that is limited to clients cannot take it.',
        fr: "Le journal des consultations concerne tous les clients : une clé limitée à des clients ne peut pas l'obtenir.",
      })
    const ask = {
      ...(given.from === undefined ? {} : { from: new Date(timeOf(given.from, '/from')) }),
      ...(given.to === undefined ? {} : { to: new Date(timeOf(given.to, '/to')) }),
      ...(given.provider === undefined ? {} : { providers: [given.provider] }),
    }
    const { status, headers, body, records } = await parts.exports.ask(
      { ask, clients, withAccess: access, lang },
      { who: person.who, headOnly, range: sent.range, ifRange: sent['if-range'] as string | undefined },
    )
    const filter = given.provider === undefined ? {} : { filter: given.provider }
    return { status, headers, type: 'application/x-tar', value: body, count: records, ...filter }
  },

  health: async () => ({ value: { state: 'alive' } }),

  ready: async (_ask, { problems }) => {
    const found = [...problems()]
    if (found.length === 0) return { value: { state: 'ready' } }
    return { status: 503, value: { state: 'refusing', problems: found } }
  },

  metrics: async (_ask, { page }) => {
    const { type, text } = await page()
    return { type, value: text }
  },
}

/** A leap second, or a year that no log has, is well-formed and yet no time. @throws Refused REQUEST_INVALID */
const timeOf = (text: string, place: string): string => {
  const at = Date.parse(text)
  if (!(at >= 0)) throw new Refused('REQUEST_INVALID', { en: `${place}: format` })
  return new Date(at).toISOString()
}

/** @throws Refused REQUEST_INVALID */
const cursorOf = (cursor: string): number => {
  if (!/^\d{1,15}$/.test(cursor)) throw new Refused('REQUEST_INVALID', { en: '/cursor: pattern' })
  return Number(cursor)
}

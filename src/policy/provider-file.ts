import type { LawData } from '../law/data.ts'
import { neverTrusted } from '../law/register-problems.ts'
import { sameEntity, parties } from '../law/roles.ts'
import type { Client, Contract, Dpa, Leg, Provider } from '../model/register.ts'
import { baseUrlFault, isOurHeader, originFault } from './address.ts'
import { didYouMean, isNo, meant, quoted, removeIt } from './fault-words.ts'
import { checkCategories, checkCountry, ofRegister, type Findings } from './names.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

/** What provider files may refer to. */
export interface Known {
  readonly law: LawData
  readonly clients: ReadonlyMap<string, Client>
  /** Ids of all client files, those with faults too: a broken file is no unknown client. */
  readonly clientIds: ReadonlySet<string>
}

/** What a schema cannot say of a provider file. */
export const checkProvider = (doc: ParsedFile, provider: Provider, known: Known, out: Findings): void => {
  const { faults, warnings } = out
  checkCountry(doc, ['country'], provider.country, known.law, faults)

  const wrong = baseUrlFault(provider.base_url)
  if (wrong !== undefined) faults.push(doc.fault(['base_url'], wrong.message, wrong.hint))
  else if (provider.base_url.startsWith('http:')) {
    warnings.push({
      source: doc.at(['base_url']),
      message: {
        en: 'plain http to this machine: for demonstrations only',
        fr: 'http sans chiffrement vers cette machine : pour une démonstration seulement',
      },
    })
  }
  for (const [i, host] of provider.hosts.entries()) {
    const bad = originFault(host)
    if (bad !== undefined) faults.push(doc.fault(['hosts', i], bad.message, bad.hint))
  }
  for (const [i, name] of provider.headers.pass.entries()) {
    if (isOurHeader(name)) {
      faults.push(
        doc.fault(
          ['headers', 'pass', i],
          { en: `the header ${name} is never passed`, fr: `l'en-tête ${name} n'est jamais transmis` },
          removeIt,
        ),
      )
    }
  }
  checkScopeFacts(doc, ['scope_facts'], provider.scope_facts, known.law, out)

  for (const [i, code] of (provider.establishments ?? []).entries())
    checkCountry(doc, ['establishments', i], code, known.law, faults)
  if (provider.control !== undefined)
    checkCountry(doc, ['control', 'parent_country'], provider.control.parent_country, known.law, faults)
  for (const [i, each] of (provider.observed ?? []).entries())
    checkCountry(doc, ['observed', i, 'country'], each.country, known.law, faults)
  for (const [i, source] of (provider.trusted_sources ?? []).entries()) {
    if (neverTrusted.includes(source)) {
      faults.push(
        doc.fault(
          ['trusted_sources', i],
          {
            en: 'the geography of IP addresses is too often wrong to refuse a route',
            fr: 'la géographie des adresses IP est trop souvent fausse pour refuser une route',
          },
          {
            en: 'remove it: it stays a note',
            fr: 'retirez cette mention : elle reste une note',
          },
        ),
      )
    }
  }

  const seen = new Set<string>()
  for (const [i, contract] of provider.contracts.entries()) {
    const at = ['contracts', i]
    if (seen.has(contract.client)) {
      faults.push(
        doc.fault(
          [...at, 'client'],
          {
            en: `${quoted(contract.client).en} has two contracts here`,
            fr: `${quoted(contract.client).fr} a deux contrats ici`,
          },
          { en: 'one entry holds them', fr: 'une seule entrée les réunit' },
        ),
      )
    }
    seen.add(contract.client)
    checkContract(doc, at, contract, provider, known, out)
  }
}

const checkScopeFacts = (
  doc: ParsedFile,
  at: KeyPath,
  facts: Readonly<Record<string, boolean>>,
  law: LawData,
  { faults }: Findings,
): void => {
  const tests = new Set([...law.adequacy.values()].flatMap((decision) => decision.scope_test))
  for (const name of Object.keys(facts)) {
    if (name.startsWith('dpf_')) {
      faults.push(
        doc.fault(
          [...at, name],
          isNo(name, { en: 'a fact to state', fr: 'un fait à déclarer' }),
          { en: 'fill in dpf instead', fr: 'remplissez plutôt dpf' },
          'key',
        ),
      )
    } else if (!tests.has(name)) {
      const hint = didYouMean(name, tests)
      const unasked = {
        en: `no adequacy decision asks for ${quoted(name).en}`,
        fr: `aucune décision d'adéquation ne demande ${quoted(name).fr}`,
      }
      faults.push(doc.fault([...at, name], unasked, hint, 'key'))
    }
  }
}

const checkContract = (
  doc: ParsedFile,
  at: KeyPath,
  contract: Contract,
  provider: Provider,
  known: Known,
  out: Findings,
): void => {
  const client = known.clients.get(contract.client)
  if (!known.clientIds.has(contract.client)) {
    const hint = didYouMean(contract.client, known.clientIds)
    out.faults.push(doc.fault([...at, 'client'], isNo(contract.client, ofRegister.client), hint))
  }
  for (const key of ['b_02_02_0130', 'b_02_02_0150', 'b_02_02_0160'] as const) {
    const code = contract.finance?.[key]
    if (code !== undefined) checkCountry(doc, [...at, 'finance', key], code, known.law, out.faults)
  }
  for (const [i, code] of (contract.reveal_to?.countries ?? []).entries())
    checkCountry(doc, [...at, 'reveal_to', 'countries', i], code, known.law, out.faults)
  if (contract.dpa !== undefined) checkDpa(doc, [...at, 'dpa'], contract.dpa, client, out)
  for (const [i, leg] of (contract.legs ?? []).entries()) {
    checkLeg(doc, [...at, 'legs', i], leg, client, provider, known.law, out)
  }
}

const checkDpa = (
  doc: ParsedFile,
  at: KeyPath,
  dpa: Dpa,
  client: Client | undefined,
  { faults }: Findings,
): void => {
  checkCategories(doc, [...at, 'categories'], dpa.categories, faults)
  if (dpa.end_on !== undefined && dpa.end_on < dpa.signed_on) {
    faults.push(
      doc.fault([...at, 'end_on'], {
        en: 'the contract ends before it was signed',
        fr: "le contrat prend fin avant d'avoir été signé",
      }),
    )
  }
  if (client === undefined) return
  const purposes = Object.keys(client.purposes)
  for (const [i, purpose] of dpa.purposes.entries()) {
    if (!purposes.includes(purpose)) {
      const hint = didYouMean(purpose, purposes)
      faults.push(
        doc.fault(
          [...at, 'purposes', i],
          {
            en: `the client ${client.id} has no purpose ${quoted(purpose).en}`,
            fr: `le client ${client.id} n'a pas de finalité ${quoted(purpose).fr}`,
          },
          hint,
        ),
      )
    }
  }
}

const checkLeg = (
  doc: ParsedFile,
  at: KeyPath,
  leg: Leg,
  client: Client | undefined,
  provider: Provider,
  law: LawData,
  out: Findings,
): void => {
  const { faults } = out
  checkCountry(doc, [...at, 'from'], leg.from, law, faults)
  checkCountry(doc, [...at, 'to'], leg.to, law, faults)
  for (const end of ['exporter', 'importer'] as const) {
    const word = leg[end].trim().toLowerCase()
    if ((word === 'client' || word === 'provider') && word !== leg[end]) {
      faults.push(
        doc.fault(
          [...at, end],
          {
            en: `${quoted(leg[end]).en} reads as a legal name`,
            fr: `${quoted(leg[end]).fr} se lit comme une raison sociale`,
          },
          meant(word),
        ),
      )
    }
  }
  if (client !== undefined && leg.same_entity === true && !sameEntity(leg, parties(leg, client, provider))) {
    faults.push(
      doc.fault(
        [...at, 'same_entity'],
        {
          en: 'exporter and importer are not the same entity',
          fr: "l'exportateur et l'importateur ne sont pas la même entité",
        },
        { en: 'name the same one twice', fr: 'nommez deux fois la même' },
      ),
    )
  }
  checkScopeFacts(doc, [...at, 'scope_facts'], leg.scope_facts ?? {}, law, out)
  if (leg.tia === undefined) return
  if (leg.tia.review_by < leg.tia.done_on) {
    faults.push(
      doc.fault([...at, 'tia', 'review_by'], {
        en: 'the review is due before the assessment was done',
        fr: "la révision est due avant que l'analyse ait été faite",
      }),
    )
  }
  if (leg.tia.data_scope !== 'contract') {
    checkCategories(doc, [...at, 'tia', 'data_scope'], leg.tia.data_scope, faults)
  }
}

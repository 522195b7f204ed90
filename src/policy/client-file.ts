import { isZone } from '../law/date.ts'
import { knownSubjects } from '../law/subjects.ts'
import type { LawData } from '../law/data.ts'
import { categories, isBelow, type Category } from '../model/category.ts'
import type { PolicyFault } from '../errors.ts'
import type { Both } from '../lang.ts'
import type { Client, TokenAlgorithm, TokenBinding } from '../model/register.ts'
import { baseUrlFault } from './address.ts'
import type { CategoryEntry } from './bundle.ts'
import { didYouMean, isNo, quoted, removeIt } from './fault-words.ts'
import { aCategory, checkCategories, checkCountry, isCategory, isSpecial, type Findings } from './names.ts'
import { publicKeyFault, secretMembers } from './public-key.ts'
import { shown, type ParsedFile } from './yaml.ts'

export const aRegime: Both = {
  en: 'a regime of law/localisation.yaml',
  fr: 'un régime de law/localisation.yaml',
}
const inLocalisation: Both = { en: 'in law/localisation.yaml', fr: 'dans law/localisation.yaml' }

/** What a schema cannot say of a client file. */
export const checkClient = (
  doc: ParsedFile,
  client: Client,
  law: Pick<LawData, 'territories' | 'regimes' | 'nir'>,
  { faults, warnings }: Findings,
): void => {
  const written = (doc.value as { law?: string }).law
  if (written !== undefined && written !== 'gdpr') {
    faults.push(
      doc.fault(
        ['law'],
        {
          en: 'UK GDPR and Swiss FADP are not modelled',
          fr: 'le UK GDPR et la loi suisse (LPD) ne sont pas modélisés',
        },
        { en: 'law: gdpr, or leave it out', fr: 'law: gdpr, ou omettez la clé' },
      ),
    )
  }
  checkCountry(doc, ['country'], client.country, law, faults)
  if (!isZone(client.zone)) {
    faults.push(
      doc.fault(['zone'], isNo(client.zone, { en: 'a time zone', fr: 'un fuseau horaire' }), {
        en: 'write a name such as Europe/Paris',
        fr: 'écrivez un nom comme Europe/Paris',
      }),
    )
  }
  if (client.jwt !== undefined) checkTokens(doc, client.jwt, faults)
  const purposes = Object.keys(client.purposes)
  const first = client.default_purpose
  if (first !== undefined && !purposes.includes(first)) {
    const hint = didYouMean(first, purposes)
    const what = { en: 'a purpose of this client', fr: 'une finalité de ce client' }
    faults.push(doc.fault(['default_purpose'], isNo(first, what), hint))
  }
  for (const [id, purpose] of Object.entries(client.purposes)) {
    const at = ['purposes', id]
    checkCategories(doc, [...at, 'need_to_know'], purpose.need_to_know, faults)
    checkCategories(doc, [...at, 'third_art9'], purpose.third_art9, faults)
    for (const [i, name] of (purpose.third_art9 ?? []).entries()) {
      if (!isSpecial(name)) {
        faults.push(
          doc.fault(
            [...at, 'third_art9', i],
            isNo(name, { en: 'a special category', fr: 'une catégorie particulière' }),
            {
              en: 'Art. 9(1) GDPR: health, genetic, biometric, belief, ethnic, sexual',
              fr: 'art. 9(1) RGPD : health, genetic, biometric, belief, ethnic, sexual',
            },
          ),
        )
      }
    }
    for (const [i, regime] of (purpose.regimes ?? []).entries()) {
      const its = law.regimes.find((each) => each.id === regime)
      if (its === undefined) {
        const hint = didYouMean(
          regime,
          law.regimes.map((each) => each.id),
        )
        faults.push(doc.fault([...at, 'regimes', i], isNo(regime, aRegime), hint))
      } else if (its.client_country !== undefined && !its.client_country.includes(client.country)) {
        faults.push(
          doc.fault(
            [...at, 'regimes', i],
            {
              en: `${regime} binds clients in ${its.client_country.join(', ')}, not in ${shown(client.country)}`,
              fr: `${regime} oblige les clients de ${its.client_country.join(', ')}, non de ${shown(client.country)}`,
            },
            removeIt,
          ),
        )
      }
    }
    const basis = purpose.nir_basis
    if (basis !== undefined && !law.nir.some(({ id }) => id === basis)) {
      const hint = didYouMean(
        basis,
        law.nir.map(({ id }) => id),
      )
      faults.push(doc.fault([...at, 'nir_basis'], isNo(basis, inLocalisation), hint))
    }
    for (const [i, place] of (purpose.places ?? []).entries()) {
      for (const [, name = ''] of place.matchAll(/\{([^{}]*)\}/g)) {
        if (!isCategory(name)) {
          const hint = didYouMean(name, categories)
          faults.push(doc.fault([...at, 'places', i], isNo(name, aCategory), hint))
        }
      }
    }
    for (const [i, subject] of purpose.data_subjects.entries()) {
      if (!knownSubjects.includes(subject)) {
        warnings.push({
          source: doc.at([...at, 'data_subjects', i]),
          message: {
            en: `${quoted(subject).en} is no kind of people that Douane knows: where the Data Privacy Framework asks, it counts as staff and as others`,
            fr: `${quoted(subject).fr} n'est pas une catégorie de personnes que Douane connaît : là où le Data Privacy Framework le demande, elle compte comme personnel et comme tiers`,
          },
        })
      }
    }
  }
}

const kindOfAlgorithm = (alg: TokenAlgorithm): string =>
  alg === 'EdDSA' ? 'OKP' : alg.startsWith('ES') ? 'EC' : 'RSA'

/** Where keys come from is said once, and each is of the one algorithm. */
const checkTokens = (doc: ParsedFile, jwt: TokenBinding, faults: PolicyFault[]): void => {
  const { alg, jwks_uri: uri, keys } = jwt
  if ((uri === undefined) === (keys === undefined)) {
    faults.push(
      doc.fault(
        ['jwt'],
        {
          en: 'the keys of the issuer are named once',
          fr: "les clés de l'émetteur s'indiquent une seule fois",
        },
        { en: 'write either jwks_uri or keys', fr: 'écrivez soit jwks_uri, soit keys' },
      ),
    )
  }
  const wrong = uri === undefined ? undefined : baseUrlFault(uri)
  if (wrong !== undefined) faults.push(doc.fault(['jwt', 'jwks_uri'], wrong.message, wrong.hint))
  for (const [i, key] of (uri === undefined ? (keys ?? []) : []).entries()) {
    // The schema told of it already.
    if (secretMembers.some((member) => Object.hasOwn(key, member))) continue
    const wanted = kindOfAlgorithm(alg)
    const parts = { RSA: ['n', 'e'], EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'] }[key.kty]
    const missing = parts.filter((part) => !Object.hasOwn(key, part))
    if (key.kty !== wanted)
      faults.push(
        doc.fault(['jwt', 'keys', i, 'kty'], {
          en: `${alg} takes kty: ${wanted}`,
          fr: `${alg} demande kty: ${wanted}`,
        }),
      )
    else if (missing.length > 0) {
      faults.push(
        doc.fault(['jwt', 'keys', i], {
          en: `this key has no ${missing.join(', ')}`,
          fr: `il manque à cette clé : ${missing.join(', ')}`,
        }),
      )
    } else {
      const weak = publicKeyFault(key, alg)
      const at = ['jwt', 'keys', i, ...(weak?.member === undefined ? [] : [weak.member])]
      if (weak !== undefined) faults.push(doc.fault(at, weak.message, weak.hint))
    }
  }
}

/** A token stands for one client: the same issuer and subject twice would leave open for which. */
export const checkTokenHolders = (
  read: readonly (readonly [ParsedFile, Client])[],
  faults: PolicyFault[],
): void => {
  const holders = new Map<string, string>()
  for (const [doc, { id, jwt }] of read) {
    if (jwt === undefined) continue
    const key = JSON.stringify([jwt.issuer, jwt.subject])
    const first = holders.get(key)
    if (first === undefined) holders.set(key, id)
    else
      faults.push(
        doc.fault(
          ['jwt', 'subject'],
          {
            en: 'these tokens stand for another client already',
            fr: 'ces jetons valent déjà pour un autre client',
          },
          { en: `${first} has them`, fr: `ils sont à ${first}` },
        ),
      )
  }
}

/** need_to_know lowers defaults to `allow`, never a block (design §7): whoever hopes for that is told. */
export const checkNeeds = (
  doc: ParsedFile,
  client: Client,
  entries: ReadonlyMap<Category, CategoryEntry>,
  { warnings }: Findings,
): void => {
  for (const [id, { need_to_know: needs }] of Object.entries(client.purposes)) {
    for (const [i, group] of needs.entries()) {
      const blocked = categories.filter(
        (category) => isBelow(category, group) && entries.get(category)?.third.name === 'block',
      )
      if (blocked.length > 0) {
        warnings.push({
          source: doc.at(['purposes', id, 'need_to_know', i]),
          message: {
            en: `need_to_know never lowers a block: ${blocked.join(', ')} ${blocked.length === 1 ? 'stays' : 'stay'} blocked for third countries`,
            fr: `need_to_know n'abaisse jamais un block : restent bloqués vers les pays tiers : ${blocked.join(', ')}`,
          },
        })
      }
    }
  }
}

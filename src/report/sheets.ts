/** The two reports as sheets. */
import type { ReportAsk } from './ask.ts'
import { counted } from '../lang.ts'
import type { Incident } from './incident.ts'
import type { Sheet } from './sheet.ts'
import { type RegisterRow, forms } from './transfer-register.ts'
import { type Words, endNames, formNames } from './words.ts'

/** The first moment is in it, the last is not. */
const period = ({ from, to }: ReportAsk, { say }: Words): string => {
  const start = from?.toISOString()
  const end = to?.toISOString()
  return say({
    en: `From ${start ?? 'the beginning'} ${end === undefined ? 'until now' : `to before ${end}`} (UTC).`,
    fr: `${start === undefined ? 'Depuis le début' : `À partir du ${start} inclus`} ${end === undefined ? "jusqu'à maintenant" : `jusqu'au ${end} exclu`} (UTC).`,
  })
}

const only = ({ providers, clients }: ReportAsk, { say }: Words): string[] => [
  ...(providers === undefined
    ? []
    : [`${say({ en: 'Providers: ', fr: 'Prestataires : ' })}${providers.join(', ')}`]),
  ...(clients === undefined ? [] : [`${say({ en: 'Clients: ', fr: 'Clients : ' })}${clients.join(', ')}`]),
]

const roundIt = {
  en: 'This shows what went through Douane. It cannot show what went round it.',
  fr: "Ce rapport montre ce qui est passé par Douane. Ce qui l'a contourné ne se voit pas ici.",
}

const formColumns = (words: Words): string[] => forms.map((form) => words.say(formNames[form]))

export const registerSheet = (rows: readonly RegisterRow[], ask: ReportAsk, words: Words): Sheet => {
  const { say } = words
  return {
    lang: words.lang,
    title: say({ en: 'Transfer register', fr: 'Registre des transferts' }),
    asked: [period(ask, words), ...only(ask, words)],
    tables: [
      {
        title: say({
          en: 'Country, provider, category, ground',
          fr: 'Pays, prestataire, catégorie, fondement',
        }),
        columns: [
          say({ en: 'country', fr: 'pays' }),
          say({ en: 'code', fr: 'code' }),
          say({ en: 'provider', fr: 'prestataire' }),
          say({ en: 'category', fr: 'catégorie' }),
          say({ en: 'key', fr: 'clé' }),
          say({ en: 'ground', fr: 'fondement' }),
          say({ en: 'transfers', fr: 'transferts' }),
          ...formColumns(words),
          say({ en: 'first', fr: 'premier' }),
          say({ en: 'last', fr: 'dernier' }),
        ],
        rows: rows.map((row) => [
          words.country(row.country),
          row.country,
          row.provider,
          row.category === ''
            ? say({ en: 'nothing found', fr: 'rien trouvé' })
            : words.category(row.category),
          row.category,
          words.ground(row.ground),
          row.transfers,
          ...forms.map((form) => row.findings[form]),
          row.first,
          row.last,
        ]),
      },
    ],
    notes: [
      say({
        en: 'Counted are transfers that may have left: delivered, broken off, or without a known outcome.',
        fr: "Sont comptés les transferts qui ont pu partir : remis, interrompus, ou d'issue inconnue.",
      }),
      say(roundIt),
    ],
  }
}

/** Persons as the erasable subject index knows them. */
export interface Persons {
  /** Two names of one person may be counted twice. */
  readonly atMost: number
  /** Transfers whose index is erased or expired. */
  readonly uncounted: number
}

export const incidentSheet = (
  found: Incident,
  persons: Persons,
  ask: ReportAsk,
  words: Words,
  named = found.provider,
): Sheet => {
  const { say } = words
  const count = say({ en: 'transfers', fr: 'transferts' })
  return {
    lang: words.lang,
    title: say({ en: `Incident at ${named}`, fr: `Incident chez ${named}` }),
    asked: [
      period(ask, words),
      ...only({ ...ask, providers: [found.provider] }, words),
      say({
        en: `${counted(found.transfers, 'en', 'transfer', '')} may have reached the provider; persons concerned: at most ${persons.atMost}.`,
        fr: `${counted(found.transfers, 'fr', '', 'transfert')} ${found.transfers < 2 ? 'a' : 'ont'} pu atteindre le prestataire ; personnes concernées : au plus ${persons.atMost}.`,
      }),
      ...(found.first === undefined ? [] : [`${found.first} … ${found.last ?? ''}`]),
      ...(found.clients.length === 0
        ? []
        : [`${say({ en: 'Clients: ', fr: 'Clients : ' })}${found.clients.join(', ')}`]),
      ...(found.purposes.length === 0
        ? []
        : [`${say({ en: 'Purposes: ', fr: 'Finalités : ' })}${found.purposes.join(', ')}`]),
    ],
    tables: [
      {
        title: say({
          en: 'Categories of data, findings by form',
          fr: 'Catégories de données, éléments trouvés par forme',
        }),
        columns: [
          say({ en: 'category', fr: 'catégorie' }),
          say({ en: 'key', fr: 'clé' }),
          ...formColumns(words),
        ],
        rows: Object.entries(found.categories).map(([id, counts]) => [
          words.category(id),
          id,
          ...forms.map((form) => counts[form]),
        ]),
      },
      {
        title: say({ en: 'Countries and grounds', fr: 'Pays et fondements' }),
        columns: [
          say({ en: 'country', fr: 'pays' }),
          say({ en: 'code', fr: 'code' }),
          say({ en: 'ground', fr: 'fondement' }),
        ],
        rows: Object.entries(found.countries).map(([code, on]) => [
          words.country(code),
          code,
          on.map(words.ground).join(', '),
        ]),
      },
      {
        title: say({ en: 'How they ended', fr: 'Issues' }),
        columns: [say({ en: 'end', fr: 'issue' }), count],
        rows: [
          ...Object.entries(found.ends).map(([end, n]): (string | number)[] => [
            say(endNames[end as keyof typeof endNames]),
            n,
          ]),
          [say({ en: 'refused: nothing left', fr: "refusés : rien n'est parti" }), found.refused],
          [say({ en: 'not sent', fr: 'non envoyés' }), found.notSent],
        ],
      },
    ],
    notes: [
      ...(persons.uncounted === 0
        ? []
        : [
            say({
              en: `The persons of ${counted(persons.uncounted, 'en', 'transfer', '')} can no longer be counted: their index is erased or expired.`,
              fr: `Les personnes de ${counted(persons.uncounted, 'fr', '', 'transfert')} ne peuvent plus être comptées : leur index est effacé ou expiré.`,
            }),
          ]),
      say({
        en: 'Pseudonyms cannot be turned back by the provider alone; for the controller they are personal data.',
        fr: 'Le prestataire seul ne peut pas lever les pseudonymes ; pour le responsable du traitement, ce sont des données personnelles.',
      }),
      say(roundIt),
    ],
  }
}

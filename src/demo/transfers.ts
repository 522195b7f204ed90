/** The six transfers of the demonstration: what is sent, by whom, to whom, and what a viewer should look for. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Both } from '../lang.ts'

export interface DemoTransfer {
  readonly title: Both
  readonly client: 'moreau' | 'velo-vert'
  readonly provider: string
  readonly purpose: string
  readonly path: string
  /** A file of payloads/. */
  readonly payload: string
  readonly look: Both
  /** The verdict, or the code of the refusal. */
  readonly expect: string
  readonly case?: string
}

export const demoTransfers: readonly DemoTransfer[] = [
  {
    title: {
      en: 'Payroll to Antananarivo, under clauses and a current assessment',
      fr: "La paie vers Antananarivo, sous clauses et analyse d'impact à jour",
    },
    client: 'moreau',
    provider: 'tana-paie',
    purpose: 'payroll',
    path: '/lots',
    payload: 'payroll.json',
    look: {
      en: 'names, bank and contact become pseudonyms, the salary passes by need to know, and the answer comes home restored',
      fr: "noms, banque et coordonnées deviennent des pseudonymes, le salaire passe parce qu'il est nécessaire, et la réponse revient avec les vraies valeurs",
    },
    expect: 'treat',
  },
  {
    title: {
      en: 'The same payroll, where the transfer impact assessment is past its review',
      fr: "La même paie, là où l'analyse d'impact a dépassé sa date de révision",
    },
    client: 'moreau',
    provider: 'antsirabe-paie',
    purpose: 'payroll',
    path: '/lots',
    payload: 'payroll.json',
    look: { en: 'nothing leaves', fr: 'rien ne part' },
    expect: 'TIA_EXPIRED',
  },
  {
    title: {
      en: 'A support ticket to Lisbon, whose affiliate in Rabat reads it',
      fr: 'Un ticket de support vers Lisbonne, que la filiale de Rabat lit',
    },
    client: 'velo-vert',
    provider: 'lisboa-suporte',
    purpose: 'support',
    path: '/tickets',
    payload: 'ticket.json',
    look: {
      en: 'the Moroccan leg makes the whole ticket a transfer to a third country',
      fr: 'le trajet marocain fait de tout le ticket un transfert vers un pays tiers',
    },
    expect: 'treat',
    case: 'T-88121',
  },
  {
    title: { en: 'An invoice to an accountant in Lyon', fr: 'Une facture vers un comptable à Lyon' },
    client: 'moreau',
    provider: 'lyon-compta',
    purpose: 'invoicing',
    path: '/factures',
    payload: 'invoice.json',
    look: {
      en: 'inside the EEA it passes in clear, byte for byte, and is logged',
      fr: "dans l'EEE elle passe en clair, octet par octet, et figure au journal",
    },
    expect: 'allow',
  },
  {
    title: { en: 'Sick leave to Antananarivo', fr: 'Un arrêt maladie vers Antananarivo' },
    client: 'moreau',
    provider: 'tana-paie',
    purpose: 'payroll',
    path: '/lots',
    payload: 'health.json',
    look: {
      en: 'health data are a special category: nothing leaves',
      fr: 'les données de santé sont des données sensibles : rien ne part',
    },
    expect: 'SPECIAL_CATEGORY',
  },
  {
    title: {
      en: 'A question whose answer quotes pseudonyms in a sentence, one of them retyped badly',
      fr: 'Une question dont la réponse cite des pseudonymes dans une phrase, dont un mal retapé',
    },
    client: 'moreau',
    provider: 'tana-paie',
    purpose: 'payroll',
    path: '/questions',
    payload: 'question.json',
    look: {
      en: 'lower case and a space for a hyphen are forgiven: the answer comes home with the real names',
      fr: "minuscules et espace au lieu du trait d'union sont admis : la réponse revient avec les vrais noms",
    },
    expect: 'treat',
  },
]

export const payloadOf = (transfer: DemoTransfer): string =>
  readFileSync(join(import.meta.dirname, 'payloads', transfer.payload), 'utf8')

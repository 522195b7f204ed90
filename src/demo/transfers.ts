/** The six transfers of the demonstration: what is sent, by whom, to whom, and what a viewer should look for. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DemoTransfer {
  readonly title: string
  readonly client: 'moreau' | 'velo-vert'
  readonly provider: string
  readonly purpose: string
  readonly path: string
  /** A file of payloads/. */
  readonly payload: string
  readonly look: string
  /** The verdict, or the code of the refusal. */
  readonly expect: string
  readonly case?: string
}

export const demoTransfers: readonly DemoTransfer[] = [
  {
    title: 'Payroll to Antananarivo, under clauses and a current assessment',
    client: 'moreau',
    provider: 'tana-paie',
    purpose: 'payroll',
    path: '/lots',
    payload: 'payroll.json',
    look: 'names, bank and contact become pseudonyms, the salary passes by need to know, and the answer comes home restored',
    expect: 'treat',
  },
  {
    title: 'The same payroll, where the transfer impact assessment is past its review',
    client: 'moreau',
    provider: 'antsirabe-paie',
    purpose: 'payroll',
    path: '/lots',
    payload: 'payroll.json',
    look: 'nothing leaves',
    expect: 'TIA_EXPIRED',
  },
  {
    title: 'A support ticket to Lisbon, whose affiliate in Rabat reads it',
    client: 'velo-vert',
    provider: 'lisboa-suporte',
    purpose: 'support',
    path: '/tickets',
    payload: 'ticket.json',
    look: 'the Moroccan leg makes the whole ticket a transfer to a third country',
    expect: 'treat',
    case: 'T-88121',
  },
  {
    title: 'An invoice to an accountant in Lyon',
    client: 'moreau',
    provider: 'lyon-compta',
    purpose: 'invoicing',
    path: '/factures',
    payload: 'invoice.json',
    look: 'inside the EEA it passes in clear, byte for byte, and is logged',
    expect: 'allow',
  },
  {
    title: 'Sick leave to Antananarivo',
    client: 'moreau',
    provider: 'tana-paie',
    purpose: 'payroll',
    path: '/lots',
    payload: 'health.json',
    look: 'health data are a special category: nothing leaves',
    expect: 'SPECIAL_CATEGORY',
  },
  {
    title: 'A question whose answer quotes pseudonyms in a sentence, one of them retyped badly',
    client: 'moreau',
    provider: 'tana-paie',
    purpose: 'payroll',
    path: '/questions',
    payload: 'question.json',
    look: 'lower case and a space for a hyphen are forgiven: the answer comes home with the real names',
    expect: 'treat',
  },
]

export const payloadOf = (transfer: DemoTransfer): string =>
  readFileSync(join(import.meta.dirname, 'payloads', transfer.payload), 'utf8')

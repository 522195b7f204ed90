import { Option } from 'commander'
import type { Says } from './lang.ts'

/** What several commands take. */

/** `--reason`, of whatever a person orders. */
export const reasonOption = (says: Says): Option =>
  new Option(
    '--reason <text>',
    says('why; it stays in the log', 'pourquoi ; cela reste au journal'),
  ).makeOptionMandatory()

/** `--key`, of whatever an approver signs. */
export const keyOption = (says: Says): Option =>
  new Option(
    '--key <file>',
    says('the approver’s key (douane keys approver)', "la clé de l'approbateur (douane keys approver)"),
  ).makeOptionMandatory()

/** What a folder of policies is, as an argument or an option. */
export const policiesFolder = (says: Says): string =>
  says(
    'a policies folder; default: the home’s',
    'un dossier de politiques ; à défaut : celui du dossier de Douane',
  )

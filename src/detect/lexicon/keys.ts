import { clinicalRows } from './keys/clinical.ts'
import { contactRows } from './keys/contact.ts'
import { crmRows } from './keys/crm.ts'
import { identifierRows } from './keys/identifier.ts'
import { invoiceRows } from './keys/invoice.ts'
import { iso20022Rows } from './keys/iso20022.ts'
import { moneyRows } from './keys/money.ts'
import { payrollRows } from './keys/payroll.ts'
import { personRows } from './keys/person.ts'
import type { KeyRow } from './keys/row.ts'
import { sapRows } from './keys/sap.ts'
import { specialRows } from './keys/special.ts'
import { vcardRows } from './keys/vcard.ts'

export * from './keys/words.ts'

/** Everyday names in nine languages, then the vocabularies of formats and products; the first row of a name counts. */
export const keyRows: readonly KeyRow[] = [
  ...personRows,
  ...contactRows,
  ...identifierRows,
  ...moneyRows,
  ...specialRows,
  ...iso20022Rows,
  ...invoiceRows,
  ...sapRows,
  ...crmRows,
  ...clinicalRows,
  ...payrollRows,
  ...vcardRows,
]

/**
 * Categories of personal data: dotted keys, mapped to the W3C Data Privacy Vocabulary in
 * policies/categories.yaml. `date` and `org` are context types, not personal data by themselves.
 */
export const categories = [
  'name',
  'contact.email',
  'contact.phone',
  'contact.address',
  'contact.postcode',
  'contact.city',
  'birth.date',
  'birth.place',
  'age',
  'gender',
  'marital',
  'nationality',
  'language',
  'id.national',
  'id.tax',
  'id.passport',
  'id.driving',
  'id.health',
  'id.customer',
  'id.employee',
  'id.case',
  'id.pseudonym',
  'online.ip',
  'online.mac',
  'online.device',
  'online.username',
  'online.url',
  'auth.password',
  'auth.pin',
  'auth.secret',
  'location.gps',
  'location.place',
  'fin.iban',
  'fin.account',
  'fin.bic',
  'fin.card',
  'fin.cvv',
  'fin.income',
  'fin.credit',
  'hr.salary',
  'hr.performance',
  'hr.discipline',
  'vehicle.plate',
  'health',
  'genetic',
  'biometric',
  'belief.religion',
  'belief.politics',
  'belief.union',
  'belief.philosophy',
  'ethnic',
  'sexual',
  'criminal',
  'child',
  'comms',
  'freetext',
  'date',
  'org',
] as const

export type Category = (typeof categories)[number]

/** A category or a group of them: `contact` stands for every `contact.*`. */
export type CategoryGroup = string

/** `contact.email` is below `contact` and below itself; `contactless` is not below `contact`. */
export const isBelow = (category: string, group: CategoryGroup): boolean =>
  category === group || category.startsWith(`${group}.`)

/** Article 9(1) GDPR. */
export const specialCategories: readonly CategoryGroup[] = [
  'health',
  'genetic',
  'biometric',
  'belief',
  'ethnic',
  'sexual',
]

/** Weakest to strongest; `pseudonymise` means reversible by us alone. */
export const treatmentOrder = ['allow', 'generalise', 'pseudonymise', 'mask', 'remove', 'block'] as const
export type TreatmentName = (typeof treatmentOrder)[number]

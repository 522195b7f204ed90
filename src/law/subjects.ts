/**
 * Kinds of data subjects, for the one question that law asks of them: are these human-resources data? The
 * EU-US Data Privacy Framework covers them only if the entry in its list says so (Decision 2023/1795,
 * Annex I, principle 9).
 */
const staff = [
  'employees',
  'former_employees',
  'applicants',
  'workers',
  'interns',
  'temps',
  'relatives',
  'retirees',
]

const others = [
  'customers',
  'former_customers',
  'prospects',
  'users',
  'subscribers',
  'callers',
  'contacts',
  'suppliers',
  'patients',
  'insured',
  'debtors',
  'tenants',
  'students',
  'pupils',
  'members',
  'donors',
  'visitors',
  'citizens',
  'travellers',
  'claimants',
  'children',
  'vulnerable_persons',
]

export const knownSubjects: readonly string[] = [...staff, ...others]

/** What a listing must cover for these people; a word we do not know asks for both. */
export const dpfCoverage = (subjects: readonly string[]): ReadonlySet<'hr' | 'non_hr'> => {
  const needed = new Set<'hr' | 'non_hr'>()
  for (const subject of subjects) {
    if (!others.includes(subject)) needed.add('hr')
    if (!staff.includes(subject)) needed.add('non_hr')
  }
  if (subjects.length === 0) needed.add('hr').add('non_hr')
  return needed
}

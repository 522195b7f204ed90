/** The code that a refusal by a rule has: its own, or that of what the law has against the route. */
import type { Code } from '../errors.ts'
import type { Category } from '../model/category.ts'
import type { Problem } from '../model/ground.ts'
import { namedProblems } from './because.ts'
import type { Rule } from './bundle.ts'
import { categoryProblems, hasCategoryProblem } from './facts.ts'
import type { RouteSeen } from './facts.ts'

/** What a transfer meets for each problem of the law. */
export const codeOfProblem: Readonly<Record<Problem, Code>> = {
  no_mechanism: 'NO_GROUND',
  adequacy_expired: 'GROUND_EXPIRED',
  adequacy_scope: 'NO_GROUND',
  dpf_inactive: 'NO_GROUND',
  scc_repealed: 'GROUND_EXPIRED',
  scc_module: 'GROUND_INCOMPLETE',
  scc_annex: 'GROUND_INCOMPLETE',
  proof_missing: 'GROUND_INCOMPLETE',
  tia_missing: 'TIA_MISSING',
  tia_expired: 'TIA_EXPIRED',
  tia_scope: 'TIA_SCOPE',
  contract_missing: 'CONTRACT_MISSING',
  contract_ended: 'CONTRACT_MISSING',
  contract_incomplete: 'CONTRACT_MISSING',
  purpose_outside: 'PURPOSE_OUTSIDE_CONTRACT',
  category_outside: 'CATEGORY_OUTSIDE_CONTRACT',
  subprocessor_unauthorised: 'SUBPROCESSOR_UNAUTHORISED',
  derogation_refused: 'DEROGATION_REFUSED',
  no_effective_measure: 'NO_EFFECTIVE_MEASURE',
  mechanism_incomplete: 'GROUND_INCOMPLETE',
  country_undeclared: 'COUNTRY_UNDECLARED',
  country_hint: 'COUNTRY_UNDECLARED',
  vault_not_ours: 'VAULT_NOT_OURS',
  weak_transform: 'VAULT_NOT_OURS',
  reveal_outside: 'VAULT_NOT_OURS',
  hds_missing: 'LOCALISATION',
  de_social_data: 'LOCALISATION',
  es_localisation: 'LOCALISATION',
  bank_secrecy: 'LOCALISATION',
  dora_country: 'LOCALISATION',
  authority_request: 'ROUTE_HELD',
  incident_open: 'ROUTE_HELD',
  erasure_unacknowledged: 'ROUTE_HELD',
  foreign_control: 'POLICY_BLOCK',
  foreign_control_excluded: 'POLICY_BLOCK',
  same_entity_abroad: 'POLICY_BLOCK',
  adequacy_at_risk: 'POLICY_BLOCK',
  adequacy_expires: 'POLICY_BLOCK',
  eea_not_incorporated: 'POLICY_BLOCK',
  importer_under_gdpr: 'POLICY_BLOCK',
  derogation_repeated: 'DEROGATION_REFUSED',
}

/** Codes of a block: the rule's own, else those of the problems that it met, else POLICY_BLOCK. */
export const blockCodes = (rule: Rule, route: RouteSeen, categories: Iterable<Category>): Code[] => {
  if (rule.code !== undefined) return [rule.code]
  const named = namedProblems(rule.when)
  const met = named.filter(
    (problem) => route.law.problems.includes(problem) || route.law.remarks.includes(problem),
  )
  for (const category of categories)
    met.push(
      ...named.filter((p) => categoryProblems.includes(p) && hasCategoryProblem(p, { route, category })),
    )
  return met.length === 0 ? ['POLICY_BLOCK'] : met.map((problem) => codeOfProblem[problem])
}

import type { Problem } from '../model/ground.ts'
import type { Leg, Role } from '../model/register.ts'
import type { Mechanisms, SccModule } from './data.ts'
import type { Parties } from './roles.ts'

/** A sub-processor is a processor. */
const side = (role: Role): 'controller' | 'processor' => (role === 'controller' ? 'controller' : 'processor')

/** Module of Decision (EU) 2021/914 by the roles of both ends. */
export const expectedModule = (
  law: Pick<Mechanisms, 'scc'>,
  roles: { readonly exporter: Role; readonly importer: Role },
): SccModule | undefined =>
  law.scc.modules.find(
    ({ exporter, importer }) => exporter === side(roles.exporter) && importer === side(roles.importer),
  )

/**
 * Rules 15 and 16: what is wrong with the clauses of a leg, if anything. Annex III (sub-processors) is needed where
 * clause 9(a) asks for specific authorisation, which silence means.
 */
export const sccProblems = (
  law: Pick<Mechanisms, 'scc'>,
  leg: Leg,
  who: Pick<Parties, 'roles'>,
): readonly Problem[] => {
  const found: Problem[] = []
  if (leg.scc_set !== undefined && leg.scc_set !== law.scc.set) found.push('scc_repealed')
  const module = expectedModule(law, who.roles)
  if (module === undefined || leg.module !== module.id) found.push('scc_module')
  const has = new Set(leg.annexes)
  const needed = module?.annexes ?? ['I.A', 'I.B', 'I.C', 'II']
  const list = module?.annex_iii === true && leg.clause9 !== 'general' ? [...needed, 'III'] : needed
  if (!list.every((annex) => has.has(annex))) found.push('scc_annex')
  return found
}

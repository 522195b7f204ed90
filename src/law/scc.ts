import type { Problem } from '../model/ground.ts'
import type { Leg, Role } from '../model/register.ts'
import type { Parties } from './roles.ts'

type Module = NonNullable<Leg['module']>

/** The set in force; the sets before it ended on 27 Dec 2022 (Decision (EU) 2021/914, Art. 4(4)). */
export const sccSet = '2021/914'
export const repealedSets = ['2001/497', '2004/915', '2010/87'] as const

/** Modules of Decision (EU) 2021/914 by the roles of both ends; a sub-processor is a processor. */
export const expectedModule = (roles: { readonly exporter: Role; readonly importer: Role }): Module =>
  roles.exporter === 'controller'
    ? roles.importer === 'controller'
      ? 'M1'
      : 'M2'
    : roles.importer === 'controller'
      ? 'M4'
      : 'M3'

/**
 * Annexes that must be complete: I.A (parties) and I.B (transfer) always, I.C (authority) and II (measures)
 * where the importer's country is not the exporter's controller's (M1–M3), III (sub-processors) where
 * clause 9(a) asks for specific authorisation (M2, M3).
 */
export const neededAnnexes = (module: Module, clause9: Leg['clause9']): readonly string[] => {
  if (module === 'M4') return ['I.A', 'I.B']
  const base = ['I.A', 'I.B', 'I.C', 'II']
  return module === 'M1' || clause9 === 'general' ? base : [...base, 'III']
}

/** Rules 15 and 16: what is wrong with the clauses of a leg, if anything. */
export const sccProblems = (leg: Leg, who: Parties): readonly Problem[] => {
  const found: Problem[] = []
  if (leg.scc_set !== undefined && leg.scc_set !== sccSet) found.push('scc_repealed')
  const module = expectedModule(who.roles)
  if (leg.module !== module) found.push('scc_module')
  const has = new Set(leg.annexes)
  if (!neededAnnexes(module, leg.clause9).every((annex) => has.has(annex))) found.push('scc_annex')
  return found
}

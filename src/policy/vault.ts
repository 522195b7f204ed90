/** Whether what would turn a pseudonym back stays where the law wants it. */
import { adequacy } from '../law/adequacy.ts'
import { inEea } from '../law/territory.ts'
import type { RouteLaw } from '../model/ground.ts'
import type { CivilDate, Client, CountryCode } from '../model/register.ts'
import type { Bundle } from './bundle.ts'

type Vault = 'ours' | 'not_ours' | 'unknown'

/**
 * Where gateway and vault stand and who runs them: additional information stays with the exporter, or with one that it
 * trusts, in the EEA or an adequate country (EDPB Recs 01/2020 §85 no. 2, 3; 01/2025 §64).
 */
export const vaultOf = (
  bundle: Bundle,
  client: Client | undefined,
  { region, on }: { readonly region?: CountryCode; readonly on: CivilDate },
): Vault => {
  const { admin = 'client', importer_access: reachable = false } = client?.vault ?? {}
  if (admin === 'other' || reachable) return 'not_ours'
  if (region === undefined) return 'unknown'
  const stands =
    inEea(bundle.law, region) ||
    adequacy(bundle.law, region, { scope_facts: {}, subjects: [] }, on).state === 'valid'
  return stands ? 'ours' : 'not_ours'
}

export const withVault = (law: RouteLaw, vault: Vault): RouteLaw =>
  vault === 'not_ours' ? { ...law, problems: [...law.problems, 'vault_not_ours'] } : law

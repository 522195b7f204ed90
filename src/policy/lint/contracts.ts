/** Each contract of the register with its file and its routes as they are on a day. */
import type { CivilDate, Contract, Provider } from '../../model/register.ts'
import type { Bundle } from '../bundle.ts'
import { openRoute } from '../route.ts'
import type { Route } from '../route.ts'
import { parseYaml } from '../yaml.ts'
import type { ParsedFile } from '../yaml.ts'

export interface ContractSeen {
  readonly doc: ParsedFile
  readonly provider: Provider
  readonly contract: Contract
  /** Its place in the file. */
  readonly n: number
  /** One for each purpose. */
  readonly routes: readonly Route[]
}

export const contractsOf = (bundle: Bundle, on: CivilDate): readonly ContractSeen[] =>
  bundle.files
    .filter(({ path }) => path.startsWith('register/providers/') && path.endsWith('.yaml'))
    .flatMap((file) => {
      const doc = parseYaml(file)
      const provider = bundle.providers.get(String((doc.value as { readonly id?: unknown }).id))
      return (provider?.contracts ?? []).map((contract, n) => ({
        ...{ doc, provider: provider!, contract, n },
        routes: (contract.dpa?.purposes ?? []).map((purpose) =>
          openRoute(bundle, {
            ...{ client: contract.client, provider: provider!.id, purpose, on },
            ...{ method: 'POST', media: 'application/json' },
          }),
        ),
      }))
    })

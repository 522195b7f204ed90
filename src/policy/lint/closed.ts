/** Routes that the register names and the law closes: no fault of a file, and nothing would go. */
import { becauseOf, namedProblems } from '../because.ts'
import type { Rule } from '../bundle.ts'
import type { Warning } from '../names.ts'
import type { Route } from '../route.ts'
import type { KeyPath } from '../yaml.ts'
import type { ContractSeen } from './contracts.ts'

/** What a file of derogations/ opens for its case. */
const opened = 'derogation_refused'

/** The rule that refuses whatever is sent, because of what the law has against the route; undefined: none does. */
const refusing = ({ always }: Route): Rule | undefined =>
  always.find(({ rule: { decide, when } }) => {
    const named = namedProblems(when)
    return (
      typeof decide === 'object' && decide.name === 'block' && named.length > 0 && !named.includes(opened)
    )
  })?.rule

/**
 * `moreau → tana-paie · payroll: every transfer is refused: Nothing in Chapter V carries …`, at the leg that lacks its ground. Entries
 * that are no more than drafts are left alone.
 */
export const closed = (contracts: readonly ContractSeen[]): readonly Warning[] =>
  contracts.flatMap(({ doc, provider, contract, n, routes }) =>
    routes.flatMap((route): Warning[] => {
      const { client, law, purposeId } = route.seen
      const rule = refusing(route)
      if (rule === undefined || client?.status !== 'approved' || provider.status !== 'approved') return []
      const leg = law.legs.findIndex(({ problems }) => problems.length > 0)
      const at: KeyPath =
        leg >= 0 && leg < (contract.legs?.length ?? 0)
          ? ['contracts', n, 'legs', leg]
          : ['contracts', n, 'client']
      const because = becauseOf(rule, law)
      const which = `${contract.client} → ${provider.id} · ${purposeId}`
      return [
        {
          source: doc.at(at),
          message: {
            en: `${which}: every transfer is refused by rule ${rule.id}: ${because.en}`,
            fr: `${which} : tout envoi est refusé par la règle ${rule.id} : ${because.fr}`,
          },
        },
      ]
    }),
  )

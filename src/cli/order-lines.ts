/** What people ordered that holds now, a line an order. */
import type { shownOrders } from '../admin/order-handlers.ts'
import type { Both } from '../lang.ts'

/** The DPO's opinion, `favourable` or `unfavourable`. */
export const opinionInFrench = (opinion: string): string =>
  opinion === 'favourable' ? 'favorable' : 'défavorable'

const short = (digest: string): string => digest.slice(0, 12)

/** Bundle in force, those before, suspensions, overrides, approvals, opinions, approvers. */
export const orderLines = (orders: ReturnType<typeof shownOrders>): readonly Both[] => {
  const { active, past, suspended, overrides, approvals, approvers } = orders
  return [
    active === undefined
      ? { en: 'no bundle is in force', fr: "aucune politique n'est en vigueur" }
      : {
          en: `in force  ${active.bundle}  ${active.since}  by ${active.by}`,
          fr: `en vigueur  ${active.bundle}  ${active.since}  par ${active.by}`,
        },
    ...past
      .slice(-4, -1)
      .toReversed()
      .map((one) => ({ en: `before    ${one}`, fr: `avant       ${one}` })),
    ...suspended.map(({ provider, since, by, reason }) => ({
      en: `suspended ${provider}  since ${since}  by ${by}: ${reason}`,
      fr: `suspendu    ${provider}  depuis ${since}  par ${by} : ${reason}`,
    })),
    ...overrides.map(({ rule, client, provider, purpose, until, by, reason, id, void: why }) => {
      const route = `${client} → ${provider}${purpose === '' ? '' : ` (${purpose})`}`
      return {
        en: `lifted    ${rule} for ${route} until ${until}  by ${by}: ${reason}  id ${id}${why === undefined ? '' : `  VOID: ${why.en}`}`,
        fr: `levée       ${rule} pour ${route} jusqu'au ${until}  par ${by} : ${reason}  id ${id}${why === undefined ? '' : `  SANS EFFET : ${why.fr}`}`,
      }
    }),
    ...approvals.map(({ bundle, by, from }) => ({
      en: `approved  ${short(bundle)}  by ${by}${from === '' ? '' : `  from ${from}`}`,
      fr: `approuvée   ${short(bundle)}  par ${by}${from === '' ? '' : `  à partir du ${from}`}`,
    })),
    ...orders.opinions.map(({ bundle, opinion, by, reason }) => ({
      en: `opinion   ${short(bundle)}  ${opinion}  by ${by}: ${reason}`,
      fr: `avis        ${short(bundle)}  ${opinionInFrench(opinion)}  par ${by} : ${reason}`,
    })),
    ...approvers.map(({ name, kid, revoked }) => ({
      en: `approver  ${name}  key ${kid}${revoked ? '  revoked' : ''}`,
      fr: `approbateur ${name}  clé ${kid}${revoked ? '  révoquée' : ''}`,
    })),
  ]
}

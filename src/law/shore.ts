import type { Shore } from '../model/ground.ts'
import type { CountryCode } from '../model/register.ts'
import type { LawData } from './data.ts'
import { inEea, resolved, territory } from './territory.ts'

const stateOf = (law: LawData, code: CountryCode): CountryCode =>
  territory(law, code)?.of ?? resolved(law, code)

/**
 * Where a provider is, seen from its client: `onshore` in the client's own state where EU law applies, `nearshore`
 * elsewhere in the EEA or in a country with an adequacy decision, else `offshore`. The words are those of the trade;
 * the lines between them are drawn by law, not by kilometres. They decide nothing by themselves.
 */
export const shoreOf = (law: LawData, client: CountryCode, provider: CountryCode): Shore =>
  inEea(law, provider)
    ? stateOf(law, client) === stateOf(law, provider)
      ? 'onshore'
      : 'nearshore'
    : law.adequacy.has(resolved(law, provider))
      ? 'nearshore'
      : 'offshore'

import type { Settings } from '../config/settings.ts'
import { Misconfigured } from '../errors.ts'
import { adequacy } from '../law/adequacy.ts'
import { civilDate } from '../law/date.ts'
import { inEea } from '../law/territory.ts'
import type { Bundle } from '../policy/bundle.ts'

/**
 * What `serve` asks of an installation before it opens a door. Where the vault stands decides whether
 * pseudonymisation is a measure at all (EDPB Recs 01/2020 §85 no. 2).
 * @throws Misconfigured
 */
export function checkReadiness({ region }: Pick<Settings, 'region'>, bundle: Bundle, now: Date): void {
  if (region === undefined) {
    throw new Misconfigured(
      'region is missing in douane.yaml (or DOUANE_REGION): the country of gateway and vault',
      'region manque dans douane.yaml (ou DOUANE_REGION) : le pays de la passerelle et du coffre',
    )
  }
  const on = civilDate(now, 'Europe/Brussels')
  const recipient = { scope_facts: {}, subjects: [] }
  if (!inEea(bundle.law, region) && adequacy(bundle.law, region, recipient, on).state !== 'valid') {
    throw new Misconfigured(
      `region ${region} is outside the EEA and without an adequacy decision: the vault may not stand there`,
      `region ${region} est hors de l'EEE et sans décision d'adéquation : le coffre ne peut pas s'y trouver`,
    )
  }
  if (![...bundle.clients.values()].some(({ status }) => status === 'approved')) {
    throw new Misconfigured(
      'no approved client in policies/register/clients: nobody could send anything',
      'aucun client approuvé dans policies/register/clients : personne ne pourrait rien envoyer',
    )
  }
}

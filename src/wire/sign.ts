import { createPublicKey } from 'node:crypto'
import { streams } from '../model/record.ts'
import type { Stream } from '../model/record.ts'
import { following } from './following.ts'
import type { Installation } from './installation.ts'

/**
 * Puts what both logs hold under a signed checkpoint, where no gateway is there to do it.
 * @throws IntegrityBroken
 */
export async function signAll(installation: Installation): Promise<void> {
  const { trees: store, anchor, signer, signers, secrets } = installation
  const enrol = createPublicKey(secrets.enrolmentKey)
  for (const stream of Object.keys(streams) as Stream[]) {
    const one = following({
      store,
      anchor,
      stream,
      signer: signer[stream],
      signers: () => signers(stream),
      enrol,
    })
    for (;;) {
      const { did, more } = await one.step(new Date())
      if (!more || did === 'lost') break
    }
  }
}

/** A witness of the log (c2sp.org/tlog-witness): it sees checkpoints and proofs, no record. */
import type { AskWitness } from '../audit/witnessing.ts'
import type { Witness } from '../audit/quorum.ts'
import { openParty } from './exchange.ts'
import { Unanswered } from './unanswered.ts'
import type { Answer, Party, PartyOptions, PartySettings } from './exchange.ts'

export interface Witnesses {
  readonly ask: AskWitness
  close(): Promise<void>
}

const read = ({ status, type, body }: Answer): Awaited<ReturnType<AskWitness>> => {
  const text = body.toString('utf8')
  if (status === 200) return { said: 'cosigned', lines: text }
  if (status === 422) return { said: 'inconsistent' }
  const size = /^(0|[1-9]\d{0,15})\n$/.exec(text)?.[1]
  if (status === 409 && type === 'text/x.tlog.size' && size !== undefined)
    return { said: 'size', size: Number(size) }
  return { said: 'none' }
}

/** Asks each witness at `URL/add-checkpoint`; what cannot be used is no answer. */
export const openWitnesses = (settings: PartySettings, options: PartyOptions = {}): Witnesses => {
  const parties = new Map<Witness, Party>()
  return {
    async ask(witness, body) {
      if (witness.url === undefined) return { said: 'none' }
      let party = parties.get(witness)
      if (party === undefined) {
        party = openParty(`${witness.url.replace(/\/$/, '')}/add-checkpoint`, settings, options)
        parties.set(witness, party)
      }
      try {
        return read(await party.post('text/plain', body))
      } catch (error) {
        if (error instanceof Unanswered) return { said: 'none' }
        throw error
      }
    },
    async close() {
      await Promise.all([...parties.values()].map((party) => party.close()))
    },
  }
}

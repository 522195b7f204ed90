import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { PolicyTextInvalid, readQuorum } from '../audit/quorum.ts'
import type { Quorum } from '../audit/quorum.ts'
import { Misconfigured, unreadable } from '../errors.ts'

/** The witnesses of the settings, or undefined. @throws Misconfigured naming the line that is wrong */
export const readWitnessPolicy = (settings: {
  readonly home: string
  readonly witness?: { readonly policy: string }
}): Quorum | undefined => {
  if (settings.witness === undefined) return undefined
  const path = resolve(settings.home, settings.witness.policy)
  try {
    return readQuorum(readFileSync(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof PolicyTextInvalid)) throw unreadable(path, error, { setting: 'witness.policy' })
    throw new Misconfigured(
      `witness.policy: ${path}: ${error.message}`,
      `witness.policy : ${path} : ${error.fr}`,
    )
  }
}

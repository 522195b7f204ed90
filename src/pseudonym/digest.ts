/** What the log may keep of Douane-Case and Douane-Subject: a keyed digest, never a plain hash. 32 bytes. */
import type { Keys } from './keys.ts'
import { keyed } from './keys.ts'

export const caseDigest = (keys: Keys, client: string, value: string): Buffer =>
  keyed(keys.digest(client, 'case'), value)

export const subjectDigest = (keys: Keys, client: string, value: string): Buffer =>
  keyed(keys.digest(client, 'subject'), value)

/** What the use of a derogation is counted under. */
export const derogationDigest = (keys: Keys, client: string, provider: string, value: string): Buffer =>
  keyed(keys.digest(client, 'derogation'), JSON.stringify([provider, value]))

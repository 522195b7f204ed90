/** Logs that were signed although their records do not hold together: what only a verifier can find. */
import { generateKeyPairSync } from 'node:crypto'
import { genesisBody, newBoot } from '../../src/audit/chain.ts'
import { leafHash } from '../../src/audit/merkle.ts'
import { uncheckedLog } from './forge.ts'
import { bootRecord, refusalBody, someBoot } from './records.ts'
import { at, enrolVkey, intentBody, name, outcomeBody } from './world.ts'

export const boot = someBoot()
export const genesis = genesisBody(`${name}/transfers`, enrolVkey, at(0))
export const stranger = newBoot('gateway-9', generateKeyPairSync('ed25519').privateKey, 'douane 0.1.0')
export const other = someBoot('gateway-2')

const hex = 'ab'.repeat(32)
const bare = (k: string) => ({ v: 1, k, t: at(30).toISOString() })

type Log = ReturnType<typeof uncheckedLog>

/** A log that begins as it should and goes on as `fill` says, signed. */
export const unsoundLog = (fill: (log: Log) => void) => {
  const log = uncheckedLog()
  log.append(boot, bootRecord(boot), genesis)
  fill(log)
  return log.signIt()
}

/** Name, exit, a word of the finding, and what is appended after boot and genesis. */
export const unsound: readonly (readonly [string, 0 | 1 | 3, string, (log: Log) => void])[] = [
  ['nothing amiss', 0, '', (log) => log.append(boot, intentBody(1), outcomeBody(1, 2))],
  [
    'records made side by side, a moment out of order',
    0,
    '',
    (log) => log.append(boot, refusalBody(30_000), refusalBody(1)),
  ],
  [
    'orders of people, each key of each kind',
    0,
    '',
    (log) =>
      log.append(
        boot,
        { ...bare('policy'), bundle: hex, by: 'start' },
        {
          ...{
            ...bare('policy'),
            act: 'approved',
            bundle: hex,
            by: 'marie',
            roles: ['approver'],
            why: 'new TIA',
          },
          ...{ from: '2026-12-01T00:00:00.000Z', nonce: 'f'.repeat(32), jws: 'e30..AA' },
        },
        { ...bare('policy'), act: 'opinion', bundle: hex, by: 'dpo', opinion: 'favourable', why: 'yes' },
        {
          ...bare('override'),
          act: 'suspended',
          by: 'dpo',
          roles: ['dpo'],
          why: 'a breach',
          provider: 'tana',
        },
        {
          ...{ ...bare('override'), act: 'lifted', by: 'marie', roles: ['approver'], why: 'one batch' },
          ...{ provider: 'tana', client: 'acme', purpose: 'payroll', rule: 'no-phone' },
          ...{ until: '2026-12-01T00:00:00.000Z', nonce: 'e'.repeat(32), jws: 'e30..AA' },
        },
        {
          ...bare('key'),
          act: 'approver.added',
          subject: 'marie',
          by: 'cli:root',
          kid: 'k',
          x: 'x',
          why: 'new',
        },
        { ...refusalBody(9), orders: 7 },
        { ...intentBody(10), orders: 7 },
      ),
  ],
  [
    'an order that nobody knows',
    1,
    'no record that this version knows',
    (log) => log.append(boot, { ...bare('override'), act: 'opened', by: 'x', roles: [], why: 'y' }),
  ],
  [
    'a version that nobody knows',
    1,
    'no record that this version knows',
    (log) => log.append(boot, { ...refusalBody(1), v: 2 }),
  ],
  [
    'a kind that nobody knows',
    1,
    'no record that this version knows',
    (log) => log.append(boot, { ...refusalBody(1), k: 'derogation' }),
  ],
  [
    'a key that nobody knows',
    1,
    'no record that this version knows',
    (log) => log.append(boot, { ...refusalBody(1), note: 'x' }),
  ],
  [
    'a fact in another form',
    1,
    'no record that this version knows',
    (log) => log.append(boot, { ...intentBody(1), ground: 'scc_ec' }),
  ],
  [
    'an access record among the transfers',
    1,
    'does not belong in this log',
    (log) =>
      log.append(boot, {
        v: 1,
        k: 'access',
        t: at(1).toISOString(),
        who: 'a',
        roles: [],
        act: 'read',
        count: 1,
      }),
  ],
  ['an end without a beginning', 1, 'no earlier intent', (log) => log.append(boot, outcomeBody(1, 2))],
  [
    'an end before its beginning',
    1,
    'no earlier intent',
    (log) => log.append(boot, outcomeBody(1, 3), intentBody(1)),
  ],
  [
    'an end that points to another intent',
    1,
    'points to another',
    (log) => log.append(boot, intentBody(1), intentBody(2), outcomeBody(1, 3)),
  ],
  [
    'an end of another attempt',
    1,
    'no earlier intent',
    (log) => log.append(boot, intentBody(1), outcomeBody(1, 2, { attempt: 2 })),
  ],
  [
    'two ends',
    1,
    'second end',
    (log) => log.append(boot, intentBody(1), outcomeBody(1, 2), outcomeBody(1, 2, { end: 'unknown' })),
  ],
  ['two intents of one attempt', 1, 'second intent', (log) => log.append(boot, intentBody(1), intentBody(1))],
  [
    'two refusals of one transfer',
    1,
    'second refusal',
    (log) => log.append(boot, refusalBody(1), refusalBody(1)),
  ],
  ['two beginnings', 1, 'second beginning', (log) => log.append(boot, genesis)],
  ['a hole in the chain', 1, 'does not continue', (log) => log.append(boot, { ...refusalBody(1), iseq: 3 })],
  [
    'a chain that points elsewhere',
    1,
    'does not continue',
    (log) => log.append(boot, { ...refusalBody(1), iprev: 'f'.repeat(64) }),
  ],
  [
    'a record in the name of another boot',
    1,
    'names another',
    (log) => log.append(boot, { ...refusalBody(1), boot: other.boot }),
  ],
  [
    'a boot without a certificate of ours',
    1,
    'did not certify',
    (log) => log.append(stranger, bootRecord(stranger)),
  ],
  [
    'records of a boot that never began',
    1,
    'boot record is not in the log',
    (log) => log.append(other, refusalBody(1)),
  ],
  [
    'a boot record in the middle',
    1,
    'wrong place',
    (log) => log.append(boot, refusalBody(1), bootRecord(boot)),
  ],
  [
    'a boot that begins again',
    1,
    'seal',
    (log) => {
      log.rows.leaves.push({ ...log.rows.leaves[0]!, index: 2 })
      log.rows.batches.push({ ...log.rows.batches[0]!, first: 2, n: 1 })
    },
  ],
  [
    'a clock that went back an hour',
    1,
    'is older',
    (log) => [log.append(boot, refusalBody(3_600_000)), log.append(boot, refusalBody(1))],
  ],
  [
    'a row without a seal of its boot',
    1,
    'the seal',
    (log) => {
      log.append(boot, refusalBody(1))
      log.rows.batches.push({ ...log.rows.batches.pop()!, sig: Buffer.alloc(64) })
    },
  ],
  [
    'a spelling that is not canonical',
    1,
    'no record that this version knows',
    (log) => {
      log.append(boot, refusalBody(1))
      const leaf = log.rows.leaves.pop()!
      const body = Buffer.from(leaf.body.toString().replace('{', '{ '))
      log.rows.leaves.push({ ...leaf, body, hash: leafHash(body) })
    },
  ],
]

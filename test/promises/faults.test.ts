/**
 * Faults of machines and attacks on the log, one row each, and the test that plays it: a table that a reader can go
 * down, and that fails if a row's test is gone. What no test here can play says why.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Row {
  readonly threat: string
  readonly found: string
  readonly played?: readonly (readonly [file: string, title: string])[]
  readonly notHere?: string
}

const row = (threat: string, found: string, ...played: (readonly [string, string])[]): Row => ({
  threat,
  found,
  played,
})

const table: readonly Row[] = [
  row(
    'an administrator deletes a row under a checkpoint',
    'fsck names it; an export lacks it; three verifiers',
    ['store/fsck.test.ts', 'a row deleted'],
    ['audit/verifiers.test.ts', 'the same answer from'],
  ),
  row(
    '… or before a checkpoint',
    'density, the chain of the boot; the integrator halts and the gate closes',
    ['audit/integrate.test.ts', 'each single record of the waiting window, taken away'],
    ['audit/integrate.test.ts', 'the very last record, taken away before it was signed'],
    ['store/gap.test.ts', 'a row deleted before it was signed: the gate closes'],
  ),
  row(
    'edits a row, its hash with it',
    'bodies are hashed again; the seal',
    ['audit/integrate.test.ts', 'a changed body whose hash was changed with it'],
    ['audit/tamper.test.ts', 'every bit of a record breaks its place in the tree'],
    ['audit/tamper.test.ts', 'a byte of every file'],
    ['store/fsck.test.ts', 'a body'],
  ),
  row(
    'forges a row',
    'no seal of a certified boot: the integrator refuses to sign',
    ['audit/integrate.test.ts', 'a row that an administrator inserted with the right hash but no seal'],
    ['audit/integrate.test.ts', 'a record that another key sealed under the name of a boot'],
  ),
  row(
    'cuts off the tail',
    'the anchor outside the database; fsck; a witness',
    ['audit/integrate.test.ts', 'a tree smaller than the anchor'],
    ['audit/integrate.test.ts', 'a head below the tree'],
    ['store/fsck.test.ts', 'a log that was restored from a backup is shorter than its anchor'],
  ),
  row(
    'two histories under one key',
    'one root a size; the anchor; a witness signs one of them',
    ['audit/integrate.test.ts', 'a second history with the same key'],
    ['audit/witness.test.ts', 'two histories under one key'],
    ['promises/witness.test.ts', 'a clone of the database that goes another way'],
  ),
  row('an old backup restored, or a lagging standby promoted', 'shorter than the anchor: nothing is sent', [
    'promises/many-gateways.test.ts',
    'lacks what was acknowledged: the anchor knows, the gate closes',
  ]),
  row(
    'two integrators, one frozen',
    'compare-and-swap: one wins',
    ['audit/integrate.test.ts', 'of two integrators one wins'],
    ['store/tree.test.ts', 'of integrators that grow it from the same size, one does'],
    ['promises/many-gateways.test.ts', 'one of them frozen between its statements'],
  ),
  row(
    'a server that dies under load, and its synchronous standby promoted',
    'one dense log, nothing acknowledged is missing',
    ['promises/promoted.test.ts', 'a synchronous standby, promoted when its primary dies'],
  ),
  row(
    'a stolen key of an instance',
    'it writes one batch in its place, then the boot is fenced; once revoked, nothing: three verifiers',
    [
      'store/ledger.test.ts',
      'writes at most one batch in its place: then there are two who go on from there, and the gate closes',
    ],
    ['promises/enrolment.test.ts', 'a boot whose key got out writes nothing more'],
    ['audit/enrolment.test.ts', 'what a revoked boot sealed before stays good'],
  ),
  row(
    'a stolen enrolment key',
    'replaced in the log: boots that it certifies from there on are turned away, and never verify',
    [
      'promises/enrolment.test.ts',
      'a boot that the old key certified, and that learnt nothing of the new one',
    ],
    ['audit/enrolment.test.ts', '%s is noticed'],
  ),
  row('an old export handed in again', 'older than the checkpoint that its reader holds: incomplete', [
    'audit/verifiers.test.ts',
    'the export of last month handed in again',
  ]),
  row(
    'a client shown another history than the auditor',
    'a receipt and the export are two histories: tampered',
    ['audit/verifiers.test.ts', 'the same answer from'],
  ),
  row('details of two records exchanged', 'a detail opens for its transfer only', [
    'promises/outsider.test.ts',
    'details of two transfers, exchanged: neither opens for the other',
  ]),
  row(
    'the network between gateway and database breaks',
    'refused at once, found later, closed as not sent; both ways and one, it serves again by itself',
    [
      'store/ledger.test.ts',
      'a full queue refuses at once; a commit that takes too long is refused, found later and closed as not sent',
    ],
    ['promises/partition.test.ts', 'cut %s, under load'],
  ),
  row('sessions shared by a pooler in transaction mode', 'nothing is kept in a session: one dense log', [
    'promises/pooler.test.ts',
    'two gateways through a pooler in transaction mode',
  ]),
  row(
    'a crash before, between and after commit and forward',
    'nothing sent without an intent; open intents are closed as unknown',
    ['promises/torture.test.ts', 'forty gateways are killed at random moments under load'],
    ['promises/failpoints.test.ts', '%s: %s'],
    ['store/running.test.ts', 'leaves open intents: another closes them as unknown, once'],
  ),
  row(
    'durability switched off under load',
    'settings are asked for; the gate closes',
    ['store/ledger.test.ts', 'a server that may forget what it acknowledged opens no log'],
    ['store/ledger.test.ts', 'an operator who switches durability off while it runs closes the gate'],
  ),
  row(
    'the answer to a commit is lost',
    'never forwarded; looked up, and closed as not sent',
    ['store/ledger.test.ts', 'an answer that is lost after the commit'],
    ['promises/failpoints.test.ts', 'the look-up of a commit whose answer was lost'],
  ),
  row('the disk is full', 'the gate closes at the watermark', [
    'store/ledger.test.ts',
    'a disk at its watermark takes nothing in',
  ]),
  row(
    'a clock that jumps back',
    'the boot waits until it has caught up; verifiers find records older than those before',
    ['store/ledger.test.ts', 'a clock that went back is said'],
    ['audit/tamper.test.ts', 'a log that was signed although its records do not hold together'],
  ),
  row('a boot certified by another key, or played again', 'refused by the integrator', [
    'audit/integrate.test.ts',
    'a boot that is played again',
  ]),
  row('a stolen key of the log rewrites what is witnessed', 'cosignatures of the policy are missing', [
    'audit/witness.test.ts',
    'fewer than the quorum are not enough',
  ]),
  row('a time-stamp replayed, or of another authority', 'nonce, imprint, pinned root', [
    'outbound/timestamp.test.ts',
    'a stamp over our text for another question (replayed)',
  ]),
  row('a library dials out by itself', 'sockets are watched; the doors are named', [
    'promises/no-byte-without-a-line.test.ts',
    'no byte without a line',
  ]),
  row('a second final outcome, or two sweepers', 'the unique index takes one', [
    'store/ledger.test.ts',
    'a second final outcome of an attempt is ignored',
  ]),
  row('an append of an older epoch', 'fenced', [
    'store/ledger.test.ts',
    'another epoch fences this boot for good',
  ]),
  {
    threat: 'EIO of fdatasync under PostgreSQL, power loss',
    found: 'PostgreSQL panics and recovers; what it acknowledged is there',
    notHere: 'needs fault injection below the file system, which PostgreSQL tests itself',
  },
  {
    threat: 'the clock of one whole machine a day off',
    found: 'the order is the index; a time-stamp bounds it',
    notHere: 'needs libfaketime; the clock that the log is given is bent instead, above',
  },
]

test.each(table.map((one) => [one.threat, one] as const))('%s', (_, { played = [], notHere, found }) => {
  expect(found).not.toBe('')
  expect(played.length > 0 || notHere !== undefined).toBe(true)
  for (const [file, title] of played) {
    const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8')
    expect(text.includes(`'${title}`), `${file}: ${title}`).toBe(true)
  }
})

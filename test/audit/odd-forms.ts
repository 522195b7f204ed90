/** Signatures with other attributes, signers and lists than they should have (RFC 5652 §5.3, §11): what our verifiers say, and openssl. */
import { members, oid, only, sequence, single, tags, write } from '../../src/audit/verify-der.ts'
import * as made from './handmade.ts'
import type { Odd } from './handmade.ts'
import { recently } from './odd-authorities.ts'

const { attribute, ids, octets } = made
const stranger = made.handmadeAuthority(recently)
/** The SignerInfo of another signature of the same bytes. */
const signerIn = (token: Buffer): Buffer =>
  only(members(only(members(single(token))[1], 0xa0)).at(-1), tags.set).whole
const wrong = attribute(ids.digest, octets(made.sumOf(Buffer.from('another text\n'))))
const unknown = attribute(ids.unknown, made.small(1))

/** What it is, exit code, whether openssl takes it, and how it is made over these bytes. */
type Row = readonly [string, 0 | 1, boolean, (bytes: Buffer) => Odd]
/** @param ts of a time-stamp, of whose attributes openssl judges two */
const forms = (ts: boolean): readonly Row[] => [
  ['the type of the content twice', 1, ts, () => ({ attributes: (all) => [...all, all[0]!] })],
  [
    'the type of the content with two values',
    1,
    ts,
    () => ({ attributes: ([, ...all]) => [attribute(ids.type, oid('1.2.3'), oid('1.2.3')), ...all] }),
  ],
  [
    'another type of the content',
    1,
    true,
    () => ({ attributes: ([, ...all]) => [attribute(ids.type, oid('1.2.3')), ...all] }),
  ],
  ['no type of the content', 1, ts, () => ({ attributes: ([, ...all]) => all })],
  [
    'the type of the content outside what is signed',
    1,
    ts,
    () => ({
      attributes: ([, ...all]) => all,
      unsigned: [attribute(ids.type, oid('1.2.840.113549.1.7.1'))],
    }),
  ],
  [
    'a second digest, of another text',
    1,
    ts,
    () => ({ attributes: (all) => [...all, wrong], unsorted: true }),
  ],
  [
    'a first digest, of another text',
    1,
    false,
    () => ({ attributes: (all) => [wrong, ...all], unsorted: true }),
  ],
  [
    'two digests in one',
    1,
    false,
    () => ({
      attributes: ([type, , ...all]) => [
        type!,
        attribute(ids.digest, octets(made.sumOf(Buffer.from('x'))), octets(made.sumOf(Buffer.from('y')))),
        ...all,
      ],
    }),
  ],
  ['no digest', 1, false, () => ({ attributes: ([type, , ...all]) => [type!, ...all] })],
  ['its certificate named twice', 1, ts, () => ({ attributes: (all) => [...all, all.at(-1)!] })],
  ['its certificate not named', 1, false, () => ({ attributes: (all) => all.slice(0, -1) })],
  [
    'another certificate named',
    1,
    false,
    () => ({ attributes: (all) => [...all.slice(0, -1), made.names(stranger.signer)] }),
  ],
  ['no attributes in the place of them', 1, false, () => ({ attributes: () => [] })],
  ['no attributes, the content itself signed', 1, !ts, () => ({ bare: true })],
  [
    'an attribute that nobody knows, twice',
    1,
    true,
    () => ({ attributes: (all) => [...all, unknown, attribute(ids.unknown, made.small(2))] }),
  ],
  [
    'an attribute that is only a type',
    1,
    false,
    () => ({ attributes: (all) => [...all, sequence(oid(ids.unknown))] }),
  ],
  [
    'an attribute without a value',
    1,
    true,
    () => ({ attributes: (all) => [...all, attribute(ids.unknown)] }),
  ],
  ['an attribute that is nothing', 1, false, () => ({ attributes: (all) => [...all, sequence()] })],
  [
    'an attribute with something behind it',
    1,
    false,
    () => ({
      attributes: (all) => [
        ...all,
        sequence(oid(ids.unknown), write(tags.set, made.small(1)), made.small(1)),
      ],
    }),
  ],
  ['an attribute that is a number', 1, false, () => ({ attributes: (all) => [...all, made.small(1)] })],
  ['an attribute outside what is signed', 1, true, () => ({ unsigned: [unknown] })],
  ['its signer twice', 1, !ts, () => ({ signers: (right) => [right, right] })],
  [
    'a second signer',
    1,
    false,
    (bytes) => ({ signers: (right) => [right, signerIn(stranger.stamp(bytes).token)] }),
  ],
  ['no signer', 1, false, () => ({ signers: () => [] })],
  [
    'a certificate that nobody needs',
    1,
    true,
    () => ({ certificates: (all) => [...all, stranger.signer.der] }),
  ],
  ['its certificate twice', 1, true, () => ({ certificates: (all) => [...all, all[0]!] })],
  ['no certificate', 1, false, () => ({ certificates: () => [] })],
  ['an empty list of revoked certificates', 1, true, () => ({ lists: write(0xa1) })],
  [
    'a second digest algorithm',
    1,
    true,
    () => ({ algorithms: [made.sha256, sequence(oid('2.16.840.1.101.3.4.2.3'))] }),
  ],
  ['another version', 1, true, () => ({ version: 5 })],
]
/** What the authority says: version, policy, imprint, serial, time, nonce. */
const told = (n: number, ...by: readonly Buffer[]): Odd => ({
  info: (all) => sequence(...all.slice(0, n), ...by, ...all.slice(n + 1)),
})
const time = (text: string): Buffer => write(tags.time, Buffer.from(text))

export const stamps: readonly Row[] = [
  ...forms(true),
  ['a version of tomorrow', 1, false, () => told(0, made.small(2))],
  ['another imprint', 1, false, () => told(2, sequence(made.sha256, octets(Buffer.alloc(32))))],
  [
    'an imprint of another kind',
    1,
    false,
    (bytes) => told(2, sequence(sequence(oid('2.16.840.1.101.3.4.2.3')), octets(made.sumOf(bytes)))),
  ],
  ['a time of no zone', 1, true, () => told(4, time('20261128080000'))],
  ['a time of another zone', 1, true, () => told(4, time('20261128080000+0100'))],
  ['a time of two digits', 1, false, () => told(4, write(tags.utcTime, Buffer.from('261128080000Z')))],
  ['a time before its certificate', 1, true, () => told(4, time('19700101000000Z'))],
  ['a time after its certificate', 1, true, () => told(4, time('99991231235959Z'))],
  ['no nonce', 1, true, () => told(5)],
  ['a nonce besides', 1, true, () => told(5, made.small(1), made.small(2))],
  ['nothing in what it says', 1, false, () => ({ info: () => sequence() })],
  [
    'something behind what it says',
    1,
    true,
    () => ({ info: (all) => Buffer.concat([sequence(...all), made.small(1)]) }),
  ],
  ['an attribute more', 0, true, () => ({ attributes: (all) => [...all, unknown] })],
  [
    'its attributes in another order',
    0,
    true,
    () => ({ attributes: (all) => all.toReversed(), unsorted: true }),
  ],
]
export const signatures: readonly Row[] = [
  ...forms(false),
  ['an attribute more', 1, true, () => ({ attributes: (all) => [...all, unknown] })],
  [
    'its attributes in another order',
    1,
    true,
    () => ({ attributes: (all) => all.toReversed(), unsorted: true }),
  ],
  ['the text inside', 1, true, (bytes) => ({ inside: bytes })],
  ['another text inside', 1, true, () => ({ inside: Buffer.from('another text\n') })],
  [
    'a time that is a number',
    1,
    true,
    () => ({
      attributes: ([type, digest, , name]) => [type!, digest!, attribute(ids.time, made.small(1)), name!],
    }),
  ],
]

/** Authorities whose certificates may do other things than stamp, or at other times: what our verifiers say, and openssl. */
import * as made from './handmade.ts'
import type { OddAuthority } from './handmade.ts'

const { day, extension, isAuthority, noAuthority, octets, purposes, usage } = made

export const recently = new Date(Math.floor(Date.now() / 1000) * 1000 - 3_600_000)
export const ago = (days: number): Date => new Date(recently.getTime() - days * day)
const forStamps = purposes(true, made.timeStamping)
const usual = [noAuthority, usage(0x80), forStamps]
const authorityAnd = (...extensions: readonly Buffer[]): Partial<{ extensions: readonly Buffer[] }> => ({
  extensions,
})
const unknownExtension = '1.3.6.1.4.1.99999.7'

/** What it is, exit code, whether openssl takes it at the time of the stamp, how it is made, and that time. */
type AuthorityRow = readonly [string, 0 | 1, boolean, OddAuthority, Date?]
export const authorities: readonly AuthorityRow[] = [
  ['as it should be', 0, true, {}],
  ['a certificate that has expired since', 0, true, { signer: { to: ago(40) } }, ago(50)],
  ['a root that has expired since', 0, true, { root: { to: ago(40) } }, ago(50)],
  ['a certificate that had expired', 1, false, { signer: { to: ago(1) } }],
  ['a certificate that had not begun', 1, false, { signer: { from: ago(-1) } }],
  ['a root that had expired', 1, false, { root: { to: ago(1) } }],
  ['a root that had not begun', 1, false, { root: { from: ago(-1) } }],
  ['an authority between', 0, true, { between: {} }],
  ['an authority between that had expired', 1, false, { between: { to: ago(1) } }],
  ['an authority between that may not issue', 1, false, { between: authorityAnd(noAuthority, usage(0x04)) }],
  [
    'an authority between that may not sign certificates',
    1,
    false,
    { between: authorityAnd(isAuthority, usage(0x80)) },
  ],
  ['a root that is for no certificates', 1, false, { root: authorityAnd(noAuthority, usage(0x80)) }],
  [
    'time-stamps as a purpose that is not critical',
    1,
    false,
    { signer: authorityAnd(noAuthority, usage(0x80), purposes(false, made.timeStamping)) },
  ],
  ['no purpose', 1, false, { signer: authorityAnd(noAuthority, usage(0x80)) }],
  [
    'another purpose',
    1,
    false,
    { signer: authorityAnd(noAuthority, usage(0x80), purposes(true, '1.3.6.1.5.5.7.3.4')) },
  ],
  [
    'two purposes',
    1,
    false,
    {
      signer: authorityAnd(noAuthority, usage(0x80), purposes(true, made.timeStamping, '1.3.6.1.5.5.7.3.4')),
    },
  ],
  ['its purpose said twice', 1, false, { signer: authorityAnd(...usual, forStamps) }],
  [
    'a key that may sign, and is bound to what it signed',
    0,
    true,
    { signer: authorityAnd(noAuthority, usage(0xc0), forStamps) },
  ],
  ['a key that may only be bound', 0, true, { signer: authorityAnd(noAuthority, usage(0x40), forStamps) }],
  ['a key whose use is not said', 0, true, { signer: authorityAnd(noAuthority, forStamps) }],
  ['a key that may only encipher', 1, false, { signer: authorityAnd(noAuthority, usage(0x20), forStamps) }],
  [
    'a key that may sign and encipher',
    1,
    false,
    { signer: authorityAnd(noAuthority, usage(0xa0), forStamps) },
  ],
  [
    'an extension that nobody knows',
    0,
    true,
    { signer: authorityAnd(...usual, extension(unknownExtension, false, octets(Buffer.of(1)))) },
  ],
  [
    'a critical extension that nobody knows',
    1,
    false,
    { signer: authorityAnd(...usual, extension(unknownExtension, true, octets(Buffer.of(1)))) },
  ],
  [
    'a critical extension that nobody knows, in its root',
    1,
    false,
    { root: authorityAnd(isAuthority, usage(0x04), extension(unknownExtension, true, octets(Buffer.of(1)))) },
  ],
  [
    'the root itself as signer',
    1,
    true,
    { rootSigns: true, root: authorityAnd(isAuthority, usage(0x80), forStamps) },
  ],
]

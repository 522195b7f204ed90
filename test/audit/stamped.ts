/** An export that is certified and stamped, and what a forger makes of it whose sums are right. */
import { expect } from 'vitest'
import { makeAuthority, pemOf } from '../../src/audit/certificate.ts'
import type { Authority } from '../../src/audit/certificate.ts'
import { signCms, signJws } from '../../src/audit/certified.ts'
import { readRoots } from '../../src/audit/verify-chain.ts'
import { openAuthority } from '../../src/outbound/tsa.ts'
import { noOpenssl, openTestAuthority } from '../outbound/authority.ts'
import { smallLog } from './changes.ts'
import { exported } from './forge.ts'
import type { Exported } from './forge.ts'
import { name as logName } from './world.ts'

/** Files that an auditor has besides, by the options that name them. */
export type Asked = Readonly<Partial<Record<'pin-root' | 'pin-tsa' | 'witnesses' | 'earlier', string>>>
/** Keeps a copy of the bundle as it is now. */
export type Keep = (bundle: Exported, name: string, ask?: Asked) => void
/** Writes a file that is in no bundle; where it is. */
export type Write = (path: string, text: string) => string

export const keepStamped = async (keep: Keep, write: Write): Promise<void> => {
  const [authority, stranger] = [0, 1].map(() => makeAuthority(logName, new Date()))
  const tsas = noOpenssl ? [] : await Promise.all([openTestAuthority(), openTestAuthority()])
  const stamps = tsas.map((tsa) =>
    openAuthority(tsa.url, readRoots(tsa.root)!, { dial_exceptions: [tsa.pair] }),
  )
  const bundle = await exported(await smallLog(), {
    certified: authority,
    made: new Date(),
    ...(stamps[0] === undefined ? {} : { timestamp: stamps[0].stamp }),
  })
  keep(bundle, 'certified and stamped')
  for (const [i, path] of bundle.files().entries()) {
    const bytes = bundle.read(path)
    const bent = Buffer.from(bytes)
    bent[Math.floor((bytes.length * (i % 5)) / 5)]! ^= 0x10
    bundle.write(path, bent)
    keep(bundle, `a bit of ${path}, certified and stamped`)
    bundle.write(path, bytes)
  }
  // one that makes another name of a listed one
  const sums = bundle.read('SHA256SUMS').toString()
  bundle.write('SHA256SUMS', sums.replace('keys/chain.pem', 'keys/chain.pel'))
  keep(bundle, 'a bit of SHA256SUMS, in a name')
  bundle.restore()
  const signed = bundle
    .files()
    .filter((path) => /\.(p7s|jws|tsq|tsr)$|keys\/(chain|root|tsa-root)\.pem$/.test(path))
  expect(signed).toHaveLength(stamps.length > 0 ? 7 : 4)
  for (const path of signed) {
    const bytes = bundle.read(path)
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 7)) {
      const bent = Buffer.from(bytes)
      bent[at]! ^= 1 << (at % 8)
      bundle.write(path, bent)
      bundle.sums()
      keep(bundle, `byte ${at} of ${path}, with the sums`)
    }
    bundle.remove(path)
    bundle.sums()
    keep(bundle, `without ${path}, with the sums`)
    bundle.restore()
  }
  const text = bundle.read('checkpoint.txt').toString()
  const swap = async (name: string, change: () => Promise<void>, ask: Asked = {}): Promise<void> => {
    await change()
    bundle.sums()
    keep(bundle, name, ask)
    bundle.restore()
  }
  const certify = async (by: Authority, what: 'both' | 'cms'): Promise<void> => {
    bundle.write('checkpoint.p7s', await signCms(text, by, new Date(), stamps[0]?.stamp))
    if (what === 'cms') return
    bundle.write('checkpoint.jws', await signJws(text, by))
    bundle.write('keys/chain.pem', pemOf(by.chain[0]!))
    bundle.write('keys/root.pem', pemOf(by.root))
  }
  const root = { 'pin-root': write('certified-root', pemOf(authority!.root)) }
  await swap('certified anew by its own key', () => certify(authority!, 'both'), root)
  await swap('a CMS by a stranger', () => certify(stranger!, 'cms'))
  await swap('all certified by a stranger, no root pinned', () => certify(stranger!, 'both'))
  await swap('all certified by a stranger', () => certify(stranger!, 'both'), root)
  if (tsas.length > 0) {
    expect(bundle.files()).toEqual(expect.arrayContaining(['checkpoint.tsq', 'checkpoint.tsr']))
    const stampBy = async (which: 0 | 1): Promise<void> => {
      const { request, response } = await stamps[which]!.stamp(Buffer.from(text))
      bundle.write('checkpoint.tsq', request)
      bundle.write('checkpoint.tsr', response)
    }
    const tsa = { 'pin-tsa': write('tsa-root', tsas[0]!.root) }
    const other = { 'pin-tsa': write('tsa-stranger', tsas[1]!.root) }
    keep(bundle, 'stamped, pinned: its authority', tsa)
    keep(bundle, 'stamped, pinned: another authority', other)
    keep(bundle, 'stamped, pinned: no certificate', { 'pin-tsa': write('no-certificate', 'hello\n') })
    await swap('stamped anew', () => stampBy(0), tsa)
    await swap('stamped by another authority', () => stampBy(1))
    const all = async (): Promise<void> => {
      await stampBy(1)
      bundle.write('keys/tsa-root.pem', tsas[1]!.root)
      bundle.write('checkpoint.p7s', await signCms(text, authority!, new Date(), stamps[1]!.stamp))
    }
    await swap('all stamped by another authority', all, tsa)
    await swap('all stamped by another authority, none pinned', all)
    await swap('a stamp of another text', async () => {
      const { request, response } = await stamps[0]!.stamp(Buffer.from('another text\n'))
      bundle.write('checkpoint.tsq', request)
      bundle.write('checkpoint.tsr', response)
    })
    const bare = await signCms(text, authority!, new Date())
    await swap('a CMS without its stamp', async () => bundle.write('checkpoint.p7s', bare))
    await swap('a CMS with the stamp of the text', async () => {
      const { token } = await stamps[0]!.stamp(Buffer.from(text))
      const cms = await signCms(text, authority!, new Date(), async (bytes) => ({
        ...(await stamps[0]!.stamp(bytes)),
        token,
      }))
      bundle.write('checkpoint.p7s', cms)
    })
    await swap('an answer as the authority gave it', async () => {
      bundle.write('checkpoint.tsr', tsas[0]!.reply(bundle.read('checkpoint.tsq')))
    })
    for (const path of ['checkpoint.tsq', 'checkpoint.tsr', 'keys/tsa-root.pem']) bundle.remove(path)
    bundle.sums()
    keep(bundle, 'no stamp but that in the CMS')
    bundle.write('checkpoint.p7s', bare)
    bundle.sums()
    keep(bundle, 'no stamp')
    keep(bundle, 'no stamp, and an authority pinned', tsa)
  }
  bundle.done()
  await Promise.all([...stamps, ...tsas].map((one) => one.close()))
}

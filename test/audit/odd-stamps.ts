/**
 * Stamps and signatures that a careless or hostile authority might make, each well signed by a key that leads to its root:
 * what is wrong is what its certificate may do, and when, or what exactly was signed.
 */
import { smallLog } from './changes.ts'
import { exported } from './forge.ts'
import type { Exported } from './forge.ts'
import * as made from './handmade.ts'
import type { Odd } from './handmade.ts'
import { ago, authorities, recently } from './odd-authorities.ts'
import { signatures, stamps } from './odd-forms.ts'

const { isAuthority, noAuthority, usage } = made

export interface OddOne {
  readonly name: string
  readonly exit: 0 | 1
  /** Openssl takes the same file at the time of the stamp. Where it forgives more than we, its versions differ. */
  readonly openssl: boolean
  readonly file: 'checkpoint.tsr' | 'checkpoint.p7s'
  readonly at: Date
}

/** Shows each of them in a certified export, the sums right. */
export const eachOdd = async (
  visit: (one: OddOne, bundle: Exported) => void | Promise<void>,
): Promise<void> => {
  const valid = { from: ago(100), to: ago(-100) }
  const root = made.certificate('head root', { ...valid, extensions: [isAuthority, usage(0x04)] })
  const leaf = made.certificate('head', { ...valid, extensions: [noAuthority, usage(0x80)] }, root)
  const certified = { key: leaf.key, chain: [leaf.der], root: root.der }
  const bundle = await exported(await smallLog(), { certified, made: recently })
  const text = bundle.read('checkpoint.txt')
  const show = async (one: OddOne): Promise<void> => {
    bundle.sums()
    await visit(one, bundle)
  }
  const stamped = (by: made.HandmadeAuthority, odd: Odd = {}, inside: Odd = {}): void => {
    const { query, reply } = by.stamp(text, odd)
    bundle.write('checkpoint.tsq', query)
    bundle.write('checkpoint.tsr', reply)
    bundle.write('keys/tsa-root.pem', by.root)
    // the signature is another each time: what is stamped is the one in the file
    const plain = made.cmsOf(text, leaf, root.name, recently)
    bundle.write('checkpoint.p7s', made.stampedCms(plain, by, inside))
  }
  const files = { ts: 'checkpoint.tsr', cms: 'checkpoint.p7s' } as const
  for (const [name, exit, openssl, odd, at = recently] of authorities) {
    stamped(made.handmadeAuthority(at, odd))
    await show({ name: `a stamp with ${name}`, exit, openssl, file: files.ts, at })
  }
  const by = made.handmadeAuthority(recently)
  for (const [i, [name, exit, openssl, odd]] of stamps.entries()) {
    stamped(by, odd(text))
    await show({ name: `a stamp with ${name}`, exit, openssl, file: files.ts, at: recently })
    // judged by the same lines: some will do
    if (i % 5 > 0) continue
    stamped(by, {}, odd(text))
    await show({ name: `a stamp in the CMS with ${name}`, exit, openssl: true, file: files.ts, at: recently })
  }
  bundle.restore()
  for (const [name, exit, openssl, odd] of signatures) {
    bundle.write('checkpoint.p7s', made.cmsOf(text, leaf, root.name, recently, odd(text)))
    await show({ name: `a CMS with ${name}`, exit, openssl, file: files.cms, at: recently })
  }
  bundle.done()
}

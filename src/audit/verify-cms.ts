/**
 * The checkpoint signed as detached CMS (RFC 5652; ETSI EN 319 122-1 levels B-B and B-T). What can differ from one to the
 * next are the time, the signature and the stamp: around these the file is written anew and compared, so that no byte is
 * there that nobody checked.
 */
import { hash } from 'node:crypto'
import { timeIn, verifies } from './verify-certificate.ts'
import type { Certificate } from './verify-certificate.ts'
import { contentOf, members, need, NotDer, oid, only, sequence, setOf } from './verify-der.ts'
import { single, tags, write } from './verify-der.ts'
import type { FindingCode } from './verify-words.ts'

const data = oid('1.2.840.113549.1.7.1')
const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
const signingTime = oid('1.2.840.113549.1.9.5')
const one = write(tags.integer, Buffer.of(1))

const attribute = (dotted: string, value: Buffer): Buffer => sequence(oid(dotted), write(tags.set, value))

/** RFC 5035 §3: issuer and hash of the certificate that signed. */
const signingCertificate = ({ der, issuer, serial }: Certificate): Buffer => {
  const sum = write(tags.octets, hash('sha256', der, 'buffer'))
  return sequence(sequence(sequence(sum, sequence(sequence(write(0xa4, issuer)), serial))))
}

const signedAttributes = (text: string, leaf: Certificate, time: Buffer): readonly Buffer[] => [
  attribute('1.2.840.113549.1.9.3', data),
  attribute('1.2.840.113549.1.9.4', write(tags.octets, hash('sha256', text, 'buffer'))),
  attribute('1.2.840.113549.1.9.5', time),
  attribute('1.2.840.113549.1.9.16.2.47', signingCertificate(leaf)),
]

interface Parts {
  readonly time: Buffer
  readonly signature: Buffer
  /** The time-stamp over the signature. */
  readonly token: Buffer | undefined
}

const partsOf = (bytes: Buffer): Parts => {
  const signed = only(members(single(bytes))[1], 0xa0)
  const [, , , attributes, , signature, unsigned] = members(only(members(signed)[4], tags.set))
  const found = members(attributes, 0xa0)
    .map((each) => members(each))
    .find(([id]) => id?.whole.equals(signingTime) === true)
  const time = only(need(found)[1], tags.set)
  // RFC 5652 §11.3: nobody may read another time in it than we
  timeIn(time)
  return {
    time: time.whole,
    signature: contentOf(signature, tags.octets),
    token: unsigned && only(members(only(unsigned, 0xa1))[1], tags.set).whole,
  }
}

const written = (text: string, chain: readonly Certificate[], { time, signature, token }: Parts): Buffer => {
  const leaf = chain[0]!
  const signer = sequence(
    one,
    sequence(leaf.issuer, leaf.serial),
    sha256,
    setOf(0xa0, ...signedAttributes(text, leaf, time)),
    sequence(oid('1.2.840.10045.4.3.2')),
    write(tags.octets, signature),
    ...(token === undefined ? [] : [write(0xa1, attribute('1.2.840.113549.1.9.16.2.14', token))]),
  )
  const signed = sequence(
    one,
    write(tags.set, sha256),
    sequence(data),
    setOf(0xa0, ...chain.map(({ der }) => der)),
    write(tags.set, signer),
  )
  return sequence(oid('1.2.840.113549.1.7.2'), write(0xa0, signed))
}

/**
 * @param chain whose certificates it must carry, the one that signs first
 * @returns what a time-stamp in it is of; or in words what is wrong
 */
export const openCms = (
  bytes: Buffer,
  text: string,
  chain: readonly Certificate[],
): Pick<Parts, 'signature' | 'token'> | FindingCode => {
  try {
    const parts = partsOf(bytes)
    if (!written(text, chain, parts).equals(bytes)) return 'cms-other'
    const message = setOf(tags.set, ...signedAttributes(text, chain[0]!, parts.time))
    return verifies(chain[0]!, 'sha256', message, parts.signature) ? parts : 'signature'
  } catch (error) {
    if (!(error instanceof NotDer)) throw error
    return 'unreadable'
  }
}

import { createHmac } from 'node:crypto'
import { assert, property, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mac, macKey } from '../../src/pseudonym/mac.ts'

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

describe('HMAC-SHA-256', () => {
  test.each([
    [
      hex('0b'.repeat(20)),
      Buffer.from('Hi There'),
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      'RFC 4231 §4.2',
    ],
    [
      Buffer.from('Jefe'),
      Buffer.from('what do ya want for nothing?'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      'RFC 4231 §4.3, a key shorter than the digest',
    ],
    [
      hex('aa'.repeat(20)),
      hex('dd'.repeat(50)),
      '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
      'RFC 4231 §4.4, longer than a block together',
    ],
  ])('%o, %o → %s (%s)', (key, message, wanted) => {
    expect(mac(macKey(key), message).toString('hex')).toBe(wanted)
  })

  test('is that of node:crypto for every key up to a block and every message', () => {
    assert(
      property(uint8Array({ maxLength: 64 }), uint8Array({ maxLength: 300 }), (key, message) => {
        const wanted = createHmac('sha256', key).update(message).digest()
        expect(mac(macKey(Buffer.from(key)), Buffer.from(message)).equals(wanted)).toBe(true)
      }),
    )
  })

  test('a key of more than a block is refused, not cut', () => {
    expect(() => macKey(Buffer.alloc(65))).toThrow(RangeError)
  })
})

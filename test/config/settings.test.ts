import * as fc from 'fast-check'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { acceptsFrom, checkListening, readTls } from '../../src/config/listen-address.ts'
import { leaves, readSettings } from '../../src/config/settings.ts'
import { Misconfigured } from '../../src/errors.ts'
import { newHome } from './home.ts'

const settingsOf = (yaml: string, env: NodeJS.ProcessEnv = {}) => {
  const home = newHome()
  writeFileSync(join(home, 'douane.yaml'), yaml)
  return readSettings(env, home)
}
const faultOf = (yaml: string, env: NodeJS.ProcessEnv = {}): string => {
  try {
    settingsOf(yaml, env)
  } catch (error) {
    expect(error).toBeInstanceOf(Misconfigured)
    const { message, fr } = error as Misconfigured
    // in French as many, of the same settings, and no English left
    expect(fr.split('\n')).toHaveLength(message.split('\n').length)
    expect(fr).not.toMatch(/\b(the|is|must|has|not|here)\b/)
    return message
  }
  return ''
}

const thrownBy = (yaml: string): unknown => {
  try {
    settingsOf(yaml)
    return undefined
  } catch (error) {
    return (error as Error).constructor
  }
}

describe('what an operator may write', () => {
  test('nothing at all: every default, frozen', () => {
    const settings = readSettings({}, newHome())
    expect(settings.data).toEqual({ host: '127.0.0.1', port: 8080 })
    expect(settings.control).toEqual({ host: '127.0.0.1', port: 8081 })
    expect(settings.limits).toMatchObject({
      body_bytes: 10_485_760,
      answer_bytes: 33_554_432,
      header_bytes: 16_384,
      target_bytes: 8_192,
    })
    expect(settings.region).toBeUndefined()
    expect(settings.strict_outcome).toBe(false)
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.limits)).toBe(true)
  })
  test('one reading does not change the next', () => {
    settingsOf('limits: {in_flight: 3}')
    expect(settingsOf('').limits.in_flight).toBe(256)
  })
  test('the environment overrides the file', () => {
    const settings = settingsOf('region: FR\ndata: {port: 9000}\ndial_exceptions: [a.example:1]', {
      DOUANE_DATA_PORT: '9001',
      DOUANE_DIAL_EXCEPTIONS: 'b.example:2, [::1]:3',
      DOUANE_STRICT_OUTCOME: 'true',
      DOUANE_LIMITS_BODY_BYTES: '2048',
      DATABASE_URL: 'postgresql://db/douane',
      DOUANE_REGION: '',
    })
    expect(settings).toMatchObject({
      region: 'FR',
      data: { port: 9001 },
      dial_exceptions: ['b.example:2', '[::1]:3'],
      strict_outcome: true,
      limits: { body_bytes: 2048 },
      database_url: 'postgresql://db/douane',
    })
  })
  test('an empty list in the environment is an empty list', () => {
    expect(
      settingsOf('dial_exceptions: [a.example:1]', { DOUANE_DIAL_EXCEPTIONS: '' }).dial_exceptions,
    ).toEqual([])
  })
  test('every setting has one variable, and no two share it', () => {
    const variables = leaves.map((leaf) => leaf.variable)
    expect(new Set(variables).size).toBe(variables.length)
    expect(variables).toContain('DOUANE_LIMITS_PROVIDER_TOTAL_MS')
  })
})

describe('broken files name the setting and where it stands', () => {
  test.each([
    ['regoin: FR', 'regoin', ':1', 'a typing error'],
    ['\nregion: France', 'region', ':2', 'no country code'],
    ['data:\n  port: 70000', 'data.port', ':2', 'no port'],
    ['data:\n  port: "8080"', 'data.port', ':2', 'a text for a number'],
    ['data: {host: 0.0.0.0}', 'data.host', ':1', 'open to all without TLS'],
    ['control: {host: "::"}', 'control.host', ':1', 'open to all without TLS'],
    ['data: {host: 10.0.0.1}', 'data.host', ':1', 'another address without TLS'],
    ['data: {host: gateway.example}', 'data.host', ':1', 'a name'],
    ['data: {port: 8081}', 'control.port', '', 'one port for both'],
    ['tls: {cert: a.pem}', 'tls.key', '', 'half a TLS'],
    ['behind_tls_proxy: []', 'behind_tls_proxy', ':1', 'a proxy without an address'],
    [
      'data: {host: 0.0.0.0}\nbehind_tls_proxy: [10.0.0.0/99]',
      'data.host',
      ':1',
      'a prefix that does not exist',
    ],
    ['limits: {body_bytes: 1.5}', 'limits.body_bytes', ':1', 'half a byte'],
    ['limits: {body_bytes: -1}', 'limits.body_bytes', ':1', 'less than nothing'],
    ['limits: {target_bytes: 20000}', 'limits.target_bytes', ':1', 'a target above the headers'],
    ['limits: {answer_bytes: 1048576}', 'limits.answer_bytes', ':1', 'an answer of less than a body'],
    ['limits: {held_bytes: 1048576}', 'limits.held_bytes', ':1', 'less memory than one transfer'],
    ['limits:\n  in_flight: 0', 'limits.in_flight', ':2', 'nobody may pass'],
    ['dial_exceptions: [example.com]', 'dial_exceptions.0', ':1', 'no port'],
    ['dial_exceptions: ["example.com:0"]', 'dial_exceptions.0', ':1', 'no such port'],
    ['dial_exceptions: ["http://a:1"]', 'dial_exceptions.0', ':1', 'a URL'],
    ['dial_exceptions: [10.0.0.0/8]', 'dial_exceptions.0', ':1', 'a network'],
    ['log_level: loud', 'log_level', ':1', 'not a level'],
    ['strict_outcome: "yes"', 'strict_outcome', ':1', 'not a boolean'],
    ['storage: {watermark_percent: 101}', 'storage.watermark_percent', ':1', 'above the brim'],
    ['database_url: mysql://x', 'database_url', ':1', 'another database'],
    ['region: FR\nregion: DE', ':2', 'unique', 'a key twice'],
    ['region: [', ':1', 'douane.yaml', 'no YAML'],
    ['- region', ':1', 'setting: value', 'a list'],
    ['just a text', ':1', 'setting: value', 'a text'],
    ['a: &a [x]\nb: *a', 'douane.yaml', '', 'an alias'],
  ])('%j → %s … %s (%s)', (yaml, first, second) => {
    const fault = faultOf(yaml)
    expect(fault).toContain(first)
    expect(fault).toContain(second)
  })

  test.each([
    [{ DOUANE_REGON: 'FR' }, 'DOUANE_REGON'],
    [{ DOUANE_DATA_PORT: 'many' }, 'DOUANE_DATA_PORT'],
    [{ DOUANE_DATA_PORT: '1e3' }, 'DOUANE_DATA_PORT'],
    [{ DOUANE_STRICT_OUTCOME: 'yes' }, 'DOUANE_STRICT_OUTCOME'],
    [{ DOUANE_DATA_HOST: '0.0.0.0' }, 'DOUANE_DATA_HOST'],
  ])('%j names the variable', (env, variable) => {
    expect(faultOf('', env)).toContain(variable)
  })

  test('all faults at once', () => {
    const fault = faultOf('regoin: FR\nlog_level: loud\nlimits: {in_flight: 0}')
    expect(fault.split('\n')).toHaveLength(3)
  })
  test('a database password never shows', () => {
    expect(faultOf('database_url: "mysql://u:hunter2@db"\nregoin: x')).not.toContain('hunter2')
    expect(faultOf('', { DATABASE_URL: 'mysql://u:hunter2@db' })).not.toContain('hunter2')
  })
  test('whatever the file holds: settings or Misconfigured, nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.json({ depthSize: 'small' }),
          fc.array(
            fc.constantFrom(
              'region',
              ':',
              ' ',
              '\n',
              '[',
              ']',
              '{',
              '}',
              '&a',
              '*a',
              '- ',
              '"',
              "'",
              '1',
              'data',
            ),
          ),
        ),
        (piece) => {
          expect([undefined, Misconfigured]).toContain(
            thrownBy(Array.isArray(piece) ? piece.join('') : piece),
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('who may reach a plane', () => {
  test.each([
    ['127.0.0.1', {}, true],
    ['127.9.9.9', {}, true],
    ['::1', {}, true],
    ['localhost', {}, true],
    ['0.0.0.0', {}, false],
    ['::', {}, false],
    ['0.0.0.0', { tls: { cert: 'a', key: 'b' } }, true],
    ['0.0.0.0', { behind_tls_proxy: ['10.0.0.1'] }, true],
    ['0.0.0.0', { behind_tls_proxy: ['proxy'] }, false],
    ['gateway.example', { tls: { cert: 'a', key: 'b' } }, false],
  ])('%s with %j: %s', (host, settings, fine) => {
    expect(checkListening(host, settings) === undefined).toBe(fine)
  })
  test.each([
    ['10.0.0.4', true],
    ['10.0.0.5', false],
    ['192.168.7.200', true],
    ['192.168.8.1', false],
    ['::ffff:10.0.0.4', true],
    ['2001:db8::7', true],
    ['127.0.0.1', false],
    [undefined, false],
    ['nonsense', false],
  ])('behind a TLS proxy, a connection from %s: %s', (remote, fine) => {
    const accepts = acceptsFrom({ behind_tls_proxy: ['10.0.0.4', '192.168.7.0/24', '2001:db8::/32'] })
    expect(accepts(remote)).toBe(fine)
  })
  test('a TLS key that others may read is refused', () => {
    const home = newHome()
    writeFileSync(join(home, 'cert.pem'), 'cert')
    writeFileSync(join(home, 'key.pem'), 'key', { mode: 0o644 })
    expect(() => readTls(home, { tls: { cert: 'cert.pem', key: 'key.pem' } })).toThrow(/chmod 600/)
    expect(() => readTls(home, { tls: { cert: 'gone.pem', key: 'key.pem' } })).toThrow(Misconfigured)
    expect(readTls(home, {})).toBeUndefined()
  })
})

test('docs/settings.md names every setting and its variable', () => {
  const doc = readFileSync(join(import.meta.dirname, '../../docs/settings.md'), 'utf8')
  for (const { path, variable } of leaves) {
    expect(doc).toContain(`\`${path.join('.')}\``)
    expect(doc).toContain(`\`${variable}\``)
  }
})

import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openKeyRing } from '../../src/config/credentials.ts'
import { createPrivate, writePrivate } from '../../src/config/private-file.ts'
import { openProviderCredentials } from '../../src/config/provider-credentials.ts'
import {
  checkKeysAgainstDatabase,
  makeSecrets,
  missingKeys,
  openSecrets,
  secretsAtStart,
} from '../../src/config/secrets.ts'
import { Misconfigured } from '../../src/errors.ts'
import { newHome } from './home.ts'

const everyFile = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

describe('the keys of an installation', () => {
  test('are made once, for us alone, and stay', () => {
    const home = newHome()
    makeSecrets(home)
    const before = everyFile(join(home, 'secrets')).map((file) => readFileSync(file).toString('hex'))
    makeSecrets(home)
    const files = everyFile(join(home, 'secrets'))
    expect(files.map((file) => readFileSync(file).toString('hex'))).toEqual(before)
    expect(files).toHaveLength(4)
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600, 0o600, 0o600])
    expect(statSync(join(home, 'secrets')).mode & 0o777).toBe(0o700)
    const { master, logKey, enrolmentKey, shred } = openSecrets(home)
    expect(master).toHaveLength(32)
    expect(shred.current().key).toHaveLength(32)
    expect(logKey.equals(enrolmentKey)).toBe(false)
  })

  test.each(['master.key', 'log.key', 'enrolment.key'])('%s readable by the group is refused', (name) => {
    const home = newHome()
    makeSecrets(home)
    chmodSync(join(home, 'secrets', name), 0o640)
    expect(() => openSecrets(home)).toThrow(/others may read it/)
  })
  test('a folder that others may enter is refused', () => {
    const home = newHome()
    makeSecrets(home)
    chmodSync(join(home, 'secrets'), 0o750)
    expect(() => openSecrets(home)).toThrow(/others may enter it/)
    expect(() => openKeyRing(home).makeClientKey('moreau')).toThrow(Misconfigured)
  })
  test.each([
    ['master.key', ''],
    ['master.key', 'short'],
    ['master.key', `${'A'.repeat(43)}!`],
    ['log.key', 'no pem'],
    ['enrolment.key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
  ])('a broken %s (%j) is refused without its content', (name, content) => {
    const home = newHome()
    makeSecrets(home)
    writePrivate(join(home, 'secrets', name), Buffer.from(content))
    expect(() => openSecrets(home)).toThrow(new RegExp(`${name}: must hold`))
  })

  test('an empty database gets keys; one with data never gets new ones', () => {
    const home = newHome()
    expect(() => secretsAtStart(home, { hasData: true })).toThrow(Misconfigured)
    expect(existsSync(join(home, 'secrets', 'master.key'))).toBe(false)
    secretsAtStart(home, { hasData: false })
    secretsAtStart(home, { hasData: true })
    for (const name of ['master.key', 'log.key', 'enrolment.key']) {
      const path = join(home, 'secrets', name)
      const kept = readFileSync(path)
      unlinkSync(path)
      expect(() => secretsAtStart(home, { hasData: true })).toThrow(`secrets/${name} is missing`)
      expect(missingKeys(home)).toEqual([name])
      writePrivate(path, kept)
    }
    checkKeysAgainstDatabase(home, { hasData: true })
  })
  test('a lost month key refuses the start, a shredded one does not', () => {
    const home = newHome()
    const then = openSecretsOf(home, '2026-10-15')
    const { month } = then.shred.current()
    openSecretsOf(home, '2026-11-15').shred.current()
    const months = ['2026-10', '2026-11']
    checkKeysAgainstDatabase(home, { hasData: true, months })
    const path = join(home, 'secrets/shred/2026-10.key')
    const kept = readFileSync(path)
    unlinkSync(path)
    expect(() => checkKeysAgainstDatabase(home, { hasData: true, months })).toThrow(
      'secrets/shred/2026-10.key',
    )
    writePrivate(path, kept)
    openSecrets(home).shred.shred(month)
    expect(existsSync(path)).toBe(false)
    checkKeysAgainstDatabase(home, { hasData: true, months })
    expect(openSecrets(home).shred.of('2026-10')).toBeUndefined()
  })
})

const openSecretsOf = (home: string, day: string) => {
  makeSecrets(home)
  return openSecrets(home, () => new Date(`${day}T12:00:00Z`))
}

describe('the key of a month', () => {
  test('is the same for every process of the home, and another each month', () => {
    const home = newHome()
    const a = openSecretsOf(home, '2026-12-31').shred.current()
    const b = openSecretsOf(home, '2026-12-31').shred.current()
    const next = openSecretsOf(home, '2027-01-01').shred.current()
    expect(a).toEqual(b)
    expect([a.month, next.month]).toEqual(['2026-12', '2027-01'])
    expect(next.key.equals(a.key)).toBe(false)
    expect(openSecrets(home).shred.months()).toContain('2026-12')
  })
  test('lies wrapped: the file does not hold it, and only the master key opens it', () => {
    const home = newHome()
    const { shred } = openSecretsOf(home, '2026-12-31')
    const { key } = shred.current()
    const path = join(home, 'secrets/shred/2026-12.key')
    expect(readFileSync(path).includes(key)).toBe(false)
    writePrivate(
      join(home, 'secrets/master.key'),
      Buffer.from(`${Buffer.alloc(32, 7).toString('base64url')}\n`),
    )
    expect(() => openSecrets(home).shred.of('2026-12')).toThrow(/does not open it/)
  })
  test('cannot be moved to another month', () => {
    const home = newHome()
    openSecretsOf(home, '2026-12-31').shred.current()
    const wrapped = readFileSync(join(home, 'secrets/shred/2026-12.key'))
    writePrivate(join(home, 'secrets/shred/2026-09.key'), wrapped)
    expect(() => openSecrets(home).shred.of('2026-09')).toThrow(Misconfigured)
  })
  test.each(['../master', '2026-13', '', '2026-1', '2026-12\n'])('%j is no month', (month) => {
    const home = newHome()
    const { shred } = openSecretsOf(home, '2026-12-31')
    expect(shred.of(month)).toBeUndefined()
    expect(() => shred.shred(month)).toThrow(Misconfigured)
  })
  test('once shredded in its own month, no other takes its place', () => {
    const home = newHome()
    const { shred } = openSecretsOf(home, '2026-12-31')
    shred.current()
    shred.shred('2026-12')
    expect(() => shred.current()).toThrow(/shredded/)
  })
})

test('of two who make the same file, one wins and both know', () => {
  const path = join(newHome(), 'x')
  expect(createPrivate(path, Buffer.from('a'))).toBe(true)
  expect(createPrivate(path, Buffer.from('b'))).toBe(false)
  expect(readFileSync(path, 'utf8')).toBe('a')
})

describe('keys that callers hold', () => {
  test('are shown once and stored as digests', () => {
    const home = newHome()
    const ring = openKeyRing(home)
    const key = ring.makeClientKey('moreau')
    expect(key).toMatch(/^dk_[a-z2-7]{8}_[A-Za-z0-9_-]{43}$/)
    expect(ring.holder(key)).toEqual({ kind: 'client', key: key.slice(3, 11), client: 'moreau' })
    const stored = readFileSync(join(home, 'secrets/keys.json'), 'utf8')
    expect(stored).not.toContain(key.slice(12))
    expect(JSON.stringify(ring.list())).not.toContain('sha256')
  })
  test('carry roles and clients of a person', () => {
    const ring = openKeyRing(newHome())
    const key = ring.makePersonKey({ who: 'a.martin', roles: ['dpo', 'auditor'], clients: ['moreau'] })
    expect(ring.holder(key)).toMatchObject({
      kind: 'person',
      who: 'a.martin',
      roles: ['dpo', 'auditor'],
      clients: ['moreau'],
    })
    expect(() => ring.makePersonKey({ who: 'x', roles: ['root' as never] })).toThrow(Misconfigured)
    expect(() => ring.makePersonKey({ who: 'x', roles: [] })).toThrow(Misconfigured)
    expect(() => ring.makePersonKey({ who: 'x y', roles: ['dpo'] })).toThrow(Misconfigured)
  })
  test('another process sees a new key and a revoked one within a second', () => {
    const home = newHome()
    let time = 0
    const gateway = openKeyRing(home, () => time)
    const cli = openKeyRing(home)
    const key = cli.makeClientKey('moreau')
    time = 1001
    expect(gateway.holder(key)).toMatchObject({ client: 'moreau' })
    expect(cli.revoke(key.slice(3, 11))).toBe(true)
    expect(cli.revoke('aaaaaaaa')).toBe(false)
    time = 2002
    expect(gateway.holder(key)).toBeUndefined()
  })
  test('a file that an edit broke lets nobody in until it is whole again', () => {
    const home = newHome()
    let time = 0
    const gateway = openKeyRing(home, () => time)
    const key = gateway.makeClientKey('moreau')
    const path = join(home, 'secrets', 'keys.json')
    const whole = readFileSync(path)
    writeFileSync(path, '{"keys": [')
    time = 1001
    for (let i = 0; i < 3; i++) expect(() => gateway.holder(key)).toThrow(Misconfigured)
    writeFileSync(path, whole)
    expect(gateway.holder(key)).toMatchObject({ client: 'moreau' })
  })
  test.each([
    ['', 'nothing'],
    ['dk_', 'a prefix'],
    ['dk_aaaaaaaa_', 'no secret'],
    [`dk_aaaaaaaa_${'A'.repeat(43)}`, 'an unknown id'],
    ['x'.repeat(100_000), 'very long'],
    ['__proto__', 'a name of JavaScript'],
  ])('%j opens nothing (%s)', (credential) => {
    const ring = openKeyRing(newHome())
    ring.makeClientKey('moreau')
    expect(ring.holder(credential)).toBeUndefined()
  })
  test('one wrong character anywhere opens nothing', () => {
    const ring = openKeyRing(newHome())
    const key = ring.makeClientKey('moreau')
    for (let i = 0; i < key.length; i++) {
      const wrong = `${key.slice(0, i)}${key[i] === 'B' ? 'C' : 'B'}${key.slice(i + 1)}`
      expect(ring.holder(wrong)).toBeUndefined()
    }
    expect(ring.holder(`${key}A`)).toBeUndefined()
    expect(ring.holder(` ${key}`)).toBeUndefined()
  })
  test.each([
    'no json',
    '{}',
    '{"keys":[{"id":"x"}]}',
    '{"keys":[{"id":"aaaaaaaa","sha256":"00","client":"a"}]}',
    'null',
  ])('a broken keys.json (%s) opens nothing and says so', (content) => {
    const home = newHome()
    makeSecrets(home)
    writePrivate(join(home, 'secrets/keys.json'), Buffer.from(content))
    expect(() => openKeyRing(home)).toThrow(Misconfigured)
  })
  test('a keys.json that others may read is refused', () => {
    const home = newHome()
    openKeyRing(home).makeClientKey('moreau')
    chmodSync(join(home, 'secrets/keys.json'), 0o644)
    expect(() => openKeyRing(home)).toThrow(/others may read it/)
  })
})

describe('what we say to a provider', () => {
  const tana = { id: 'tana', base_url: 'https://api.tana.example/v2' }
  test.each([
    [
      { kind: 'bearer', token: 't0k' },
      { header: 'authorization', value: 'Bearer t0k' },
    ],
    [
      { kind: 'basic', user: 'a', password: 'b:c' },
      { header: 'authorization', value: 'Basic YTpiOmM=' },
    ],
    [
      { kind: 'header', header: 'X-Api-Key', value: 'k' },
      { header: 'x-api-key', value: 'k' },
    ],
  ] as const)('%j', (given, expected) => {
    const home = newHome()
    openProviderCredentials(home).bind(tana, given)
    expect(openProviderCredentials(home).of(tana)).toEqual(expected)
  })
  test.each([
    ['https://api.tana.example/other', true, 'the same origin'],
    ['https://api.tana.example:443/v2', true, 'the same origin, spelled out'],
    ['https://evil.example/v2', false, 'another host'],
    ['http://api.tana.example/v2', false, 'another scheme'],
    ['https://api.tana.example:8443/v2', false, 'another port'],
    ['https://api.tana.example.evil.example/v2', false, 'a longer name'],
  ])('after base_url became %s it is used: %s (%s)', (base_url, used) => {
    const home = newHome()
    const credentials = openProviderCredentials(home)
    credentials.bind(tana, { kind: 'bearer', token: 't' })
    expect(credentials.of({ id: 'tana', base_url }) !== undefined).toBe(used)
  })
  test.each([
    [{ kind: 'header', header: 'host', value: 'x' }],
    [{ kind: 'header', header: 'Douane-Transfer', value: 'x' }],
    [{ kind: 'header', header: 'content-length', value: '3' }],
    [{ kind: 'header', header: 'a b', value: 'x' }],
    [{ kind: 'header', header: 'x-key', value: 'a\r\nb: c' }],
    [{ kind: 'bearer', token: 'a\nb' }],
    [{ kind: 'bearer', token: 'é' }],
  ] as const)('%j is refused', (given) => {
    const credentials = openProviderCredentials(newHome())
    expect(() => credentials.bind(tana, given)).toThrow(Misconfigured)
    expect(credentials.of(tana)).toBeUndefined()
  })
  test('the list shows no secret, and a removed one is gone', () => {
    const credentials = openProviderCredentials(newHome())
    credentials.bind(tana, { kind: 'bearer', token: 'hunter2' })
    expect(JSON.stringify(credentials.list())).not.toContain('hunter2')
    expect(credentials.remove('tana')).toBe(true)
    expect(credentials.remove('tana')).toBe(false)
    expect(credentials.of(tana)).toBeUndefined()
  })
})

test('a symbolic link is no secret file', async () => {
  const home = newHome()
  makeSecrets(home)
  const { symlinkSync } = await import('node:fs')
  const path = join(home, 'secrets/master.key')
  unlinkSync(path)
  writeFileSync(join(home, 'elsewhere'), 'x', { mode: 0o600 })
  symlinkSync(join(home, 'elsewhere'), path)
  expect(() => openSecrets(home)).toThrow(/ordinary file/)
})

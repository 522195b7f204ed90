import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const src = join(root, 'src')

/** Floor of each room, bottom up; imports only go down. docs/house.md draws it. */
const floors: Record<string, number> = {
  'lang.ts': 0,
  'errors.ts': 0,
  model: 0,
  payload: 1,
  detect: 1,
  law: 1,
  coarse: 1,
  judge: 2,
  policy: 2,
  pseudonym: 2,
  audit: 2,
  store: 3,
  config: 3,
  telemetry: 3,
  report: 3,
  outbound: 3,
  gateway: 4,
  admin: 4,
  wire: 5,
  'main.ts': 5,
  cli: 5,
  demo: 5,
}

/** Arrows between rooms of one floor. */
const arrows = new Set([
  'judge>policy',
  'report>telemetry',
  'judge>pseudonym',
  'cli>wire',
  'cli>demo',
  'demo>wire',
  'main.ts>cli',
  'model>errors.ts',
  'model>lang.ts',
  'errors.ts>lang.ts',
])

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : []
  })

const room = (path: string): string => relative(src, path).split('/')[0] as string

interface Import {
  readonly to: string
  readonly type: boolean
  /** When the code comes by, and not with the file. */
  readonly later: boolean
}

const imports = (path: string): Import[] =>
  [
    ...readFileSync(path, 'utf8').matchAll(
      /(?:^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?|\bimport\()'([^']+)'/gm,
    ),
  ].map((m) => ({
    to: m[2] as string,
    type: m[1] !== undefined,
    later: m[0].startsWith('import('),
  }))

const all = files(src)

describe('the house', () => {
  test('every file lives in a room with a floor', () => {
    expect([...new Set(all.map(room))].filter((name) => !(name in floors))).toEqual([])
  })

  test.each(all.map((path) => [relative(root, path), path]))('%s imports only downwards', (_name, path) => {
    const here = room(path)
    for (const { to } of imports(path)) {
      if (!to.startsWith('.')) continue
      const there = room(resolve(dirname(path), to))
      if (there === here) continue
      const down = (floors[there] ?? 99) < (floors[here] ?? -1)
      expect(down || arrows.has(`${here}>${there}`), `${here} → ${there} (${to})`).toBe(true)
    }
  })

  test('only gateway/ and admin/ know Koa', () => {
    const who = all
      .filter((path) => imports(path).some(({ to }) => to === 'koa' || to === '@koa/router'))
      .map(room)
    expect([...new Set(who)].filter((name) => name !== 'gateway' && name !== 'admin')).toEqual([])
  })

  test('only config/ reads the environment (main.ts hands it over)', () => {
    const who = all
      .filter((path) => /process\.env\b/.test(readFileSync(path, 'utf8')))
      .map((p) => relative(src, p))
    expect(who.filter((path) => !path.startsWith('config/') && path !== 'main.ts')).toEqual([])
  })

  test('only the ledgers make a CommittedIntent', () => {
    const who = all
      .filter((path) => /new CommittedIntent\b/.test(readFileSync(path, 'utf8')))
      .map((p) => relative(src, p))
    expect(who.toSorted()).toEqual(['audit/memory-ledger.ts', 'store/ledger.ts'])
  })

  /** Design §2.1: the outbound parties, by name. A new one is a decision. */
  test('only the named modules dial out', () => {
    // What these packages give besides a way out: servers, address arithmetic, types.
    const harmless = /^(type .*|isIP|isIPv4|isIPv6|BlockList|createServer|createServer as \w+|STATUS_CODES)$/
    const importing =
      /^import (?!type )(?:(\w+)|\{([^}]*)\}) from '(?:node:(?:net|tls|dgram|http|https|http2)|undici|pg)'/gm
    const dials = (path: string): boolean => {
      const text = readFileSync(path, 'utf8')
      const imported = [...text.matchAll(importing)].flatMap(
        ([, whole, names]) => whole ?? (names ?? '').split(','),
      )
      return (
        /\bfetch\(/.test(text) || imported.some((name) => name.trim() !== '' && !harmless.test(name.trim()))
      )
    }
    const who = all.filter(dials).map((p) => relative(src, p))
    const named = [
      /^gateway\/forward\.ts$/,
      /^store\//,
      /^demo\//,
      /^config\/.*address/,
      /^outbound\/(connector|exchange)\.ts$/,
    ]
    expect(who.filter((path) => !named.some((n) => n.test(path)))).toEqual([])
  })

  test('what is not a provider is dialled through one door, by the parties named here', () => {
    const who = all
      .filter((path) => /from '\.\.?\/(?:outbound\/)?exchange\.ts'/.test(readFileSync(path, 'utf8')))
      .filter((path) => /\bopenParty\b/.test(readFileSync(path, 'utf8')))
      .map((p) => relative(src, p))
    expect(who.toSorted()).toEqual([
      'gateway/issuer-keys.ts',
      'outbound/presidio.ts',
      'outbound/tsa.ts',
      'outbound/witness.ts',
    ])
  })

  test('nothing goes in a circle inside a room, types included', () => {
    const known = new Set(all)
    const to = new Map(
      all.map((path) => [
        path,
        imports(path)
          .map((each) => resolve(dirname(path), each.to))
          .filter((each) => known.has(each) && room(each) === room(path)),
      ]),
    )
    const circles: string[] = []
    const done = new Set<string>()
    const walk = (path: string, above: readonly string[]): void => {
      const at = above.indexOf(path)
      if (at >= 0)
        circles.push(
          above
            .slice(at)
            .map((each) => relative(src, each))
            .join(' → '),
        )
      if (at >= 0 || done.has(path)) return
      for (const next of to.get(path) ?? []) walk(next, [...above, path])
      done.add(path)
    }
    for (const path of all) walk(path, [])
    expect(circles).toEqual([])
  })

  test('commands are read without the detector and the database, save those that need them at once', () => {
    const reads = (path: string): Set<string> => {
      const read = new Set([path])
      for (const from of read)
        if (isAbsolute(from))
          for (const { to, type, later } of imports(from))
            if (!type && !later) read.add(to.startsWith('.') ? resolve(dirname(from), to) : to)
      return read
    }
    const commands = all.filter((path) => room(path) === 'cli')
    const reading = (what: string): string[] =>
      commands.filter((path) => reads(path).has(what)).map((path) => basename(path, '.ts'))
    expect(reading(join(src, 'detect/classify.ts'))).toEqual(['classify', 'demo', 'serve'])
    expect(reading('pg')).toEqual(['demo', 'serve'])
  })

  test('every folder of tests is played by one project', () => {
    const config = readFileSync(join(root, 'vitest.config.ts'), 'utf8')
    const played = [...config.matchAll(/test\/\{([a-z,]+)\}/g)].flatMap(([, names = '']) => names.split(','))
    const folders = readdirSync(join(root, 'test')).filter((name) => !name.includes('.'))
    expect(played.toSorted()).toEqual(folders.toSorted())
  })

  test('what is wrong at the start or on the command line is said in both languages', () => {
    const once = all.flatMap((path) => {
      const text = readFileSync(path, 'utf8')
      if (!text.includes('new Misconfigured(')) return []
      const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
      const found: string[] = []
      const visit = (node: ts.Node): void => {
        if (ts.isNewExpression(node) && node.expression.getText(file) === 'Misconfigured') {
          const [en, fr, ...more] = (node.arguments ?? []).map((each) => each.getText(file))
          const english =
            fr === undefined || more.length > 0 || fr === en || /\b(the|is|must|cannot)\b/.test(fr)
          const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
          if (english) found.push(`${relative(src, path)}:${line + 1}`)
        }
        ts.forEachChild(node, visit)
      }
      visit(file)
      return found
    })
    expect(once).toEqual([])
  })

  test('what a command prints is said in both languages', () => {
    const printing = all.filter((path) => room(path) === 'cli' || room(path) === 'demo')
    const once = printing.flatMap((path) => {
      const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest)
      const found: string[] = []
      const spoken = (node: ts.Node): void => {
        // beside it stands the other language
        if (ts.isPropertyAssignment(node) && /^(en|fr)$/.test(node.name.getText(file))) return
        if (ts.isConditionalExpression(node) && /\blang === '(fr|en)'$/.test(node.condition.getText(file)))
          return
        if (
          (ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node)) &&
          /[a-z]{2} [a-z]{2}/.test(node.text.replaceAll(/\bdouane(?: [a-z-]+)+/g, ''))
        ) {
          const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
          found.push(`${relative(src, path)}:${line + 1}`)
        }
        ts.forEachChild(node, spoken)
      }
      const visit = (node: ts.Node): void => {
        if (
          ts.isCallExpression(node) &&
          ts.isPropertyAccessExpression(node.expression) &&
          /^(line|warn)$/.test(node.expression.name.text)
        )
          node.arguments.forEach(spoken)
        ts.forEachChild(node, visit)
      }
      visit(file)
      return found
    })
    expect(once).toEqual([])
  })

  test('no file name that says nothing', () => {
    expect(all.filter((path) => /\/(utils?|helpers?|common|manager|misc)(\/|\.ts$)/.test(path))).toEqual([])
  })
})

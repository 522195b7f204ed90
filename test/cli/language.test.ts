/** In which language a command speaks: its own option first, then the locale of whoever runs it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { Report } from '../../src/audit/verify-report.ts'
import { findingWords } from '../../src/audit/verify-words.ts'
import type { FindingCode } from '../../src/audit/verify-words.ts'
import { findingLine, inFrench } from '../../src/cli/finding-words.ts'
import { langOf, saysIn } from '../../src/cli/lang.ts'
import { printer } from '../../src/cli/print.ts'
import { commands } from '../../src/cli/run.ts'
import type { Lang } from '../../src/lang.ts'
import { douane, emptyHome, writePolicies } from './douane.ts'
import { inHere } from './in-here.ts'

const home = emptyHome()
writePolicies(home)
const french = { home, env: { LANG: 'fr_FR.UTF-8' } }

describe('the locale', () => {
  test.each<[NodeJS.ProcessEnv, Lang, string]>([
    [{}, 'en', 'a service without one'],
    [{ LANG: 'fr_FR.UTF-8' }, 'fr', 'a terminal in France'],
    [{ LANG: 'fr' }, 'fr', 'the language alone'],
    [{ LANG: 'fr_CA@euro' }, 'fr', 'elsewhere'],
    [{ LANG: 'fr_FR.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' }, 'en', 'messages apart'],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'fr_BE.UTF-8' }, 'fr', 'all at once'],
    [{ LANG: 'fr_FR.UTF-8', LC_ALL: '' }, 'fr', 'an empty one is none'],
    [{ LANG: 'fr_FR.UTF-8', LC_ALL: 'C.UTF-8' }, 'en', 'C, as scripts set it'],
    [{ LANG: 'fur_IT.UTF-8' }, 'en', 'Friulian'],
    [{ LANG: 'frp' }, 'en', 'Arpitan'],
  ])('%j → %s (%s)', (env, lang) => expect(langOf(env)).toBe(lang))
})

describe('what goes wrong', () => {
  test('of a start, in a process of its own', async () => {
    const { code, err } = await douane(['serve'], french)
    expect([code, err]).toEqual([
      2,
      'douane: region manque dans douane.yaml (ou DOUANE_REGION) : le pays de la passerelle et du coffre\n',
    ])
  })

  test('of commands without --lang', async () => {
    expect((await inHere(['keys', 'client', 'nobody'], french)).err).toBe(
      `douane: pas de client nobody dans ${home}/policies/register/clients\n`,
    )
    expect((await inHere(['audit', 'verify', home, '--pin', '/nowhere'], french)).err).toBe(
      'douane: /nowhere : lecture impossible (ENOENT)\n',
    )
    const asValue = await inHere(['audit', 'verify', home, '--pin', '/nowhere', '--json'], french)
    expect(asValue.value).toEqual({
      error: 'Misconfigured',
      message: '/nowhere : lecture impossible (ENOENT)',
    })
  })

  test('of the settings, all faults in their places', async () => {
    const other = emptyHome()
    writeFileSync(join(other, 'douane.yaml'), 'regoin: FR\nlog_level: loud\nlimits: {in_flight: 0}\n')
    const file = join(other, 'douane.yaml')
    const { err } = await inHere(['audit', 'keys'], { ...french, home: other })
    expect(err.trimEnd().split('\n')).toEqual([
      `douane: regoin (${file}:1) n'est pas un réglage (docs/settings.md les énumère)`,
      `limits.in_flight (${file}:3) doit être >= 1`,
      `log_level (${file}:2) doit être l'une de ces valeurs : debug, info, warn, error, silent`,
    ])
  })
})

describe('--lang', () => {
  const wrong = ['keys', 'provider', 'nobody']
  test('wins over the locale, both ways', async () => {
    expect((await inHere([...wrong, '--lang', 'en'], french)).err).toMatch(/^douane: no provider nobody in /)
    expect((await inHere([...wrong, '--lang', 'fr'], { home })).err).toMatch(
      /^douane: pas de prestataire nobody dans /,
    )
  })

  test('is the locale’s where it is not given', async () => {
    expect((await inHere(wrong, french)).err).toMatch(/^douane: pas de prestataire nobody dans /)
    expect((await inHere(wrong, { home })).err).toMatch(/^douane: no provider nobody in /)
    const revoked = await inHere(['keys', 'revoke', 'aaaaaaaa'], french)
    expect([revoked.code, revoked.out]).toEqual([1, "cette clé n'existe pas\n"])
  })

  test('a language that is not spoken is wrong use', async () => {
    expect((await inHere([...wrong, '--lang', 'de'], french)).code).toBe(2)
  })
})

describe('the help', () => {
  /** What each command, argument and option says of itself, by where it stands. */
  const saidIn = async (lang: Lang): Promise<Map<string, string>> => {
    const program = new Command('douane')
    const call = { env: {}, print: () => printer(false), exit: () => undefined, says: saysIn(lang) }
    for (const load of Object.values(commands)) (await load())(program, call)
    const said = new Map<string, string>()
    const walk = (command: Command, path: string): void => {
      said.set(path, command.description())
      for (const each of command.registeredArguments) said.set(`${path} <${each.name()}>`, each.description)
      for (const each of command.options) said.set(`${path} ${each.flags}`, each.description)
      for (const below of command.commands) walk(below, `${path} ${below.name()}`)
    }
    for (const command of program.commands) walk(command, command.name())
    return said
  }

  test('of every command, argument and option is in both languages', async () => {
    const [english, french] = [await saidIn('en'), await saidIn('fr')]
    expect(english.size).toBeGreaterThan(150)
    // the names of the roles are what is typed
    const alike = [...english]
      .filter(([at, text]) => text === '' || french.get(at) === text)
      .map(([at]) => at)
    expect(alike).toEqual(['keys person --role <roles...>'])
  })

  test('and its frame', async () => {
    const { code, out } = await inHere(['try', '--help'], french)
    expect(code).toBe(0)
    expect(out).toMatch(/^Usage : douane try \[options\] \[file\]\n/)
    expect(out).toMatch(/\nArguments :\n.*\nOptions :\n/s)
    expect(out.replaceAll(/\s+/g, ' ')).toContain('type de média (par défaut : "application/json")')
    expect(out.replaceAll(/\s+/g, ' ')).toContain('(au choix : "en", "fr")')
    expect(out).toContain('affiche cette aide')
    const all = (await inHere(['--lang', 'fr', '--help'], { home })).out
    expect(all).toMatch(/^Usage : douane \[options\] \[commande\]\n\nLa douane des données personnelles/)
    expect(all).toMatch(/\nCommandes :\n.*\n +help \[commande\] +affiche l'aide d'une commande\n/s)
    expect(`${out}${all}`).not.toMatch(/display help|default:|choices:|Usage:|Options:/)
  })

  test.each<[readonly string[], string]>([
    [['keys', 'client'], 'douane: il manque <id>'],
    [['audit', 'hold'], "douane: il manque l'option --reason <text>"],
    [['audit', 'hold', '--reason'], "douane: l'option --reason <text> attend une valeur"],
    [['policy', 'check', '--stric'], 'douane: option inconnue : --stric\n(vouliez-vous dire --strict ?)'],
    [['auditt'], 'douane: commande inconnue : auditt\n(vouliez-vous dire audit ?)'],
    [['classify', 'a', 'b'], "douane: trop d'arguments : 2 au lieu de 1 (a, b)"],
    [
      ['report', 'transfers', '--format', 'pdf'],
      "douane: l'option --format <format> n'admet pas « pdf » ; au choix : text, csv, json, html",
    ],
  ])('wrong use is told in French: %j', async (args, said) => {
    const { code, err } = await inHere(args, french)
    expect([code, err]).toEqual([2, `${said}\n`])
  })
})

describe('what was found', () => {
  test('in a log, each sentence in both languages with the same places', () => {
    const places = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).toSorted()
    for (const [code, said] of Object.entries(findingWords)) {
      const its = inFrench[code as FindingCode]
      expect([code, places(its)]).toEqual([code, places(said)])
      expect(its).not.toBe(said)
    }
    const parts = { why: { en: 'line 1: no', fr: 'ligne 1 : non' } }
    const report = new Report()
    report.add('undecided', 'witnesses', 'witnesses-unreadable', parts)
    report.add('tampered', 'transfers 7', 'seal-broken', { n: 3 })
    expect(report.findings.map((one) => findingLine(one, 'fr'))).toEqual([
      'indécidable : witnesses : est illisible : ligne 1 : non',
      'falsifié : transfers 7 : le sceau de 3 enregistrements ne tient pas',
    ])
    expect(report.findings.map((one) => findingLine(one, 'en'))).toEqual([
      'undecided: witnesses: cannot be read: line 1: no',
      'tampered: transfers 7: the seal over 3 records does not hold',
    ])
  })

  test('personal data', async () => {
    const { out } = await inHere(['classify'], { ...french, input: 'ana@example.com' })
    expect(out).toMatch(/\ntrouvés : 1\n$/)
  })

  test('in an export', async () => {
    const { code, out } = await inHere(['audit', 'verify', home], french)
    expect([code, out]).toEqual([
      3,
      expect.stringMatching(/^indécidable : pin : doit contenir la clé d'un seul journal .*\nindécidable\n$/),
    ])
  })
})

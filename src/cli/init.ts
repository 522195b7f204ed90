import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { parse } from 'yaml'
import { makeSecrets } from '../config/secrets.ts'
import { Misconfigured, allWrong } from '../errors.ts'
import type { LawData } from '../law/data.ts'
import type { Bundle } from '../policy/bundle.ts'
import { readFolder } from '../policy/folder.ts'
import { loadFiles } from '../policy/load.ts'
import { project } from '../wire/project.ts'
import { type Answers, questions } from './init-questions.ts'
import { type Made, registerFiles, stillMissing } from './init-register.ts'
import { langOption } from './lang.ts'
import { placeOf } from './place.ts'
import type { Call } from './call.ts'
import type { Both, Lang } from '../lang.ts'

const settingsText = `# Settings of this installation; docs/settings.md lists all of them. Each also as DOUANE_…

# Country of gateway and vault (ISO 3166-1): inside the EEA or adequate. douane serve refuses without it.
# region: FR

# Name of the log, as auditors will know it; it never changes.
# name: gateway.example.com/log

# PostgreSQL 15 or newer; without it Douane runs its own under pg/.
# database_url: postgres://douane@db.example.com/douane
`

const holdsPolicies = (home: string): Misconfigured =>
  new Misconfigured(
    `${home} already holds policies/: nothing was changed`,
    `${home} contient déjà policies/ : rien n'a été modifié`,
  )

/** Copies the shipped pack; nothing is read from the package afterwards (design §10). */
export function makeHome(home: string): void {
  if (existsSync(join(home, 'policies'))) throw holdsPolicies(home)
  mkdirSync(home, { recursive: true, mode: 0o711 })
  cpSync(join(project, 'policies'), join(home, 'policies'), { recursive: true })
  const settings = join(home, 'douane.yaml')
  if (!existsSync(settings)) writeFileSync(settings, settingsText, { mode: 0o600 })
  makeSecrets(home)
}

interface InitOptions {
  readonly answers?: string
  readonly lang: Lang
}

/** Answers in a YAML or JSON file, each a text or a list. @throws Misconfigured with all that is wrong */
async function answersIn(path: string, law: LawData): Promise<Answers> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined || text.length > 65_536)
    throw new Misconfigured(`${path} cannot be read`, `${path} : lecture impossible`)
  let given: unknown
  try {
    given = parse(text, { schema: 'failsafe', maxAliasCount: 0 })
  } catch {
    throw new Misconfigured(`${path}: is neither YAML nor JSON`, `${path} : ce n'est ni du YAML ni du JSON`)
  }
  const faults: Both[] = []
  const known = new Set<string>(questions.map(({ key }) => key))
  const values = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>
  for (const key of Object.keys(values))
    if (!known.has(key))
      faults.push({
        en: `${path}: ${key} is no question`,
        fr: `${path} : ${key} n'est pas une question`,
      })
  const answers = Object.fromEntries(
    questions.map(({ key, ask, wrong }) => {
      const value = Object.hasOwn(values, key) ? values[key] : ''
      const answer = (Array.isArray(value) ? value.join(', ') : String(value)).trim()
      const fault = wrong(answer, law)
      if (fault !== undefined)
        faults.push(
          answer === ''
            ? {
                en: `${path}: ${key} is not answered: ${ask.en}`,
                fr: `${path} : ${key} est sans réponse : ${ask.fr}`,
              }
            : { en: `${path}: ${key}: ${fault.en}`, fr: `${path} : ${key} : ${fault.fr}` },
        )
      return [key, answer]
    }),
  )
  if (faults.length > 0) throw allWrong(faults)
  return answers as unknown as Answers
}

/** Asks a person, each question until its answer can be one. @throws Misconfigured if the person goes away */
async function asked(law: LawData, lang: Lang): Promise<Answers> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const gone = new AbortController()
  terminal.once('close', () => gone.abort())
  try {
    const answers: Record<string, string> = {}
    for (const [i, { key, ask, wrong }] of questions.entries()) {
      for (;;) {
        const line = await terminal.question(`${i + 1}/10  ${ask[lang]}: `, { signal: gone.signal })
        const fault = wrong(line.trim(), law)
        answers[key] = line.trim()
        if (fault === undefined) break
        terminal.write(`      ${fault[lang]}\n`)
      }
    }
    return answers as unknown as Answers
  } catch {
    throw new Misconfigured('broken off: nothing was written', "interrompu : rien n'a été écrit")
  } finally {
    terminal.close()
  }
}

/** Writes both files, if they and the folder they come to have no fault. @throws PolicyInvalid, Misconfigured */
async function writeRegister(folder: string, made: Made): Promise<Bundle> {
  for (const { path } of made.files)
    if (existsSync(join(folder, path)))
      throw new Misconfigured(
        `${join(folder, path)} is there already: nothing was changed`,
        `${join(folder, path)} existe déjà : rien n'a été modifié`,
      )
  const bundle = loadFiles([...(await readFolder(folder)), ...made.files])
  for (const { path, text } of made.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text, { flag: 'wx' })
  }
  return bundle
}

const said = {
  en: {
    wrote: 'Wrote',
    missing: 'Before data may go there, this is still missing:',
    nothing: 'The route is complete: data may go there, treated as the rules say.',
    next: 'Next: set region in douane.yaml, then',
  },
  fr: {
    wrote: 'Écrit :',
    missing: 'Avant que des données puissent y aller, il manque encore :',
    nothing: 'La route est complète : les données peuvent y aller, traitées selon les règles.',
    next: 'Ensuite : indiquez region dans douane.yaml, puis',
  },
} as const

/** `douane init` */
export function initCommand(program: Command, { env, print, says }: Call): void {
  program
    .command('init')
    .option(
      '--answers <file>',
      says(
        'answers to the ten questions, YAML or JSON; without a terminal none are asked',
        "réponses aux dix questions, YAML ou JSON ; sans terminal, aucune n'est posée",
      ),
    )
    .addOption(langOption(says))
    .description(
      says(
        'make a home: policies, settings, keys; ten questions write the first client and provider',
        'crée un dossier : politiques, réglages, clés ; dix questions écrivent le premier client et le premier prestataire',
      ),
    )
    .action(async ({ answers: path, lang }: InitOptions) => {
      const { home } = placeOf(env)
      const folder = join(home, 'policies')
      const asks = path !== undefined || (process.stdin.isTTY && process.stdout.isTTY)
      const fresh = !existsSync(folder)
      if (!fresh && !asks) throw holdsPolicies(home)
      const shipped = loadFiles(await readFolder(fresh ? join(project, 'policies') : folder))
      const answers = !asks
        ? undefined
        : path === undefined
          ? await asked(shipped.law, lang)
          : await answersIn(path, shipped.law)
      const made = answers === undefined ? undefined : registerFiles(answers, shipped)
      const to = print()
      if (fresh) {
        makeHome(home)
        to.line(lang === 'fr' ? `Créé : ${home}` : `Made ${home}`)
      }
      if (made === undefined) {
        to.line(
          lang === 'fr'
            ? 'Ensuite : indiquez region dans douane.yaml, écrivez policies/register/, puis'
            : 'Next: set region in douane.yaml, write policies/register/, then',
        )
        to.line('  douane policy check · douane keys client ID · douane serve')
        to.value({ home })
        return
      }
      const bundle = await writeRegister(folder, made)
      const missing = stillMissing(bundle, made, lang, new Date())
      for (const { path: file } of made.files) to.line(`${said[lang].wrote} policies/${file}`)
      to.line(missing.length > 0 ? said[lang].missing : said[lang].nothing)
      for (const one of missing) to.line(`  - ${one}`)
      to.line(said[lang].next)
      to.line(`  douane policy check · douane keys client ${made.client} · douane serve`)
      to.value({ home, ...made, files: made.files.map(({ path: file }) => file), missing })
    })
}

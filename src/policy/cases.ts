/** `policy test`: payloads with what should become of them, read and classified as in earnest, at a fixed moment. */
import type { Detector } from '../detect/classify.ts'
import { PolicyInvalid, Refused } from '../errors.ts'
import type { Code, PolicyFault } from '../errors.ts'
import { civilDate } from '../law/date.ts'
import { isBelow } from '../model/category.ts'
import type { Both } from '../lang.ts'
import type { Decision, Treatment } from '../model/decision.ts'
import type { Document, Incoming } from '../model/document.ts'
import { steps } from '../model/document.ts'
import type { Classification } from '../model/finding.ts'
import type { CivilDate } from '../model/register.ts'
import { read } from '../payload/read.ts'
import type { Bundle, BundleFile } from './bundle.ts'
import type { PolicyCase } from './case-file.ts'
import { readCases } from './case-file.ts'
import { evaluate, openRoute } from './evaluate.ts'
import { inOrder } from './faults.ts'
import { loadFiles } from './load.ts'
import { matchesPath, pathPattern } from './path-pattern.ts'
import { holdsCases } from './places.ts'
import { printTreatment, sameTreatment } from './treatment.ts'
import { categoryWords } from './when-values.ts'
import { parseYaml } from './yaml.ts'

export interface CaseResult {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly passed: boolean
  /** What came otherwise than expected: verdicts, rule ids, treatments; never a value. */
  readonly failures: readonly Both[]
  /** Absent where the payload could not be read; then `code` says why. */
  readonly decision?: Decision
  readonly code?: Code
}

/** All cases of the folder. @throws PolicyInvalid with every fault of every case file */
export const loadCases = (
  bundle: Bundle,
  files: readonly BundleFile[] = bundle.files,
): readonly PolicyCase[] => {
  const faults: PolicyFault[] = []
  const cases: PolicyCase[] = []
  for (const file of files) {
    if (!holdsCases(file.path)) continue
    try {
      const found = readCases(parseYaml(file), bundle)
      cases.push(...found.cases)
      faults.push(...found.faults)
    } catch (error) {
      if (!(error instanceof PolicyInvalid)) throw error
      faults.push(...error.faults)
    }
  }
  if (faults.length > 0) throw new PolicyInvalid(inOrder(faults))
  return cases
}

/**
 * A folder as `policy check` looks at it: what decides, and the cases, which decide nothing and whose faults stop no bundle.
 * @throws PolicyInvalid with every fault at once; of cases that need a sound bundle, as far as they can be read without one
 */
export const checkFolder = (files: readonly BundleFile[]): Bundle => {
  let bundle: Bundle
  try {
    bundle = loadFiles(files)
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error
    throw new PolicyInvalid(inOrder([...error.faults, ...unreadCases(files)]))
  }
  loadCases(bundle, files)
  return bundle
}

const unreadCases = (files: readonly BundleFile[]): readonly PolicyFault[] =>
  files
    .filter(({ path }) => holdsCases(path))
    .flatMap((file) => {
      try {
        parseYaml(file)
        return []
      } catch (error) {
        if (!(error instanceof PolicyInvalid)) throw error
        return error.faults
      }
    })

/** The bundle as the case sees it: its own register entries stand before those of the register. */
export const bundleFor = (bundle: Bundle, { with: its }: PolicyCase): Bundle => ({
  ...bundle,
  clients: new Map([...bundle.clients, ...its.clients.map((client) => [client.id, client] as const)]),
  providers: new Map([...bundle.providers, ...its.providers.map((each) => [each.id, each] as const)]),
  derogations: [...bundle.derogations, ...its.derogations],
})

export const incomingOf = ({ method, target, media, payload }: PolicyCase): Incoming => ({
  method,
  target,
  headers: payload === undefined ? [] : [['content-type', media]],
  body: Buffer.from(
    payload === undefined ? '' : /json/.test(media) ? JSON.stringify(payload) : String(payload),
    'utf8',
  ),
})

const matches = (wanted: Treatment, came: Treatment): boolean =>
  wanted.parameter === undefined ? wanted.name === came.name : sameTreatment(wanted, came)

/** The treatments at a category or a path; text within a free-text leaf counts before the leaf itself. */
const treatmentsAt = (
  where: string,
  decision: Decision,
  document: Document,
  { findings }: Classification,
): readonly (Treatment | undefined)[] => {
  const treatmentOf = (at: number) => decision.treatments.find(({ finding }) => finding === at)?.treatment
  const all = findings.map((finding, at) => ({ finding, at }))
  if (categoryWords.includes(where)) {
    return all.flatMap(({ finding, at }) => {
      const treatment = treatmentOf(at)
      return isBelow(finding.category, where) && treatment !== undefined ? [treatment] : []
    })
  }
  const pattern = pathPattern(where)
  const here = all.filter(({ finding }) =>
    matchesPath(pattern, steps(document.fields[finding.field]?.path ?? null)),
  )
  const spans = here.filter(({ finding }) => finding.category !== 'freetext')
  return (spans.length > 0 ? spans : here).map(({ at }) => treatmentOf(at))
}

const compare = (
  { expect: wanted }: PolicyCase,
  decision: Decision,
  document: Document,
  found: Classification,
): Both[] => {
  const failures: Both[] = []
  const fail = (en: string, fr: string): void => void failures.push({ en, fr })
  const code = decision.code === undefined ? '' : ` (${decision.code})`
  if (decision.verdict !== wanted.verdict)
    fail(
      `verdict ${decision.verdict}${code}, expected ${wanted.verdict}`,
      `verdict : ${decision.verdict}${code}, attendu : ${wanted.verdict}`,
    )
  if (wanted.code !== undefined && decision.code !== wanted.code)
    fail(
      `code ${decision.code ?? 'none'}, expected ${wanted.code}`,
      `code : ${decision.code ?? 'aucun'}, attendu : ${wanted.code}`,
    )
  const spoke = new Set([...decision.spoken, ...decision.notes].map(({ rule }) => rule))
  for (const rule of wanted.rules)
    if (!spoke.has(rule)) fail(`rule ${rule} did not speak`, `la règle ${rule} ne s'est pas appliquée`)
  for (const rule of wanted.silent)
    if (spoke.has(rule)) fail(`rule ${rule} spoke`, `la règle ${rule} s'est appliquée`)
  const finders = new Set(found.findings.map(({ recogniser }) => recogniser))
  for (const one of wanted.recognisers)
    if (!finders.has(one)) fail(`recogniser ${one} found nothing`, `le détecteur ${one} n'a rien trouvé`)
  for (const [where, treatment] of wanted.treatments) {
    const came = treatmentsAt(where, decision, document, found)
    if (came.length === 0) fail(`nothing was found at ${where}`, `rien n'a été trouvé à ${where}`)
    const others = came.filter((each) => each === undefined || !matches(treatment, each))
    const words = (untouched: string): string =>
      [...new Set(others.map((each) => (each === undefined ? untouched : printTreatment(each))))].join(', ')
    const due = printTreatment(treatment)
    if (others.length > 0)
      fail(
        `${where}: ${words('not acted on')}, expected ${due}`,
        `${where} : ${words('laissé tel quel')}, attendu : ${due}`,
      )
  }
  return failures
}

/** What a case sends, read and classified on its own date; `code` where the reader or the detector refused it. */
export type PreparedCase = { readonly each: PolicyCase; readonly on: CivilDate } & (
  { readonly document: Document; readonly found: Classification } | { readonly code: Code }
)

/** read → classify: what no rule changes. */
export const prepareCase = async (
  bundle: Bundle,
  each: PolicyCase,
  detector: Detector,
): Promise<PreparedCase> => {
  const client = bundleFor(bundle, each).clients.get(each.client)
  const on = typeof each.now === 'string' ? each.now : civilDate(each.now, client?.zone ?? 'Europe/Brussels')
  const purposes = client?.purposes ?? {}
  const purpose = Object.hasOwn(purposes, each.purpose) ? purposes[each.purpose] : undefined
  try {
    const document = read(incomingOf(each))
    const found = await detector.classify(document, { today: on, places: purpose?.places ?? [] })
    return { each, on, document, found }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { each, on, code: error.code }
  }
}

/** evaluate → compare; what could not be read is a refusal like any other. */
export const judgeCase = (bundle: Bundle, prepared: PreparedCase): CaseResult => {
  const { each, on } = prepared
  const its = bundleFor(bundle, each)
  const { file, line } = each.source
  const result = (failures: readonly Both[], more: Pick<CaseResult, 'decision' | 'code'>): CaseResult => ({
    name: each.name,
    file,
    line,
    passed: failures.length === 0,
    failures,
    ...more,
  })
  if ('code' in prepared) {
    const { code } = prepared
    const failures =
      each.expect.verdict !== 'refuse' || (each.expect.code !== undefined && each.expect.code !== code)
        ? [
            {
              en: `refused with ${code} before it was judged`,
              fr: `refusé (${code}) avant d'être jugé`,
            },
          ]
        : []
    return result(failures, { code })
  }
  const { document, found } = prepared
  const region = each.region ?? its.clients.get(each.client)?.country
  const route = openRoute(its, {
    client: each.client,
    provider: each.provider,
    purpose: each.purpose,
    method: each.method,
    media: each.payload === undefined ? '' : each.media,
    on,
    ...(region === undefined ? {} : { region }),
    ...(each.case === undefined ? {} : { case: each.case }),
  })
  const decision = evaluate(route, document, found)
  const more = decision.code === undefined ? { decision } : { decision, code: decision.code }
  return result(compare(each, decision, document, found), more)
}

/** One case, whole. */
export const runCase = async (bundle: Bundle, each: PolicyCase, detector: Detector): Promise<CaseResult> =>
  judgeCase(bundle, await prepareCase(bundle, each, detector))

/** In the order of files and cases. @throws PolicyInvalid */
export const runCases = async (
  bundle: Bundle,
  detector: Detector,
  files: readonly BundleFile[] = bundle.files,
): Promise<CaseResult[]> => {
  const results: CaseResult[] = []
  for (const each of loadCases(bundle, files)) results.push(await runCase(bundle, each, detector))
  return results
}

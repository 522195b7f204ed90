import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { type Detector, makeDetector } from '../detect/classify.ts'
import { classifyText } from '../detect/classify-text.ts'
import { Refused } from '../errors.ts'
import { escapeJson } from '../telemetry/escape.ts'
import type { Lang } from '../lang.ts'
import { langOption } from './lang.ts'
import { readText } from './read-text.ts'
import type { Call } from './call.ts'

interface Line {
  readonly id?: unknown
  readonly text?: unknown
  readonly type?: unknown
}

/** Longest line that is read; a longer one is an error of its line, not the end of the run. */
const longest = 16 * 1024 * 1024

async function ndjson(detector: Detector): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    const written = process.stdout.write(`${escapeJson(await answer(detector, line))}\n`)
    if (!written) await once(process.stdout, 'drain')
  }
}

async function answer(detector: Detector, line: string): Promise<object> {
  let asked: Line
  try {
    if (line.length > longest) return { id: null, error: 'LINE_TOO_LONG' }
    asked = JSON.parse(line) as Line
  } catch {
    return { id: null, error: 'LINE_NOT_JSON' }
  }
  const id = asked?.id ?? null
  if (typeof asked?.text !== 'string') return { id, error: 'TEXT_MISSING' }
  try {
    const type = typeof asked.type === 'string' ? asked.type : undefined
    return { id, findings: await classifyText(detector, asked.text, type) }
  } catch (error) {
    return { id, error: error instanceof Refused ? error.code : 'INTERNAL' }
  }
}

/** `douane classify [FILE] [--type TYPE] | --ndjson` */
export function classifyCommand(program: Command, { print, says }: Call): void {
  program
    .command('classify')
    .description(
      says(
        'find personal data in a file, in standard input, or in each line of it (--ndjson)',
        "trouve les données personnelles d'un fichier, de l'entrée standard ou de chacune de ses lignes (--ndjson)",
      ),
    )
    .argument('[file]', says('a file; without it standard input', "un fichier ; à défaut l'entrée standard"))
    .option('--type <media type>', says('media type of the text', 'type de média du texte'), 'text/plain')
    .option(
      '--ndjson',
      says(
        'read {"id","text","type"?} a line, write {"id","findings"} a line; offsets in UTF-16 code units',
        'lit {"id","text","type"?} par ligne, écrit {"id","findings"} par ligne ; positions en unités UTF-16',
      ),
    )
    .addOption(langOption(says))
    .action(async (file: string | undefined, options: { type: string; ndjson?: boolean; lang: Lang }) => {
      const detector = makeDetector()
      if (options.ndjson === true) return ndjson(detector)
      const text = await readText(file)
      const findings = await classifyText(detector, text, options.type)
      const to = print()
      for (const { start, end, category, confidence, recogniser, path } of findings) {
        to.line(
          `${String(start).padStart(6)}–${end}  ${category}  ${confidence.toFixed(2)}  ${recogniser}${path ? `  ${path}` : ''}`,
        )
      }
      to.line({ en: `${findings.length} found`, fr: `trouvés : ${findings.length}` }[options.lang])
      to.value({ findings })
    })
}

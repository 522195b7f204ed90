/** A sheet as a page that prints: one file, no script, nothing from elsewhere; and as a terminal block. */
import { escapeText } from '../telemetry/escape.ts'
import type { Lang } from '../lang.ts'
import type { Sheet, Table } from './sheet.ts'

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const html = (text: string | number): string =>
  escapeText(String(text)).replace(/[&<>"']/g, (mark) => marks[mark]!)

/** In French no line ends before `: ; ? ! »` nor after `«`: the spaces there do not break. */
const unbroken = (text: string): string => text.replaceAll(/ (?=[:;?!»])|(?<=«) /g, '\u00A0')

const prose = (lang: Lang, text: string): string => html(lang === 'fr' ? unbroken(text) : text)

const style = `body{font:11pt/1.4 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#111}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}thead{display:table-header-group}tr{break-inside:avoid}
@media print{body{margin:0;max-width:none}@page{size:A4 landscape;margin:15mm}}`

const cell = (lang: Lang, value: string | number): string =>
  typeof value === 'number' ? `<td class="n">${value}</td>` : `<td>${prose(lang, value)}</td>`

const tableHtml = (lang: Lang, { title, columns, rows }: Table): string =>
  `<h2>${prose(lang, title)}</h2>
<table><thead><tr>${columns.map((name) => `<th scope="col">${prose(lang, name)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map((value) => cell(lang, value)).join('')}</tr>`).join('\n')}
</tbody></table>`

export const page = ({ lang, title, asked, tables, notes }: Sheet): string => `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><title>${prose(lang, title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${style}</style></head><body>
<h1>${prose(lang, title)}</h1>
${asked.map((line) => `<p>${prose(lang, line)}</p>`).join('\n')}
${tables.map((table) => tableHtml(lang, table)).join('\n')}
${notes.map((line) => `<p><small>${prose(lang, line)}</small></p>`).join('\n')}
</body></html>
`

/** Columns as wide as their longest cell. */
const tableLines = ({ title, columns, rows }: Table): string[] => {
  const all = [columns, ...rows].map((row) => row.map((value) => escapeText(String(value))))
  const widths = columns.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)))
  return [
    '',
    escapeText(title),
    ...all.map((row, at) =>
      row
        .map((text, i) =>
          at > 0 && typeof rows[at - 1]?.[i] === 'number'
            ? text.padStart(widths[i]!)
            : text.padEnd(widths[i]!),
        )
        .join('  ')
        .trimEnd(),
    ),
  ]
}

export const lines = ({ title, asked, tables, notes }: Sheet): string[] => [
  escapeText(title),
  ...asked.map(escapeText),
  ...tables.flatMap(tableLines),
  ...(notes.length === 0 ? [] : ['', ...notes.map(escapeText)]),
]

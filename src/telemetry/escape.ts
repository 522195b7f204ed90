/**
 * What a client or provider wrote may steer a terminal, a log viewer or a reader's eye: C0, DEL, C1, the
 * bidi controls (Unicode TR #36 §3.2, CVE-2021-42574), zero-width and line separators, lone surrogates.
 */
const steering =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g

const quoted = (found: string): string => {
  let out = ''
  for (let i = 0; i < found.length; i++) out += `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`
  return out
}

/** One line of inert text: every steering character shows as `\uXXXX`. Line ends too. */
export const escapeText = (text: string): string => text.replace(steering, quoted)

/** For a terminal block: as `escapeText`, line by line, so that line feeds stay. */
export const escapeLines = (text: string): string => text.split('\n').map(escapeText).join('\n')

/** JSON whose strings hold no raw steering character; it parses to the same value. */
export const escapeJson = (value: unknown, space?: number): string => {
  const text = JSON.stringify(value, null, space)
  return space === undefined ? escapeText(text) : escapeLines(text)
}

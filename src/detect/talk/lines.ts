import { fold } from '../fold.ts'
import { afterCourtesy } from './courtesy.ts'

/** A line of a talk: where its words stand, without the name of who speaks. */
export interface Line {
  /** `Agent` of `Agent: …`, folded no further; empty if the line names nobody. */
  readonly speaker: string
  readonly start: number
  readonly end: number
  /** Behind the courtesies at its head; `end` if the line has nothing else. */
  readonly body: number
}

/** Longer lines are no answers. */
export const longest = 90
/** What of a long line is read: its end, where its question stands. */
const lastPart = 240

/** `Agent: …`, `[10:12] Customer: …`, `12:03 Marie > …` */
const spoken =
  /[ \t]*(?:[[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?[ -]{0,3})?(\p{L}[\p{L}\p{M}'’.]{0,20}(?:[ -]\p{L}[\p{L}\p{M}'’.]{0,20}){0,2})[ \t]?[:>][ \t]+/uy

/** The lines of a text that hold something. */
export const linesOf = (text: string): Line[] => {
  const lines: Line[] = []
  for (let from = 0; from < text.length;) {
    let end = text.indexOf('\n', from)
    if (end < 0) end = text.length
    let stop = end
    while (stop > from && /\s/.test(text.charAt(stop - 1))) stop--
    if (stop > from) lines.push(lineOf(text, from, stop))
    from = end + 1
  }
  return lines
}

const lineOf = (text: string, from: number, end: number): Line => {
  spoken.lastIndex = from
  const match = spoken.exec(text)
  const said = match !== null && spoken.lastIndex < end
  let start = said ? spoken.lastIndex : from
  while (start < end && /\s/.test(text.charAt(start))) start++
  return new Said(text, said ? match[1]! : '', Math.max(start, end - lastPart), end)
}

/** Where its body begins is looked at when somebody asks: mostly nobody does. */
class Said implements Line {
  readonly speaker: string
  readonly start: number
  readonly end: number
  readonly #text: string
  #body = -1
  constructor(text: string, speaker: string, start: number, end: number) {
    this.speaker = speaker
    this.start = start
    this.end = end
    this.#text = text
  }
  get body(): number {
    const { start, end } = this
    if (this.#body < 0) this.#body = end - start <= longest ? afterCourtesy(this.#text, start, end) : start
    return this.#body
  }
}

/** Words that only somebody who talks to another begins a line with, folded. */
const opens =
  /^(?:hi+|hello|hey|hai|yes|yeah|yep|ya|ok|okay|oki|k|no|nope|sure|thanks?|thx|please|pls|sorry|bye|bonjour|salut|oui|non|merci|hallo|ja|nein|danke|bitte|hola|si|gracias|vale|ciao|grazie|ola|sim|nao|obrigad[oa]|hoi|nee|bedankt|czesc|tak|nie|dzieki|buna|nu|multumesc|mersi)(?![a-z])/

/** What a line of a chat that is typed in a hurry has not: capitals and signs of a sentence or of a list. */
const written = /[\p{Lu}.,;:!?"=|<>{}()[\]]/u

/**
 * Most lines short, two of them of mere courtesy: people write to each other, and numbers alone are answers. Where nobody sets a
 * capital or a sign, a word of courtesy at the head of a line is enough.
 */
export const isChat = (text: string, lines: readonly Line[]): boolean => {
  if (lines.length < 3) return false
  const short = lines.filter(({ start, end }) => end - start <= longest).length
  if (short * 10 < lines.length * 7) return false
  const polite = lines.filter(({ start, end, body }) => body === end && end - start <= 40).length
  if (polite >= 2 && lines.length >= 4) return true
  return (
    (polite > 0 ||
      lines.some(({ start, end }) => opens.test(fold(text.slice(start, Math.min(end, start + 12)))))) &&
    lines.every((one) => one.speaker === '' && !written.test(text.slice(one.start, one.end)))
  )
}

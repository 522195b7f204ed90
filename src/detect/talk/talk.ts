import { spend } from '../budget.ts'
import { fold, isWordCode } from '../fold.ts'
import { type Site, put } from '../found.ts'
import type { Category } from '../../model/category.ts'
import { answerIn, askedIn } from './asked.ts'
import { type Push, coveredBy } from '../covered.ts'
import { type Line, isChat, linesOf } from './lines.ts'
import { proofIn } from './proof.ts'
import { reachIn } from './reach.ts'

/**
 * Talks: in a chat or a transcript what a number is stands in another line than the number, or nowhere, since only
 * the customer's side was kept. Runs after names are found; what others found already stays theirs.
 */

/** An answer comes within so many lines: `sure`, `one moment`, then the number. */
const patience = 3

/** Raise it when the meaning of what is found here changes. */
export const talkRevision = 3

export const findTalk = (site: Site): void => {
  const { text, found } = site
  if (site.fixedOnly || !text.includes('\n')) return
  spend(site.budget, text.length)
  const lines = linesOf(text)
  if (lines.length < 2) return
  const covered = coveredBy(found)
  const push = (start: number, end: number, category: Category, confidence: number, evidence: string) => {
    if (covered.at(start, end) || isWordCode(text.charCodeAt(start - 1))) return
    put(found, { start, end, category, confidence, recogniser: 'talk', evidence })
  }
  const chat = isChat(text, lines)
  // Where nobody is named, the lines are those of one side and hold no questions to it.
  const oneSided = chat && !lines.some(({ speaker }) => speaker !== '')
  if (!oneSided) findAsked(site, lines, push)
  if (!chat) return
  const said = lines.map(({ start, end }) => fold(text.slice(start, end)))
  proofIn(site, lines, said, covered, push)
  reachIn(site, lines, said, push)
}

const findAsked = (site: Site, lines: readonly Line[], push: Push): void => {
  const { text } = site
  // The last word that a question could ask by; words with marks in them are cut otherwise here than in the scan.
  const last = site.marked ? Infinity : site.saidAt
  let asked: readonly number[] = []
  let by = ''
  let left = 0
  for (const line of lines) {
    const short = line.end - line.start <= 90
    // Who asks does not answer.
    if (left > 0 && short && (by === '' || line.speaker !== by)) {
      const answer = answerIn(text, line, asked)
      if (answer !== null) {
        push(answer.start, answer.end, answer.category, 0.7, 'answers what the line before asks for')
        left = 0
        continue
      }
      if (line.body < line.end) left--
    }
    if (line.start >= last) continue
    const now = askedIn(text, line)
    if (now.length > 0) {
      asked = now
      by = line.speaker
      left = patience
    }
  }
}

/**
 * The code units of the text that is looked at, as a column: a look at it costs a third of one at a string, whose form
 * the engine asks for each time. Whoever walks over a whole text copies it here, in one call; the next walk over the same
 * text finds it there.
 */

/** A larger column is given back after the text that needed it. */
const kept = 1 << 16
/** Zeros behind the text: a look or two beyond its end needs no check. */
const behind = 8
/** Below this length signs are copied one by one: a call would cost more. */
const few = 24

let units = new Uint16Array(1 << 12)
let bytes = Buffer.from(units.buffer)
let text = ''
/** As far as some text was written since the last `forget`. */
let used = 0

const resize = (size: number): void => {
  units = new Uint16Array(size)
  bytes = Buffer.from(units.buffer)
  used = 0
}

/** The code units of this text, zeros behind them; good until another text is asked for. */
export const unitsOf = (asked: string): Uint16Array => {
  if (asked === text) return units
  const { length } = asked
  if (length + behind > units.length) resize(2 ** Math.ceil(Math.log2(length + behind)))
  if (length < few) for (let at = 0; at < length; at++) units[at] = asked.charCodeAt(at)
  else bytes.write(asked, 0, 'utf16le')
  units.fill(0, length, length + behind)
  used = Math.max(used, length)
  text = asked
  return units
}

/** Nothing of a text stays here. */
export const forgetUnits = (): void => {
  if (units.length > kept) resize(1 << 12)
  else units.fill(0, 0, used)
  used = 0
  text = ''
}

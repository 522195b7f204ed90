/** Rounding on decimal text: a float would change spellings, and 0.1 is not 0.1 there. */

/**
 * Keeps the first significant figures of a decimal literal and puts zeros for the other digits, towards zero;
 * the fraction ends where it says nothing more. `3120.50` → `3000`, `0.0123` → `0.01`, `-4.7e3` → `-4e3`.
 * undefined if it is no decimal literal (sign, digits, fraction, exponent).
 */
export const roundDown = (literal: string, figures: number): string | undefined => {
  const m = /^([+-]?)(\d+)(?:\.(\d+))?([eE][+-]?\d+)?$/.exec(literal)
  if (m === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = ''] = m
  let left = figures
  let seen = false
  const keep = (digit: string): string => {
    if (digit !== '0') seen = true
    if (!seen) return digit
    return left-- > 0 ? digit : '0'
  }
  const keptWhole = [...whole].map(keep).join('')
  const keptFraction = [...fraction].map(keep).join('').replace(/0+$/, '')
  return sign + keptWhole + (keptFraction === '' ? '' : `.${keptFraction}`) + exponent
}

/** At most so many decimals, the rest cut. */
export const cutDecimals = (literal: string, decimals: number): string | undefined => {
  const m = /^([+-]?\d+)(?:\.(\d+))?$/.exec(literal)
  if (m === null) return undefined
  const kept = (m[2] ?? '').slice(0, decimals)
  return m[1]! + (kept === '' ? '' : `.${kept}`)
}

/**
 * The amount in a text such as `3 120,50 €`, `EUR 3.120,50`, `35k€`, and what stands before and after it. One
 * separator before exactly three digits groups thousands.
 */
export const readAmount = (
  text: string,
): { readonly before: string; readonly literal: string; readonly after: string } | undefined => {
  if (text.length > 60) return undefined
  const m = /^([^\d+-]{0,10})([+-]?\d(?:[\d.,'’\s]*\d)?)([^\d]{0,20})$/u.exec(text)
  if (m === null) return undefined
  const [, before = '', number = '', after = ''] = m
  const digits = number.replace(/['’\s]/gu, '')
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (last < 0) return { before, literal: digits, after }
  const separator = digits[last]!
  const other = separator === '.' ? ',' : '.'
  const alone = digits.indexOf(separator) === last
  const grouping = !alone || (!digits.includes(other) && digits.length - last === 4)
  if (grouping && digits.includes(other) && !alone) return undefined
  const literal = grouping
    ? digits.replaceAll(separator, '').replaceAll(other, '')
    : `${digits.slice(0, last).replaceAll(other, '')}.${digits.slice(last + 1)}`
  return { before, literal, after }
}

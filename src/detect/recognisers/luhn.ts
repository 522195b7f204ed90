/** ISO/IEC 7812-1 annex B: whether the last of these digits is the check digit of those before it; what is no digit is left out. */
export const luhn = (text: string, start = 0, end = text.length): boolean => {
  let sum = 0
  let odd = true
  for (let at = end - 1; at >= start; at--) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) continue
    sum += odd ? digit : digit < 5 ? digit * 2 : digit * 2 - 9
    odd = !odd
  }
  return sum % 10 === 0
}

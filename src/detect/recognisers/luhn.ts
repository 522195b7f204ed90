/** ISO/IEC 7812-1 annex B: whether the last of these digits is the check digit of those before it. */
export const luhn = (digits: string): boolean => {
  let sum = 0
  for (let i = digits.length - 1, odd = true; i >= 0; i--, odd = !odd) {
    const digit = digits.charCodeAt(i) - 48
    sum += odd ? digit : digit < 5 ? digit * 2 : digit * 2 - 9
  }
  return sum % 10 === 0
}

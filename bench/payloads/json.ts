import { type Leaf } from './leaf.ts'

export const readJson = (text: string): Leaf[] => {
  const out: Leaf[] = []
  const walk = (value: unknown, steps: readonly (string | number)[]): void => {
    if (Array.isArray(value)) value.forEach((one, at) => walk(one, [...steps, at]))
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) walk(one, [...steps, name])
    else if (value !== null) {
      const kind = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text'
      out.push({ label: `/${steps.join('/')}`, steps, kind, text: String(value) })
    }
  }
  walk(JSON.parse(text), [])
  return out
}

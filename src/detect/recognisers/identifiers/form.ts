/** One way of being written, without separators: the class of each sign, and a pattern for the signs themselves. */
export interface Alternative {
  /** `d` or `a` for each sign, `x` where both will do. */
  readonly classes: string
  readonly pattern: RegExp
  /** The classes say all: no sign is one of a few. */
  readonly open: boolean
  /** Letters that are themselves: the country before a VAT number. */
  readonly literals: number
}

interface Sign {
  readonly cls: 'd' | 'a' | 'x'
  readonly source: string
  readonly least: number
  readonly most: number
  readonly literal: boolean
}

const token = /(d|a|x|[A-Z0-9]|\[[^\]]+\])(?:\{(\d+)(?:,(\d+))?\}|(\?))?/y

/** Each class as a set of signs. */
const whole = { d: '[0-9]', a: '[A-Z]', x: '[A-Z0-9]' } as const

const classOf = (set: string): Sign['cls'] => {
  const inner = set.replace(/[[\]-]/g, '')
  return /^\d+$/.test(inner) ? 'd' : /^[A-Z]+$/.test(inner) ? 'a' : 'x'
}

const signs = (form: string): Sign[] => {
  const out: Sign[] = []
  for (token.lastIndex = 0; token.lastIndex < form.length;) {
    const match = token.exec(form)
    if (match === null) throw new Error(`no form: ${form}`)
    const [, sign = '', least, most, maybe] = match
    const [cls, source]: [Sign['cls'], string] =
      sign === 'd'
        ? ['d', whole.d]
        : sign === 'a'
          ? ['a', whole.a]
          : sign === 'x'
            ? ['x', whole.x]
            : [classOf(sign), sign]
    const low = maybe === undefined ? Number(least ?? 1) : 0
    out.push({
      cls,
      source,
      least: low,
      most: Number(most ?? (maybe === undefined ? low : 1)),
      literal: /^[A-Z]$/.test(sign),
    })
  }
  return out
}

/** Ranges (`{4,6}`, `?`) become one alternative for each length. */
const spread = (list: readonly Sign[]): Alternative[] => {
  let ways: { classes: string; source: string; literals: number }[] = [
    { classes: '', source: '', literals: 0 },
  ]
  for (const { cls, source, least, most, literal } of list) {
    ways = ways.flatMap((way) =>
      Array.from({ length: most - least + 1 }, (_, more) => ({
        classes: way.classes + cls.repeat(least + more),
        source: way.source + (least + more === 0 ? '' : `${source}{${least + more}}`),
        literals: way.literals + (literal ? least + more : 0),
      })),
    )
  }
  return ways.map(({ classes, source, literals }) => ({
    classes,
    literals,
    pattern: new RegExp(`^${source}$`),
    open: list.every(({ cls, source: own }) => own === whole[cls]),
  }))
}

const read = new Map<string, readonly Alternative[]>()

/** The alternatives of a row's form (row.ts says how it is written); what is written alike is read once. */
export const alternatives = (form: string): Alternative[] =>
  form.split('|').flatMap((one) => {
    let known = read.get(one)
    if (known === undefined) read.set(one, (known = spread(signs(one))))
    return known
  })

/**
 * A table over several axes told in as few sentences as its structure allows: a reduced decision tree. Nothing is rounded: every cell is
 * told by exactly one sentence, save those where nothing is said and those that cannot matter.
 */

export interface Axis {
  readonly name: string
  /** At least one. */
  readonly values: readonly string[]
  /** A value below which no cell matters goes with its neighbours. */
  readonly skips?: boolean
}

/** What a cell says: `''` nothing; undefined: nothing either, and the cell does not matter. */
export type Cell = string | undefined

export interface Sentence {
  /** Per axis the values for which it holds; an axis that does not matter is left out. */
  readonly where: Readonly<Record<string, readonly string[]>>
  readonly says: string
}

/** @param cellAt called once for each combination of positions, in the order of the axes */
export const tell = (axes: readonly Axis[], cellAt: (at: readonly number[]) => Cell): readonly Sentence[] => {
  const at: number[] = []
  // undefined: no cell below matters
  const below = (level: number): readonly Sentence[] | undefined => {
    const axis = axes[level]
    if (axis === undefined) {
      const says = cellAt(at)
      return says === undefined ? undefined : says === '' ? [] : [{ where: {}, says }]
    }
    const idle: string[] = []
    const groups = new Map<string, { values: string[]; sentences: readonly Sentence[] }>()
    for (const [n, value] of axis.values.entries()) {
      at[level] = n
      const found = below(level + 1)
      if (found === undefined) {
        if (axis.skips === true) continue
        idle.push(value)
      }
      const sentences = found ?? []
      const key = JSON.stringify(sentences)
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { values: [value], sentences })
      else group.values.push(value)
    }
    at.length = level
    if (idle.length === axis.values.length) return undefined
    const [first, ...more] = groups.values()
    if (first === undefined) return undefined
    if (more.length === 0) return first.sentences
    return [first, ...more].flatMap(({ values, sentences }) =>
      sentences.map(({ where, says }) => ({ where: { [axis.name]: values, ...where }, says })),
    )
  }
  return below(0) ?? []
}

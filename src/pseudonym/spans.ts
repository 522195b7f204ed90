/** Spans of a document's fields, asked for by place: by halving, so that thousands in one text stay cheap. */

export interface Span {
  readonly field: number
  readonly start: number
  readonly end: number
}

export interface Spans<One extends Span> {
  /** The first span of this field that ends after `at`. */
  first(field: number, at: number): One | undefined
}

/** @param spans none overlaps another of its field */
export const spansBy = <One extends Span>(spans: Iterable<One>): Spans<One> => {
  const byField = Map.groupBy(spans, ({ field }) => field)
  for (const list of byField.values()) list.sort((a, b) => a.start - b.start)
  return {
    first: (field, at) => {
      const list = byField.get(field) ?? []
      let low = 0
      let high = list.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (list[middle]!.end > at) high = middle
        else low = middle + 1
      }
      return list[low]
    },
  }
}

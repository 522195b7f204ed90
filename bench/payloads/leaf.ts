/** A value of a payload: where the labels say it stands, and the names above it. */
export interface Leaf {
  /** As labels.json writes it: `/a/b[2]/c`, `PID[1]-5`, `column 3 Email`, `header from`. */
  readonly label: string
  /** Names and positions from the root; the last is the leaf's own. */
  readonly steps: readonly (string | number)[]
  readonly kind: 'text' | 'number' | 'boolean'
  readonly text: string
}

export const textLeaf = (label: string, steps: readonly (string | number)[], text: string): Leaf => ({
  label,
  steps,
  kind: 'text',
  text,
})

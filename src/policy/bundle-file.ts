export interface BundleFile {
  /** Relative to the policies folder, `/` as separator. */
  readonly path: string
  readonly text: string
}

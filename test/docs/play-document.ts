/** What a document tells people to type is typed here, and prints what it says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing, shellBlocks } from './blocks.ts'
import { type Stage, type Started, documentOf, openStage, root } from './play.ts'

/** Everything that a block may say of itself. */
const marks = /^$|^exit \d+$|^starts$|^starts the demonstration$|^in the checkout$|^not run: .{5,}$/

/** Call it at the top of a file; a document has a file of its own, so that two are played at a time. */
export const playDocument = (path: string): void => {
  describe(`${path}, word by word`, () => {
    const blocks = shellBlocks(documentOf(path))
    let stage: Stage
    let served: Started | undefined
    // Each block stands on those before it: after the first that fails the others say nothing.
    let whole = true
    beforeAll(async () => {
      stage = await openStage()
    })
    afterAll(() => stage.close())

    const says = (printed: string, said: readonly string[] | undefined): void =>
      expect(missing((said ?? []).map(stage.here), printed), `${printed}`).toEqual([])

    const runs = async (
      mark: string,
      text: string,
      prints: readonly (readonly string[])[],
    ): Promise<void> => {
      if (mark === 'starts the demonstration') {
        const demo = stage.start(text.replace('npm ci && ', ''), root)
        await demo.until(/^curl .*\n/m)
        says(demo.printed(), prints[0])
        const pasted = await stage.run(/^curl .*$/m.exec(demo.printed())?.[0] ?? 'false')
        says(pasted.printed, prints[1])
        await demo.until(/received: .*\n/)
        says(demo.printed(), prints[2])
        expect(await demo.stop()).toBe(0)
        return
      }
      if (mark === 'starts') {
        served = stage.start(text)
        await served.until(/^control plane.*\n/m)
        says(served.printed(), prints[0])
        return
      }
      const { code, printed } = await stage.run(
        stage.here(text),
        mark === 'in the checkout' ? root : undefined,
      )
      expect(code, `${printed}`).toBe(Number(/^exit (\d+)$/.exec(mark)?.[1] ?? 0))
      says(printed, prints.flat())
    }

    test.for(blocks.map((block) => [block.line, block.text.split('\n')[0] ?? '', block] as const))(
      'line %i: %s',
      { timeout: 180_000 },
      async ([_line, _first, { mark, text, prints }], { skip }) => {
        expect(mark).toMatch(marks)
        if (mark.startsWith('not run')) return
        skip(!whole, 'a block before it failed')
        whole = false
        await runs(mark, text, prints)
        whole = true
      },
    )

    test('what was started stops cleanly', async () => {
      expect((await served?.stop()) ?? 0).toBe(0)
    })
  })
}

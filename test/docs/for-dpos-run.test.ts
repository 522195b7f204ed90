/** What the document for DPOs tells people to type. */
import { playDocument } from './play-document.ts'

playDocument('docs/for-dpos.md')

/** What the README tells people to type. */
import { playDocument } from './play-document.ts'

playDocument('README.md')

import { fold } from '../fold.ts'

/**
 * What people write in a talk to be polite, to agree or to hold the line, in the nine languages, folded. A line of
 * nothing else is a mark of a chat; at the head of an answer they say nothing (`sure it is 4821`).
 */
const courtesies: ReadonlySet<string> = new Set(
  `
  hi hii hello hey hai yes yeah yep yup ya ye yea sure ok okay oki okey k fine great good perfect right alright thanks thank thankyou thx
  ty you u so very much please pls plz sorry no nope nothing else bye welcome morning afternoon evening one moment sec wait done correct
  cool nice hmm oh all that thats it its is the a my mine and here below this are number cheers np got um uh well hold on have day
  bonjour bonsoir salut coucou oui ouais si non d accord dac merci beaucoup svp stp voila bien sur parfait super rien au revoir bonne journee
  c est le la mon ma votre numero un instant moment desole pardon alors donc euh ca marche tres
  hallo guten tag morgen abend moin servus ja jawohl nein danke bitte gerne klar genau passt sehr schon vielen dank tschuss auf wiedersehen
  ist das die der meine mein lautet moment entschuldigung gut prima
  hola buenos buenas dias tardes noches gracias muchas vale claro perfecto por favor nada mas adios es mi el un momento perdon bueno listo de
  ciao buongiorno buonasera salve grazie mille certo perfetto va bene prego per piacere niente altro arrivederci e il mio un attimo scusi allora eccolo ecco
  ola oi bom dia boa tarde noite sim nao obrigado obrigada muito claro certo perfeito por nada mais tchau o meu um momento desculpe pois
  goedendag goedemorgen dag hoi nee bedankt dank je u wel natuurlijk prima alstublieft aub niets anders tot ziens het is mijn een ogenblik goed graag
  dzien dobry czesc witam tak nie dziekuje dzieki bardzo prosze oczywiscie swietnie jasne nic wiecej do widzenia to jest moj moja chwile przepraszam dobrze
  buna ziua salut da nu multumesc mersi desigur sigur perfect bine rog va nimic altceva la revedere este un moment scuze
  `
    .split(/\s+/)
    .filter((word) => word !== ''),
)

export const isCourtesy = (word: string): boolean => courtesies.has(fold(word))

/** Behind the courtesies and signs that a line begins with; the line's end if there is nothing else. */
export const afterCourtesy = (text: string, start: number, end: number): number => {
  const word = /[^\p{L}\p{N}]*(\p{L}[\p{L}\p{M}]*)['’]?/uy
  let at = start
  while (at < end) {
    word.lastIndex = at
    const match = word.exec(text)
    if (match === null || word.lastIndex > end || !isCourtesy(match[1]!)) break
    at = word.lastIndex
  }
  while (at < end && /[^\p{L}\p{N}+(#]/u.test(text.charAt(at))) at++
  return at
}

/** Support tickets of about 570 bytes for the measurements of speed, each with its own names and numbers. */
export const first = ['Élodie', 'Jean', 'Sophie', 'Karim', 'Emma', 'Paulo', 'Grace', 'Thomas']
export const last = ['Durand', 'Martin', 'Silva', 'Benali', 'Smith', 'Rakoto', 'Lefèvre', 'Moreau']
export const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!

export const ticket = (n: number): string =>
  `Bonjour, je suis ${pick(first, n)} ${pick(last, n >> 3)} et je vous contacte au sujet de ma commande 2026-${100_000 + n} (réf. SKU-${n}-A) ` +
  `livrée le ${1 + (n % 28)}/10/2026. Le colis n'est jamais arrivé et votre service ne répond pas. Vous pouvez me joindre au 06 12 34 56 ${10 + (n % 90)} ` +
  `ou à ${pick(first, n)
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '')}.${n}@exemple.fr. Mon logiciel est en version 4.12.${n % 10}. ` +
  `Merci de rembourser sur le compte FR76 3000 6000 0112 3456 7890 189 dès que possible, car j'attends depuis plus de deux semaines maintenant. ` +
  `The agent told me that it was sent to the wrong address and that you would call me back, but nobody did.\nCordialement,\n${pick(first, n)} ${pick(last, n >> 3)}`

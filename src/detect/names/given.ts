import { readFileSync } from 'node:fs'

/** Folded given names, one a line; sources and licences in NOTICE.md. */
export const givenNames: string = readFileSync(
  new URL('../gazetteer/given-names.txt', import.meta.url),
  'utf8',
)

/** Given names that are also words, months, places or surnames: alone they are weak. */
export const ambiguousGiven = `mai avril april may june juin aout august rose claire pierre marine aimable ange amour
  blanche blanc grace hope faith joy will mark bill grant jack pat rob sue art drew guy frank dean earl rich
  chance summer autumn winter sky star pink ruby pearl jade iris olive lily violet violette daisy flora fleur
  paris france florence roma vienna sydney austin dallas houston brooklyn chelsea london lourdes carolina virginia
  georgia asia india china israel jordan chad kenya victor victoire prudence constance clemence patience modeste
  parfait juste clement candide desire felicite reine roi prince duke king queen baron case chase clay cliff dale
  forest forrest glen heath lane miles norm penny ray reed rock rusty sandy skip stone storm trace van wade ward
  wolf young berry buddy candy carter clark cash cherry christian colombe coral cosme crystal dawn destiny diamond
  dolores domino dominique east eden emerald fortune genesis ginger golden heaven honey honor hunter ivory ivy
  jasmine jewel justice king lance laurel legend liberty lovely lucky lux magnolia major marcel maverick max melody
  mercy merle misty nest nova ocean opal orange park peace phoenix pie precious princess promise rain raven river
  robin romain romane royal sage saint savannah serenity sincere solange stella sunny sunshine temple tempest toy
  treasure trinity true unique urban usage valentin valentine vanity velvet venus vernon vito west wren zone
  luce nina min dan ben sam lee kit jay kay ali sana masse noel pascal paque ascension assomption toussaint urbain
  cyprien sabine pole carole lot mil ora sol mar luz paz vive vida marche marges monde lune sire mario alma bonne`

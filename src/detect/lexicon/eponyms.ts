/**
 * Diseases, signs, tests and bacteria that bear a name: `enfermedad de Crohn`, `signe de Babinski`, `Murphy's sign`.
 * Both the head and the name are asked for, since `la maladie de Dupont` is Mr Dupont's.
 */
const names = `addison alport alzheimer alzheimera apgar asperger babinski baker barrett barre barré barthel basedow bechterew behcet bell bethesda binet
  brugada budd burkitt castleman chagas charcot child chiari coombs cotard crohn cushing dandy down duchenne dupuytren ebola epstein evans
  ewing fabry fallot fanconi felty fournier gaucher gilbert gill giemsa glasgow gleason goodpasture gram grave graves guillain hamman
  hansen harris benedict hartmann hashimoto heimlich henoch hodgkin hodgkina horner hunter huntington jacob kaplan kaposi karnofsky kawasaki kikuchi
  killip klinefelter koch korsakoff langerhans lasegue legg leigh loeffler lyell lyme lynch mallory marfan meniere merkel mirizzi morrison
  morton murphy nissen ogilvie osgood paget papanicolaou parkinson parkinsona perthes peyronie pick pott prader raynaud reed reiter rett
  reye rinne romberg rorschach scheuermann schlatter schonlein sezary sjogren sternberg stevens johnson still sweet sydenham takayasu
  tinel tourette turner valsalva virchow waldenstrom weber wegener wernicke whipple wilms willis wilson wolff zollinger ellison`
const heads = `sindrome syndrome syndrom syndroom sindromul zespol enfermedad enfermedades maladie malattia morbo morbus doenca choroba choroby boala ziekte
  mal signo signe segno sinal signos maniobra manoeuvre manovra manobra tecnica technique metodo methode method escala echelle scala skala scala
  score test prueba epreuve prova ecuacion equation equazione equacao formula linea ligne clasificacion classification classificazione
  classificacao criterios criteres criteri tumor tumeur tumore linfoma lymphome sarcoma sarcome virus espacio espace fascia esofago
  oesophage fibras anillo indice index enanthema poligono coloration tincion hematoxilina paralisis paralysie fenomeno phenomene
  fractura fracture tetralogia tetralogie gangrena anemia purpura celulas cellules bacilo bacille`

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))
export const eponyms = set(names)
export const eponymHeads = set(heads)
/** Behind the name in English, before it in none. */
export const eponymTail =
  /^(?:['’]s)?(?: |-)(?:disease|syndrome|sign|test|score|scale|palsy|lymphoma|sarcoma|tumou?r|fracture|phenomenon|coma scale|krankheit|syndrom|zeichen|reflex)\b/i

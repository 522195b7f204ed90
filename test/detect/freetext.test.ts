import { describe, expect, test } from 'vitest'
import { classify } from './fixture.ts'

const of = async (body: unknown) => {
  const { findings } = await classify(body)
  return findings.filter((one) => one.category === 'freetext').map((one) => one.confidence)
}

const base64 = Buffer.from('Jean Dupont, 12 rue des Lilas, né le 12 mai 1985 à Lyon, malade').toString(
  'base64',
)
const hex = Buffer.from(base64).toString('hex').slice(0, 64)

describe('free text and what could not be scanned', () => {
  test.each<[unknown, number[], string]>([
    [{ commentaire: 'RAS' }, [], 'nothing to say'],
    [
      { message: 'Le client Jean Dup\u043ent demande un remboursement' },
      [0],
      'a Cyrillic letter in a Latin word',
    ],
    [{ message: 'madame S\u03bfphie appelle demain matin' }, [0], 'a Greek letter in a Latin word'],
    [{ x: '\u0410nna' }, [0], 'a word that begins with a Cyrillic letter'],
    [{ message: 'une dose d’anti-TNFα pour la patiente de demain' }, [1], 'a Greek sign behind letters'],
    [
      { message: 'Le client Andr&eacute; Lef&egrave;vre demande un remboursement' },
      [0],
      'letters named in HTML',
    ],
    [{ message: 'Le client &#74;ean D&#x75;pont demande un remboursement' }, [0], 'letters numbered in HTML'],
    [{ message: 'Le client Andr=C3=A9 Lef=C3=A8vre demande un remboursement' }, [0], 'quoted-printable'],
    [
      { message: 'R&amp;D a dit l&#39;heure, et&nbsp;voil&#160;tout pour demain' },
      [1],
      'signs named in HTML',
    ],
    [{ commentaire: 'N/A' }, [], 'nothing to say'],
    [{ commentaire: '' }, [], 'empty'],
    [{ libelle: 'Salaire de base' }, [], 'three words under another name'],
    [{ message: 'ok merci' }, [1], 'short text counts as covered'],
    [{ commentaire: 'Prime versée en novembre, dossier complet.' }, [1], 'French'],
    [{ x: 'The parcel never arrived and nobody called back.' }, [1], 'five words under any name'],
    [{ nom: 'Maria da Silva Santos Pereira' }, [], 'five words that one finding covers'],
    [
      { commentaire: 'Ich möchte meine Adresse ändern, weil ich umgezogen bin und keine Post mehr bekomme.' },
      [1],
      'German',
    ],
    [
      { commentaire: 'Quisiera cambiar la dirección de entrega porque me he mudado a otra ciudad.' },
      [1],
      'Spanish',
    ],
    [{ commentaire: 'Bună ziua, aș dori să schimb adresa de livrare a comenzii mele.' }, [1], 'Romanian'],
    [{ commentaire: 'Proszę o zmianę adresu dostawy, ponieważ się przeprowadziłem.' }, [1], 'Polish'],
    [{ commentaire: 'Ik wil graag mijn adres wijzigen, want ik ben verhuisd.' }, [1], 'Dutch'],
    [
      { commentaire: 'Jag vill gärna ändra min adress eftersom jag har flyttat och får ingen post längre.' },
      [0],
      'Swedish is not covered',
    ],
    [
      { commentaire: 'Adresimi değiştirmek istiyorum çünkü geçen ay taşındım ve artık posta almıyorum.' },
      [0],
      'nor Turkish',
    ],
    [
      { commentaire: 'Szeretném megváltoztatni a címemet, mert elköltöztem és nem kapok több levelet.' },
      [0],
      'nor Hungarian',
    ],
    [{ commentaire: `pièce jointe ${base64}` }, [0], 'base64'],
    [{ commentaire: `empreinte ${hex}` }, [0], 'hex'],
    [{ piece: base64 }, [0], 'base64 under any name'],
    [{ commentaire: 'photo data:image/png;base64,iVBORw0KGgo=' }, [0], 'a data: URI'],
    [{ commentaire: '{"nom": "Durand", "age": 45}' }, [0], 'JSON in a string'],
    [{ commentaire: '<note><nom>Durand</nom></note>' }, [0], 'XML in a string'],
    [{ commentaire: 'клиент просит перезвонить' }, [0], 'another script'],
    [{ commentaire: '患者は糖尿病です' }, [0], 'a script without spaces'],
    [
      { commentaire: '---------------------------------------------------------------------- fin' },
      [1],
      'a ruled line is no code',
    ],
    [
      { commentaire: 'Résistance de 10 µΩ mesurée à 20 °C, tout va bien 🙂' },
      [1],
      'signs and emoji are no script',
    ],
    [{ token: base64 }, [], 'a secret that its name covers'],
  ])('%j → %j (%s)', async (body, expected) => expect(await of(body)).toEqual(expected))
})

test('a text/plain body is free text however short', async () => {
  expect(await of('ok')).toEqual([])
  expect(await of('ok merci')).toEqual([1])
  expect(await of('Clavier')).toEqual([1])
})

test('findings lie inside the free text and the free text covers its leaf', async () => {
  const { findings, document } = await classify({ note: 'Rappeler Jean Dupont au +33 6 12 34 56 78' })
  const [free, ...rest] = findings
  expect(free).toMatchObject({ category: 'freetext', start: 0, end: document.fields[1]!.text.length })
  expect(rest.map((one) => one.category)).toEqual(['name', 'contact.phone'])
})

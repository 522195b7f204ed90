/**
 * Given names of the generations before, our own from common knowledge: the lists of others hold those of today. A payload
 * speaks of Jürgen, Zbigniew, Ginette and Almudena as often as of their grandchildren.
 */
export const olderGivenNames: Readonly<Record<string, string>> = {
  de: `Adelheid Almut Almuth Amandus Anke Annegret Anneliese Annelore Antje Arnim Berndt Berthold Birte Bodo Britta Burkhard Burkhardt Bärbel Carsten
    Christel Cordula Dankwart Detlef Detlev Dörte Eberhard Eckart Eckhard Eckhardt Edelgard Edeltraud Egbert Ekkehard Elfi Elfriede Elke Frauke
    Friedhelm Gebhard Gerlinde Gernot Gero Gertraud Gesa Gesine Gisbert Gitta Gotthard Gottlieb Grete Gunda Gundula Gunther Götz Günther Hannelore
    Hanns Hartmut Hasso Hedwig Heidemarie Heike Heiko Heiner Heino Hellmut Heribert Hilde Hiltrud Hinrich Holger Ingbert Ingelore Ingo Ingolf Insa
    Irmgard Irmtraud Isolde Jochen Jockel Jupp Jutta Jürgen Karola Karsten Kasimir Konstanze Kunigunde Kuno Käthe Leberecht Liesel Lieselore
    Lieselotte Lovis Ludger Ludolf Margarethe Marieluise Mechthild Mechtild Meinhard Meinrad Merten Nikolaus Ortrud Ortwin Ottmar Ottokar Pankraz
    Reimar Reimund Reiner Reinhild Ricarda Roderich Rosi Roswitha Rudi Rüdiger Sebald Siegbert Siegfried Sieglinde Siegmar Siegmund Sigmar Sigrun Swen
    Tassilo Thaddäus Thekla Thorsten Tilman Traudel Traugott Traute Trude Ulrike Ursel Uschi Ute Uwe Vinzenz Volker Volkhard Volkmar Vroni Waldemar
    Walther Waltraud Waltraut Wencke Wendelin Wenzel Wernher Wieland Wigbert Winfried Wolfdietrich Wolfhard Wolfram Wulf`,
  fr: `Donatien Edwige Fernand Fernande Ferréol Ghislaine Gilberte Gildas Ginette Godefroy Gwenaël Hyacinthe Ignace Irénée Isaline Jeannine Lucette Mariette
    Marinette Pierrette Rogatien Roselyne Suzette Sylvaine Sylvette Séraphine Violaine Yvon Zéphyrin`,
  es: `Aitor Almudena Amador Aránzazu Asunción Bartolomé Begoña Belén Blas Borja Candelaria Cayetano Cesáreo Covadonga Edelmira Encarnación Engracia Epifanio
    Eulogio Facundo Felisa Froilán Fulgencio Gumersindo Heliodoro Higinio Honorio Inmaculada Iratxe Itziar Jacinta Leocadia Lucrecia Macarena Marcial
    Maximino Milagros Montserrat Natividad Nekane Nemesio Nicanor Nicasio Nieves Obdulia Olegario Onofre Policarpo Prudencio Quintín Raimundo Rosaura
    Segismundo Silvestre Telmo Teófilo Toribio Venancio Victorina Xabier Zacarías Íñigo`,
  it: `Alfonsina Annarita Antonino Bernardino Brunella Crescenzo Gaetana Giacoma Giampaolo Giampiero Giancarla Giovannino Giusy Jacopo Lello Leonarda
    Manfredi Manola Mariangela Milva Mimmo Monia Nello Nerina Niccolò Nunzia Ottavia Pasqualina Pierfrancesco Pina Rosalba Rosaria Sabatino Teresina
    Tilde Tonino`,
  pt: `Adérito Adília Agostinho Alcides Aldina Almerinda Almir Alzira Amadeu Amândio Arlindo Arminda Armindo Asdrúbal Avelino Belmiro Benedito Bento
    Bernardete Caetano Cidália Clarice Conceição Cristóvão Custódio Cássia Deolinda Dirceu Domingas Domingos Doroteia Edmundo Edson Estêvão Eurico
    Felisberto Fernão Firmino Florbela Florinda Geraldo Gertrudes Gilmar Graciano Graciete Guilhermina Guiomar Henriqueta Hercília Higino Hélder
    Idalina Ilma Ilídio Inácio Isaura Isilda Itamar Jacinta Januário Jesuíno Joaquina Juliano Justino Laurinda Leocádia Leonilde Lisete Lourival
    Lucília Ludovina Luzia Martinho Marília Maximiano Moacir Márcio Mécia Napoleão Natércia Nicolau Noémia Odete Onofre Otávio Pascoal Raimunda
    Raimundo Reinaldo Ricardina Rogério Rosalina Rosinda Salomão Sancha Serafim Silvestre Tadeu Telma Telmo Teresinha Teófilo Venâncio Vergílio
    Vicência Vitorino Zacarias Zeferino Zilda Zuleica Zulmira Zélia`,
  nl: `Aad Aart Abeltje Aernout Albertus Alie Alwin Andries Anke Annemiek Annemieke Annet Antje Antonius Antoon Arend Arjan Arjen Arnoud Atie Baldewijn Bauke
    Beatrijs Boudewijn Brecht Cees Coenraad Cor Corrie Corry Diederik Dieuwertje Dirkje Eelco Elsje Ferry Fokke Frans Frits Froukje Geert Geertje
    Geertruida Gerben Gert Gertjan Gerwin Gijsbert Godfried Hanneke Harmen Harrie Heleen Hendrikus Hennie Hessel Hilde Hubertus Huib Jacco Janneke
    Jantje Janwillem Jeltje Jenneke Jeroen Jetske Jildou Joeri Jos Josephus Jurgen Jurjen Jurriaan Klaartje Koenraad Koos Lambertus Liesbeth Lieselot
    Lieven Lodewijk Louwrens Ludo Machiel Margriet Marijke Marike Marjolein Martien Martijn Meindert Michiel Mien Miep Minke Nelleke Netty Petronella
    Pieternel Reinier Reinout Rianne Riet Rik Rob Roelof Rogier Ruud Ruurd Sibren Sietske Sytse Sytske Theodorus Tineke Tjeerd Tjitske Trijntje Truus
    Wibo Wiebe Wietske Wijnand Wilhelmus Willeke Willemijn Wina Yvo Zeger`,
  pl: `Aldona Alojzy Aniela Apolonia Bartosz Bartłomiej Bernadeta Bogumił Bogumiła Bogusław Bogusława Bolesław Bolesława Bronisław Bronisława Brunon Czesław
    Czesława Dobrosława Eryk Eustachy Felicja Ferdynand Genowefa Grażyna Gustaw Honorata Iwo Iwona Jagoda Jarosław Julianna Kalina Kazimiera Lech
    Leokadia Leszek Lucjusz Lucyna Maciej Mariusz Maryla Mieczysław Mieczysława Milosz Mirosław Mirosława Miłosz Przemysław Radosław Stanisława
    Sławomir Sławomira Tadeusz Urszula Wacława Waldemar Wiesław Wiesława Wioletta Witold Wojciech Władysława Zbigniew Zdzisław Zdzisława Ziemowit
    Zygfryd`,
  ro: `Cristi Dimitrie Doinița Fănel Fănica Gavril Lucica Neculai Niculae Tudorel Tănase`,
}

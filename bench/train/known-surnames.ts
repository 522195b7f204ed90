/** Surnames of people of history, arts, sport and politics, which texts say alone, with nothing before them; from common knowledge. */
export const knownSurnames: Readonly<Record<string, string>> = {
  de: `Abendroth Achenbach Adenauer Ahlers Altmaier Ambros Anhäuser Apelt Asmus Augstein Averdung Backhaus Baerbock Barlach Barschel Baselitz Bassermann
    Bebel Beethoven Behring Benn Benrath Bergengruen Berlichingen Bernstein Beuys Bismarck Bleibtreu Bleyer Blücher Bodelschwingh Bonhoeffer Borgward
    Bosbach Bouffier Brahms Brandauer Brentano Brüderle Brüning Bubis Bunsen Böll Büchner Calmund Canaris Chamisso Clausewitz Corinth Cranach Crome
    Degenhardt Delius Diepgen Dilthey Dohnanyi Droysen Dutschke Däubler Döblin Dönhoff Dönitz Dörrie Dürer Dürrenmatt Eichendorff Eichhoff Einstein
    Eisenhauer Elstner Engholm Ensslin Enzensberger Esken Ettl Everding Eyth Fallada Feuchtwanger Fichte Filbinger Fontane Fraunhofer Freiligrath
    Fröbel Furtwängler Gadamer Gansel Gauland Gauß Genscher Gerstner Gneisenau Goebbels Goethe Gottsched Grillparzer Grimmelshausen Gropius Grosz
    Gryphius Gräfe Gsell Gutenberg Gysi Göring Habeck Haberl Habermas Hackl Haeckel Haffner Hahnemann Hainzl Haydn Hebbel Hebel Hebenstreit Hegel
    Heidegger Heimbach Heisenberg Helmholtz Hendricks Herwegh Herzl Hindemith Hindenburg Hochstein Honecker Horkheimer Hugenberg Husserl Hölderlin
    Ihering Jaschke Jaspers Jhering Kaltenbrunner Kandinsky Kepler Kerner Kienzle Kiesinger Kinski Kisch Kleist Klimt Klingbeil Klinke Klopstock Kobel
    Kogon Kokoschka Kollwitz Kratz Krenz Krupp Lambsdorff Langner Laschet Lasker Lauterbach Lenbach Lichtwark Lilienthal Liszt Loriot Ludendorff
    Löwenthal Macke Maizière Marcuse Meitner Melanchthon Mendelssohn Menke Messerschmitt Meyerbeer Mitterer Moltke Mommsen Mörike Nießen Nolde Novalis
    Nowitzki Oberhauser Orff Overbeck Pechstein Pestalozzi Pfitzner Platzeck Praetorius Puschmann Quast Rademacher Ranke Rathenau Rebmann Reger
    Reitinger Reitz Richthofen Riemenschneider Rilke Ringelnatz Rosenzweig Rothmann Ruoff Rückert Savigny Schaffner Scharoun Scheidemann Schelling
    Schinkel Schleiermacher Schmitter Schnitzler Schopenhauer Schrödinger Schuschnigg Schwitters Seghers Semmelweis Slevogt Slomka Spitzweg Spohr
    Staudinger Steinhauer Sternheim Stresemann Strindberg Struve Sudermann Suttner Tauber Telemann Thelen Thälmann Tieck Tillich Tirpitz Treitschke
    Troeltsch Uhland Vischer Vogeler Vollmann Wackenroder Waigel Wallenstein Wedekind Weill Werfel Wernicke Wiesenthal Winckelmann Wittgenstein Witzel
    Wundt Wörner Zabel Zelter Zille Zirngibl Zwingli`,
  pt: `Abrantes Alencar Bezerra Bittencourt Bragança Brandão Calheiros Camões Canavarro Carrilho Chagas Cordeiro Couto Cunhal Dutra Feijó Galvão Godinho
    Gouveia Guedes Hasselmann Jobim Junqueira Lispector Lobão Louçã Meirelles Menezes Mourinho Nabuco Namora Negrão Noronha Novais Parreira Queirós
    Quintela Rebelo Resende Saramago Seabra Seixas Sequeira Siqueira Soromenho Suassuna Torga Valadares Vasconcelos Veloso Veríssimo Vilhena Zagallo`,
  nl: `Alkema Andriessen Asselbergs Baas Balkenende Bergkamp Bruins Buma Cruijff Daalder Dijkema Dijksma Doornbos Duisenberg Eijkman Elzinga Feenstra Fortuyn
    Geurts Hagenaars Halsema Heemskerk Hiddink Huizinga Idema Jansma Kaag Kamphuis Klaver Kloosterman Koeman Koolhaas Luyendijk Marijnissen Multatuli
    Nijhof Opstelten Paauw Rijkaard Robben Rutte Schippers Snijders Spaink Spinoza Thorbecke Verhagen Vestdijk Wiegel Wilders Winsemius Zalm`,
  pl: `Bartoszewski Budka Buzek Cimoszewicz Fronczak Geremek Gierek Giertych Gomułka Gronkiewicz Jaruzelski Konopnicka Kopacz Kosiniak Kościuszko Kuroń
    Macierewicz Mazowiecki Małysz Mickiewicz Miłosz Morawiecki Ochojska Piłsudski Reymont Schetyna Sobieski Suchocka Szydło Szymborska Słowacki
    Tokarczuk Wałęsa Wojtyła Ziobro`,
  it: `Agnelli Andreotti Berlinguer Bonino Borsellino Buttiglione Calvino Ciampi Craxi Einaudi Fanfani Fellini Garibaldi Gasperi Gentiloni Giolitti Gramsci
    Letta Manzoni Mattarella Montale Moravia Pasolini Pavese Pertini Pirandello Puccini Rutelli Saviano Scalfari Scalfaro Svevo Tajani Tremonti
    Veltroni`,
}

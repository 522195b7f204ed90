/** Rarer surnames, our own from common knowledge, as surnames.ts: the more a list has, the less a lone one looks like a noun. */
export const rarerSurnames: Readonly<Record<string, string>> = {
  de: `Achterberg Ackermann Adam Aigner Albert Althaus Amann Ammann Andresen Angerer Arens Aschenbrenner Assmann Aumüller Auer Aust Bäcker Bahlmann Ballack
    Balzer Bärwald Bartels Barthel Bassler Bastian Bauch Bauermann Baumeister Bäumler Bechtel Beckenbauer Behrendt Beier Bellmann Bender Benecke Benkert Berghoff
    Bernau Bertram Beutel Bielefeld Bierhoff Billing Birk Birkner Bittner Blank Blaschke Blecher Bleck Blohm Blüm Bluhm Böckmann Bodenstein Boldt Bolte Borchert 
    Borowski Bosch Bösch Bothe Brandl Brandenburger Brandstätter Brauer Brecht Bredow Brehme Breitner Bremer Brendel Brinkhaus Brockhaus Brückner Brüggemann Brunner
    Bruchhausen Bruhn Buck Bühler Bülow Bunge Burgstaller Butz Carstens Clasen Clausen Clement Cordes Cremer Dannenberg Daum Decker Deichmann Denk Dengler Depner Derichs Detlefsen Dettmer
    Dicke Dieckmann Dierks Dinkel Dirks Dittmann Dobler Dohmen Dombrowski Dörfler Dornbach Dreher Dreyer Droste Dudek Dürr Ebeling Eberhard Eberle Eberlein Eckardt
    Eckstein Eder Egger Eggert Ehrhardt Eichel Eichler Eickhoff Eisele Eisenmann Elsner Emmerich Enders Endres Engelmann Engels Erhard Erler Ernstberger Etzel Evers Ewald
    Faber Fahrenholz Falkenstein Farin Fassbender Fechner Feldmann Felten Fendt Fichtner Fieber Finke Fischbach Flick Flohr Förstner Fraedrich Frantz Frehse Freese Frey Freytag Fricke
    Friedel Friedmann Friese Frings Fritsch Fritz Fürst Gabler Ganz Gassner Gauck Gebauer Gehrke Geier Geiß Gerber Gerdes Gerhardt Gericke Giesecke Gießmann
    Gloger Gnad Gockel Goebel Goldmann Görlitz Gottschalk Göttsche Gräf Graumann Greve Griebel Grimme Grote Gruber Grünberg Grünewald Gruner Guttenberg Haack
    Haase Haberland Häberle Habermann Hackmann Hafner Hagemann Hagedorn Halbig Haller Hamann Hampel Händel Hanisch Hannemann Harder Harnisch Hartleb Hartung Haslinger Hässler Hassel
    Hauck Hauff Haug Hausmann Havemann Heckmann Heidemann Heider Heiland Heimann Heindl Heinen Heise Heitmann Helbig Helmer Hempel Henkel Henning Hentschel Herber Herberger
    Herbig Herder Hering Herold Herter Hesse Hessler Hettich Heuss Heyer Heyne Hiemer Hilbert Hildmann Hilgers Hiltmann Hintze Hirschfeld Hitzfeld Höchst Hochhuth Hoeneß Hofer
    Hoff Hölscher Holland Hollmann Holst Holtz Holzer Holzmann Hopf Hopp Horstmann Hövel Hoyer Hrubesch Hüttner Hummel Husmann Ihle Illner Immel Isenberg Iversen Jacobi Jaeger Jahnke
    Janke Janssen Jauch Jeschke Joachim Jonas Jordan Jörgens Juhnke Jungmann Jürgens Kaeser Kahn Kaminski Kammerer Kamps Kant Karg Karsten Kast Kastner Kauder Kehl Kellermann
    Kemper Keßler Kiefer Kienle Kiesewetter Kilian Kimmich Kinkel Kirchhoff Kirstein Kittel Klages Klatt Kleber Klee Kleemann Kleinert Klemm Klinsmann Klopp Knabe
    Knaus Knauer Knebel Knoblauch Knop Knorr Knuth Kober Köbler Kock Koenig Kogler Kohl Kohler Kohlhase Kolb Kollmann Kolbe Konrad Kopp Köpke Köppen Körner Korte Kortmann Koslowski Kothe
    Krahl Krämmer Kranz Krapp Krauß Kremers Kretzschmar Kreuzer Krieger Kroos Krohn Kropp Krug Kube Kubitzki Küchler Kuhn Kunert Künast Kunkel Künzel Küpper Kurth Kuster
    Kutzner Ladwig Lafontaine Lahm Lambrecht Lammert Landgraf Lammers Landmann Lanz Latz Laub Laumann Laux Lechner Leber Leibniz Lemmer Leonhardt Lessing Leutheusser Leyen Lichtenberg Lieb
    Liebermann Liebig Liebknecht Lienhard Limbach Lindner Lingen Lippert Lippmann Littbarski Löbe Loew Löhr Loos Lorenzen Löscher Löw Lübke Lüders Lüdtke Luhmann Lührs Luther Lüttich Maas
    Maaß Mack Magath Mahler Mangold Marks Marschall Massow Matthäus Matthes Matthies Maurer Mayr Mehdorn Mehring Meinecke Meinhold Melzer Mende Menzel Merkel Merk Merkle
    Messner Mette Meuser Meurer Michaelis Mielke Mildner Milz Misch Mittermeier Möbius Modrow Moeller Momsen Morgenstern Morlock Mros Mühlbauer Muhr Müntefering Nahles
    Naujoks Neher Nehring Nerlinger Nestler Netzer Neuner Neureuther Niebel Niedermeier Niehaus Niemeyer Nietzsche Nissen Nitz Nöth Nuhr Nüßlein Obermann Obermeier Oberländer Oehler Oelze
    Ohlsen Olbrich Oppermann Oswald Ostermann Oster Özdemir Overath Pabst Panzer Paschke Passow Pauli Paulus Pelzer Penzel Petry Pfaff Pfeffer Pflüger Pflug Piëch Pfister Pietsch Plack Planck
    Pleitgen Plenz Podolski Pofalla Polster Porsche Pöhler Prange Prantl Preiß Prokop Quandt Quiring Rabe Rabenstein Raddatz Radtke Rahn Ramelow Ramsauer Rapp Rasch Rathke
    Rattay Rehhagel Rehm Reichelt Reif Reiff Reiner Reinhard Reinke Reiß Reiter Renner Rensing Resch Rettig Rexrodt Riebe Riechert Rieck Riedl Riemann Riemer Ries Riester Ringel Rink
    Rinke Rister Rödel Roggenkamp Röhl Rohrbach Roller Rolfes Rommel Röntgen Rösch Rösler Rossi Rossmann Röttger Rudolph Rühle Rühe Rummel Runge Rupp Rürup Rust Saalfeld Sachs Sahm
    Salzmann Sarrazin Sartorius Sattler Sauter Schaaf Schacht Schaffer Schaller Scharping Schaub Scheel Scheffler Scheid Scheller Schenker Scherf Scheuer Schick Schiefer Schieß Schily
    Schimmel Schirmer Schlegel Schleicher Schlesinger Schley Schlingensief Schlosser Schlöndorff Schmider Schmieder Schmied Schmidbauer Schnabel Schnell Schober Schöller Schöne Schönfeld Scholl
    Schorlemmer Schott Schrader Schreck Schreier Schreiner Schröer Schüller Schult Schultheiß Schulten Schultz Schulenburg Schürmann Schuler Schumann Schwaiger Schwan Schwarzer Schweiger
    Schweinsteiger Schweitzer Schwenk Schwesig Seebach Seehofer Seeler Seemann Seib Seitz Semmler Senger Senff Seyfarth Siebers Siemens Siemers Sieveking Siewert Silbermann Simmel Söder Sobotta Söhnlein
    Solms Sonnenberg Spahn Spangenberg Späth Specht Spengler Sperber Sperling Spies Spindler Spitzer Stadler Stamm Stauffenberg Stegemann Steger Stegner Steinbrecher Steinke Steinmeier Steinmetz Stelzer
    Stenger Stender Stenzel Sternberg Stiegler Stieler Stielike Stöber Stockmann Stöckl Stöhr Stolle Stolpe Storm Straub Streck Streich Strobel Strobl Ströbele Stroh Strunk Strunz Stuck
    Stücklen Stumpf Süssmuth Teichmann Tetzlaff Thiel Thiele Thierse Thoma Thon Thoms Thomsen Thurn Tiedemann Tietz Tillmann Többens Todt Töpfer Töpperwien Trapp Traub Trautmann Tremmel Trittin 
    Tschernitz Tucholsky Uhl Uhlig Ulbricht Ullmann Ulrich Unger Urban Utz Vahlkampf Vieregge Vierhaus Vogt Vogts Voigt Völker Völler Vollmer Vonderheid Voss Voß Wachter Wacker Wagener Wagenknecht  
    Waldmann Wallraff Walser Waltz Wanka Warnecke Wartenberg Weber Wedel Wegner Wehner Wehrmann Weidenfeld Weidner Weigand Weigel Weigl Weinberg Weinert Weishaupt Weiss Weißmann Weizsäcker Welke Weller Wels
    Welzel Wendler Wenger Wenzel Wermuth Werneke Wessel Westermann Westerwelle Westphal Wetzel Weyrich Wichmann Wieczorek Wiedemann Wiegand Wiehl Wieland Wieser Wilde Wilhelmi Wilken Wilke Willms Wimmer Windisch Winkelmann
    Wirth Wissmann Witt Wittig Wittmann Wöhrle Wohlfahrt Wolff Wolfram Wowereit Wrede Wulf Wulff Wunderlich Wüst Zach Zander Zapf Zech Zeidler Zeiler Zeller Zenker Zetsche Zeuner Ziegler Zielke Zierold  
    Zipfel Zirkel Zöller Zollner Zuckmayer Zumwinkel Zwirner`,
  en: `Abbott Ackroyd Adair Addison Ainsworth Aldridge Alcott Allard Anstey Appleby Armitage Arkwright Asquith Atherton Attlee Atwood Austen Aylward Babbage Bagshaw Bainbridge Baldwin Balfour Bancroft Barclay Barnard Barraclough Barrow
    Bartlett Barton Bashford Baxter Beaumont Beckett Beckwith Bellamy Benbow Bennett Bentham Beresford Bevan Bickerstaff Biggins Blackburn Blackwood Blair Blythe Bolton Boswell Bosworth Bowden Boyle Bradbury Braddock Bradshaw Braithwaite
    Bramley Brigham Broadbent Bromley Brontë Buchanan Bulmer Burnett Burnham Burrows Butterworth Byron Cadbury Caldwell Callaghan Calvert Carlisle Carlyle Carnegie Carrington Cartwright Castlereagh Cavendish Chadwick Chalmers Chamberlain
    Chandler Chatterton Cheney Chesterton Churchill Clarkson Clayton Clegg Clifford Cockburn Colbert Colclough Coleridge Compton Conway Copeland Corbett Corbyn Cornwallis Coulson Cranmer Crawley Cromwell Crowley Cruikshank Culpepper
    Cunliffe Curran Dalton Darwin Davenport Dawkins Dearden Deighton Dempsey Dewhurst Dickens Dickinson Disraeli Dobson Donne Doyle Drummond Dryden Duckworth Dudley Duffield Dunbar Dunstan Eastwood Eccles Eddington Edgeworth Eldridge
    Ellsworth Elphinstone Emsley Entwistle Everett Fairbanks Fairfax Fairweather Farnham Farquhar Faulkner Fawcett Fenton Fielding Fitzgerald Fitzroy Fleming Forsyth Frobisher Gainsborough Galbraith Galloway Garfield Garland Garrick Gascoigne
    Gaskell Gilchrist Gladstone Goddard Goldsmith Gough Grantham Greenaway Greenwood Grenville Gresham Grimshaw Halliday Hamilton Hampton Hargreaves Harrington Hastings Hathaway Hawthorne Hayworth Haywood Hazlitt Heathcote Henley Heseltine Higginbotham
    Hitchcock Hobbes Hobson Hogarth Holbrook Hollingworth Holloway Holmes Hopkinson Horsfall Houghton Huxley Ingham Inglis Ingram Irving Isherwood Jardine Jessop Jowett Kavanagh Kendrick Kerrigan Kershaw Kilpatrick Kingsley Kinnear Kinnock
    Kipling Kitchener Langley Lansbury Latimer Lawley Leadbetter Lethbridge Lidell Lindsay Livingstone Lockhart Longfellow Longworth Lovelace Lowther Lytton Macaulay Macmillan Maddox Mainwaring Mallory Marchant Marlborough Marlowe Maxwell Melville
    Merriman Metcalfe Milburn Millais Mountbatten Muggeridge Napier Nesbitt Nettleton Newcombe Nightingale Northcote Ogilvie Orwell Osborne Oswald Palmerston Pankhurst Partridge Peabody Pembroke Pendleton Penhaligon Pepys
    Percival Perkins Pickering Pilkington Pinter Plimpton Ponsonby Prescott Priestley Pritchard Purcell Quayle Raleigh Ramsbottom Rathbone Ravenscroft Rawlings Redgrave Ridgeway Rockefeller Rothwell Rowntree Rutherford Sackville Sanderson Scargill
    Schofield Sedgwick Selwyn Shackleton Shaftesbury Sheridan Sherwood Shuttleworth Sidebottom Silverstone Sinclair Skelton Slattery Smollett Southey Spalding Spence Stanhope Steadman Stevenson Stoddart Strachan Stubbs Summerfield Sutcliffe
    Swinburne Talbot Tattersall Tennyson Thackeray Thatcher Thornton Thorpe Throckmorton Tolkien Townsend Trelawney Trevelyan Trollope Tuckwell Turnbull Tyndale Underhill Vaughan Wadsworth Wainwright Walpole Warburton
    Wardle Waverley Wedgwood Wellesley Wetherby Wheatley Whitehead Whitfield Whittaker Whittington Wigglesworth Wilberforce Winterbottom Winthrop Wolstenholme Woodhouse Woolf Worthington Wycliffe Yardley Yeats`,
}

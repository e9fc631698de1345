import type { emoji as english } from '../en/emoji.ts';

/** Emoji und wie sie heißen: zuerst der Name, dann weitere Worte, die sie finden. */
export const emoji: Readonly<Record<keyof typeof english, string>> = {
  '🙂': 'lächeln,froh nett', '😀': 'grinsen,froh freude', '😂': 'lachtränen,freude lustig', '🤣': 'kugeln vor lachen,lustig', '😊': 'erröten,froh schüchtern', '😉': 'zwinkern,flirt', '😍': 'herzaugen,liebe verliebt',
  '🥰': 'verliebt,herzen liebe', '😘': 'kuss,liebe', '😎': 'cool,sonnenbrille', '🤓': 'streber,brille', '🤔': 'nachdenken,hmm', '🤨': 'augenbraue,zweifel', '😐': 'neutral,naja', '🙄': 'augenrollen,genervt', '😏': 'grinsen,schlau',
  '😴': 'schlafen,müde', '🥱': 'gähnen,müde langweilig', '😌': 'erleichtert,ruhig', '😅': 'schweiß,puh nervös', '😬': 'grimasse,peinlich', '😇': 'engel,unschuldig', '🥳': 'feiern,geburtstag party',
  '🤗': 'umarmung,warm', '🤭': 'kichern,ups', '🤫': 'pst,leise geheim', '🫠': 'schmelzen,heiß', '😳': 'verlegen,peinlich', '🥺': 'flehen,bitte', '😢': 'weinen,traurig träne', '😭': 'heulen,weinen traurig', '😞': 'enttäuscht,traurig',
  '😔': 'bedrückt,traurig', '😟': 'besorgt,traurig', '😮': 'überrascht,wow staunen', '😱': 'schrei,angst schreck', '😡': 'wütend,zorn böse', '😤': 'schnauben,stolz', '🤯': 'kopf explodiert,wow', '🥶': 'frieren,kalt', '🥵': 'schwitzen,heiß hitze',
  '🤒': 'krank,fieber', '🤧': 'niesen,schnupfen krank', '😷': 'maske,krank', '🤖': 'roboter,maschine', '👻': 'gespenst,geist buh', '💩': 'haufen,kacke', '😺': 'katze lacht,froh', '👋': 'winken,hallo tschüss',
  '👍': 'daumen hoch,ja gut ok', '👎': 'daumen runter,nein schlecht', '👌': 'ok,perfekt', '✌️': 'frieden,sieg', '🤞': 'daumen drücken,glück', '🤝': 'handschlag,abgemacht', '👏': 'klatschen,applaus bravo', '🙌': 'hände hoch,hurra jubel',
  '🙏': 'danke,bitte beten', '💪': 'stark,muskel arm', '👀': 'augen,schauen', '🫶': 'herz aus händen,liebe', '🤷': 'schulterzucken,keine ahnung', '🤦': 'stirn,oh nein', '💃': 'tänzerin,tanzen', '🕺': 'tänzer,tanzen', '🚶': 'gehen,spaziergang',
  '🏃': 'laufen,rennen eile', '🧘': 'yoga,ruhe', '👶': 'baby,neugeboren', '👵': 'oma,großmutter', '👴': 'opa,großvater', '👨‍👩‍👧': 'familie,eltern kind', '❤️': 'herz,rot liebe', '🧡': 'herz orange,liebe',
  '💛': 'herz gelb,liebe', '💚': 'herz grün,liebe', '💙': 'herz blau,liebe', '💜': 'herz lila,liebe', '🖤': 'herz schwarz,liebe', '💔': 'gebrochenes herz,traurig', '✨': 'funkeln,glitzer neu', '⭐': 'stern,favorit', '🔥': 'feuer,heiß',
  '💯': 'hundert,perfekt', '💥': 'bumm,knall', '💤': 'zzz,schlaf', '🎉': 'konfetti,feiern party hurra', '🎂': 'torte,geburtstag kuchen', '🎁': 'geschenk,päckchen', '🎈': 'ballon,party', '🎄': 'weihnachtsbaum,tanne', '🎃': 'kürbis,halloween',
  '🎶': 'musik,noten lied', '🎵': 'note,musik lied', '🎤': 'mikrofon,singen', '🎻': 'geige,musik', '🎸': 'gitarre,musik', '🎹': 'klavier,tasten musik', '🥁': 'trommel,musik', '🎺': 'trompete,musik', '🎭': 'theater,masken', '🎨': 'malen,kunst palette',
  '🎬': 'film,klappe', '📚': 'bücher,lesen', '📖': 'buch,lesen', '✏️': 'bleistift,schreiben', '📝': 'notiz,schreiben zettel', '📷': 'kamera,foto', '💻': 'laptop,rechner', '📱': 'handy,telefon', '📞': 'telefon,anruf', '🔔': 'glocke,läuten',
  '💡': 'idee,glühbirne', '🔑': 'schlüssel,schloss', '🔨': 'hammer,werkzeug bauen', '🧵': 'faden,nähen', '🧶': 'wolle,stricken', '🗓️': 'kalender,datum', '⏰': 'wecker,zeit spät', '⏳': 'sanduhr,warten zeit', '📌': 'nadel,merken', '📦': 'paket,karton',
  '🏠': 'haus,zuhause', '🏡': 'haus mit garten,zuhause', '🏖️': 'strand,urlaub', '⛰️': 'berg,wandern', '🌍': 'erde,welt', '🚲': 'fahrrad,rad', '🚗': 'auto,fahren mitnehmen', '🚌': 'bus,fahren', '🚆': 'zug,bahn', '🚋': 'straßenbahn,tram', '⛵': 'segelboot,segeln',
  '🚢': 'schiff,fähre', '✈️': 'flugzeug,fliegen', '🌞': 'sonne,sonnig', '☀️': 'sonnenschein,sonne wetter', '🌧️': 'regen,wetter', '⛈️': 'gewitter,sturm', '❄️': 'schnee,kalt winter', '⛄': 'schneemann,winter', '🌈': 'regenbogen,farben', '🌙': 'mond,nacht',
  '🌊': 'welle,meer wasser', '🌱': 'keim,pflanze wachsen', '🌳': 'baum,natur', '🌷': 'tulpe,blume frühling', '🌸': 'blüte,blume frühling', '🌻': 'sonnenblume,blume', '🍂': 'herbstlaub,herbst', '🍀': 'kleeblatt,glück', '🐶': 'hund,welpe', '🐱': 'katze,kätzchen',
  '🐭': 'maus,tier', '🐰': 'hase,kaninchen', '🦊': 'fuchs,tier', '🐻': 'bär,tier', '🐷': 'schwein,tier', '🐸': 'frosch,tier', '🐔': 'huhn,henne', '🐦': 'vogel,tier', '🦆': 'ente,vogel', '🦉': 'eule,vogel nacht', '🐝': 'biene,honig', '🦋': 'schmetterling,falter',
  '🐌': 'schnecke,langsam', '🐟': 'fisch,meer', '🐙': 'krake,meer', '🍎': 'apfel,obst', '🍌': 'banane,obst', '🍓': 'erdbeere,obst', '🍒': 'kirschen,obst', '🍋': 'zitrone,obst sauer', '🍅': 'tomate,gemüse', '🥕': 'möhre,karotte gemüse', '🥔': 'kartoffel,gemüse',
  '🍄': 'pilz,wald', '🍞': 'brot,backen', '🧀': 'käse,essen', '🥚': 'ei,essen', '🥞': 'pfannkuchen,frühstück', '🍕': 'pizza,essen', '🍝': 'nudeln,spaghetti', '🍲': 'eintopf,suppe', '🥗': 'salat,essen', '🍰': 'kuchen,nachtisch', '🍪': 'keks,plätzchen',
  '🍫': 'schokolade,süß', '🍿': 'popcorn,film kino', '☕': 'kaffee,heiß', '🍵': 'tee,heiß', '🍺': 'bier,trinken', '🍻': 'prost,bier trinken', '🍷': 'wein,trinken', '🥂': 'anstoßen,sekt prost', '⚽': 'fußball,ball', '🏀': 'basketball,ball',
  '🏊': 'schwimmen,bad', '🏆': 'pokal,sieg', '🥇': 'goldmedaille,erster sieg', '🎲': 'würfel,spiel glück', '🧩': 'puzzle,rätsel', '♟️': 'schach,spiel', '✅': 'haken,fertig ja', '❌': 'kreuz,nein falsch', '❓': 'frage,was', '❗': 'ausrufezeichen,wichtig',
  '⚠️': 'achtung,vorsicht warnung', '🆘': 'hilfe,sos', '♻️': 'recycling,grün', '🏳️‍🌈': 'regenbogenfahne,stolz', '🕊️': 'taube,frieden',
};

import type { Words } from '../parts.ts';

/** Welche Fassung läuft, und was neu ist. */
export const changes: Words<'changes'> = {
  'lead': 'Das Haus fragt niemanden im Internet nach neueren Fassungen und ändert nichts von selbst.',
  'now': 'Commonhold {version}',
  'get': 'Schließ das Haus und starte es mit der nächsten Fassung:',
  'get.other': 'Aus einer Kopie der Quellen: git pull, dann npm start. Im Container: das nächste Image auf demselben Ordner.',
  'before': 'Vor der letzten Aktualisierung',
  'before.none': 'In den letzten drei Tagen gab es keine. Bei der nächsten hebt das Haus drei Tage lang alle Dateien auf, wie sie waren; eine, die nicht gelingt, macht sich selbst rückgängig.',
  'before.text': 'Hier lief die Fassung {program}. Alles, wie es damals war, ist aufgehoben: {when}.',
  'back': 'Zurück …',
  'back.title': 'Zurück zu {program}',
  'back.text': 'Alles wird, wie es vor der Aktualisierung war. Was seither jemand hier geschrieben hat, ist weg.',
  'back.then': 'Das Haus schließt und bleibt zu, bis auf seinem Rechner {program} gestartet wird:',
  'back.go': 'Zurück, und verlieren, was seither kam',
  'back.not': 'Hier bleiben',
  'back.gone': 'Das Haus schließt jetzt.',
  'new': 'Was neu ist',
  'new.1': 'Zeitleisten, Unterhaltungen, Bilder, Umfragen, Zitate und Listen; Suche; Lesen ohne das Haus; Englisch und Deutsch.',
  'new.2': 'Schlüssel, die in deinem Browser entstehen, Geräte per Code, und 24 Wörter, mit denen du zurückkommst.',
  'new.3': 'Im Internet mit eigenem Zertifikat, hinter einem Proxy, oder nur in einem Netz.',
  'new.4': 'Jede Nacht Sicherungen, verschlüsselt und geprobt; ein ganzes Haus oder ein Pod kommt zurück, auch in der App.',
  'new.5': 'Deine Vergangenheit von Mastodon und X kommt mit; alles, was dein ist, geht als eine Datei und zieht mit dir um.',
  'new.6': 'Dienste nach Verträgen, die als Sätze zu lesen sind, beobachtet, eingeengt und ohne Rest verlassen.',
};

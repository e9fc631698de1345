/* What every page of a service says, in the languages that it can say it in. */
export default {
  en: {
    language: 'Language', undo: 'Undo', 'undo.done': 'Undone.',
    enter: 'Come in', 'enter.house': 'Your house', 'enter.hint': 'The address that you open your house with.', 'enter.bad': 'That is no address of a house. One looks like house.example.',
    'enter.plain': 'This page works over https only. Open its https address.', 'enter.going': 'Going to your house…',
    'at.house': 'You are here by your house {house}.', 'at.page': 'What {title} may do, and what it reads', leave: 'Go out',
    'no.unreachable': 'There was no answer. Check the connection, then try again.', 'no.house_unreachable': 'Your house did not answer {title}. Everything in your own pod still works.',
    'no.not_found': 'This is not there, or not for you.', 'no.other_visit': 'This answer belongs to another visit. Come in again.', 'no.you_said_no': 'You did not let {title} in. Nothing was read or written.',
    'no.not_let_in': 'Your house did not let {title} in. Try again.', 'no.let_go': 'Your house does not let {title} in any more. Come in again if you want to go on.',
    'no.service_paused': 'You have paused {title} in your house. Resume it there to go on.', 'no.not_a_member': 'Your house did not show {title} that you joined. Come in again.',
    'no.version_conflict': 'This was changed elsewhere meanwhile. Look at it again.', 'no.rate_limited': 'That was a lot at once. Wait a moment, then try again.', 'no.item_too_big': 'That is longer than the contract allows.',
    'no.bad_body': 'Something in this is not as the contract has it.',
  },
  de: {
    language: 'Sprache', undo: 'Rückgängig', 'undo.done': 'Rückgängig gemacht.',
    enter: 'Eintreten', 'enter.house': 'Dein Haus', 'enter.hint': 'Die Adresse, unter der du dein Haus öffnest.', 'enter.bad': 'Das ist keine Adresse eines Hauses. Eine sieht aus wie haus.example.',
    'enter.plain': 'Diese Seite geht nur über https. Öffne ihre https-Adresse.', 'enter.going': 'Auf dem Weg zu deinem Haus…',
    'at.house': 'Du bist hier durch dein Haus {house}.', 'at.page': 'Was {title} darf und was es liest', leave: 'Hinausgehen',
    'no.unreachable': 'Es kam keine Antwort. Prüfe die Verbindung und versuche es noch einmal.', 'no.house_unreachable': 'Dein Haus hat {title} nicht geantwortet. Alles in deinem eigenen Pod geht weiter.',
    'no.not_found': 'Hier ist nichts, oder es ist nicht für dich bestimmt.', 'no.other_visit': 'Diese Antwort gehört zu einem anderen Besuch. Tritt noch einmal ein.', 'no.you_said_no': 'Du hast {title} nicht eingelassen. Nichts wurde gelesen oder geschrieben.',
    'no.not_let_in': 'Dein Haus hat {title} nicht eingelassen. Versuche es noch einmal.', 'no.let_go': 'Dein Haus lässt {title} nicht mehr ein. Tritt noch einmal ein, wenn du weitermachen willst.',
    'no.service_paused': 'Du hast {title} in deinem Haus angehalten. Setze es dort fort.', 'no.not_a_member': 'Dein Haus hat {title} nicht gezeigt, dass du beigetreten bist. Tritt noch einmal ein.',
    'no.version_conflict': 'Das wurde inzwischen anderswo geändert. Sieh es dir noch einmal an.', 'no.rate_limited': 'Das war viel auf einmal. Warte einen Moment und versuche es dann noch einmal.', 'no.item_too_big': 'Das ist länger, als der Vertrag erlaubt.',
    'no.bad_body': 'Etwas daran ist nicht so, wie der Vertrag es vorsieht.',
  },
};

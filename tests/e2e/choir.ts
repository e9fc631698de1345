/** The people and the words of the house on the screenshots. */
export const CHOIR = [
  ['tomasz', 'Tomasz Wilk', 'Tenor, and the laptop in the corner is mine.'],
  ['ines', 'Inês Azevedo', 'Conductor. I hum on trams.'],
  ['sade', 'Ṣadé Ogunleye', 'Soprano, harbour pilot, owner of too many thermos flasks.'],
  ['bertil', 'Bertil Sund', 'Bass since 1987.'],
  ['quyen', 'Quyên Đặng', 'Alto, mends bicycles.'],
  ['amira', 'Amira Haddad', 'New since spring.'],
  ['arjun', 'Arjun Nair', 'Baritone with a car.'],
  ['leilani', 'Leilani Kealoha', 'Here for the cake, stayed for Brahms.'],
] as const;

/** A post: who, what, and which earlier line it answers. */
export interface Line { by: string; text: string; audience?: 'house' | 'everyone'; answers?: number }

/** What they wrote, oldest first. */
export const LINES: readonly Line[] = [
  { by: 'tomasz', text: 'Welcome, everyone. This house runs on my laptop in the sail loft: when it sleeps, so do we. Rehearsal notes, lifts and cake go here.' },
  { by: 'bertil', text: 'Who has the good pencil sharpener? Asking for the whole bass section.' },
  { by: 'sade', text: 'Fog horn in B flat this morning. I answered in thirds. The fog did not resolve.', audience: 'everyone' },
  { by: 'arjun', text: 'Two seats in my car from Mill Street, leaving 18:30. I promise not to sing the solo again.' },
  { by: 'ines', text: 'Could we sing in the market hall in spring? The echo under the clock is about four seconds and entirely ours.' },
  { by: 'ines', text: 'I measured it with my phone: 4.2 seconds under the clock, 2.9 by the fish stalls. The Sund would float. The fast one would turn into soup.\n\nSo: slow pieces under the clock, rounds by the fish, and we end where the echo ends.', answers: 4 },
  { by: 'bertil', text: 'We sang there in 1991. It was February and you could see the alleluias.', answers: 5 },
  { by: 'sade', text: 'Bertil, please tell me there is a photograph.', answers: 6 },
  { by: 'bertil', text: 'There is. I am nineteen feet to the left of it.', answers: 7 },
  { by: 'arjun', text: 'I can ask the market office about a Sunday. They owe me for the piano.', answers: 5 },
  { by: 'quyen', text: 'Rounds by the fish stalls is now the name of my memoir.', answers: 5 },
  { by: 'amira', text: 'أول مرة أغنّي باللغة العربية أمام الجميع. شكراً لكم على الصبر.' },
  { by: 'leilani', text: 'Who left a blue scarf on the piano? It has been promoted to page turner.' },
  { by: 'bertil', text: 'When it sleeps, a very small torch will do. It saved us in the power cut of 1987.', answers: 0 },
  { by: 'ines', text: 'Tonight: bars 40 to 52, then 40 to 52 again, then cake. Bring a pencil. If you only practise one thing on the tram, make it the breath before “home”.' },
];

/** How hair is worn on a drawn face. */
export type Cut = 'short' | 'long' | 'bob' | 'curls' | 'scarf';

/** Somebody of the made-up house. `open`: their page is open; `face`: skin, hair and its cut, where they have a picture, else the pattern; `banner`: a drawing over their page. */
export interface Neighbour { handle: string; name: string; bio: string; open?: true; face?: readonly [skin: number, hair: number, cut: Cut]; banner?: string; fields?: readonly (readonly [string, string])[]; locked?: true }

/** The house that they live in. */
export const HOUSE = {
  title: 'Linden Yard',
  note: 'Five staircases around one courtyard: a garden, a workshop, a choir that refuses to call itself one, and a very old cargo bike.',
  rules: ['Say what you need before it becomes what annoys you.', 'Whoever borrows it, brings it back cleaner.', 'Nobody is taught a lesson here. Ask, offer, or leave it.'],
} as const;

/** The people, the steward first. Nobody of them exists. */
export const NEIGHBOURS: readonly Neighbour[] = [
  { handle: 'marta', name: 'Marta Oliveira', bio: 'Staircase 2. Keeps the laptop awake that this house runs on. Bread on Sundays.', open: true, face: [2, 1, 'long'], banner: 'roofs', fields: [['Staircase', '2, third floor'], ['Ask me about', 'sourdough, the boiler, keys']] },
  { handle: 'kwabena', name: 'Kwabena Asante', bio: 'Joiner. The workshop is open on Tuesdays, and whenever the light is on.', open: true, face: [4, 6, 'short'], fields: [['Workshop', 'Tuesdays, 17 to 20'], ['Looking for', 'ash offcuts']] },
  { handle: 'linh', name: 'Linh Phạm', bio: 'Seeds, swaps, slugs. I run the garden rota and apologise for it.', open: true, face: [1, 6, 'long'], banner: 'garden' },
  { handle: 'jonas', name: 'Jonas Brandt', bio: 'Nachtschicht im Stellwerk. Schläft, wenn ihr frühstückt.', open: true, face: [0, 3, 'short'] },
  { handle: 'amal', name: 'Amal Karimi', bio: 'Translator, two children, one balcony. I read the ends of novels first.', open: true, face: [2, 6, 'scarf'] },
  { handle: 'sinead', name: 'Sinéad Walsh', bio: 'Fiddle, accordion, earplugs for the neighbours.', open: true, face: [5, 5, 'curls'], banner: 'evening', fields: [['Plays', 'first Friday, in the yard'], ['Staircase', '4, ground floor']] },
  { handle: 'tomas', name: 'Tomáš Novák', bio: 'Bike doctor. The cargo bike is my patient and my fault.', face: [0, 1, 'short'], open: true },
  { handle: 'priya', name: 'Priya Raman', bio: 'Night sky, day job. If the dome of the roof is open, come up.', open: true, face: [3, 6, 'long'], banner: 'stars' },
  { handle: 'oskar', name: 'Oskar Lindqvist', bio: 'Retired tram driver. I know where the rails used to be.', open: true, face: [5, 4, 'short'] },
  { handle: 'zeynep', name: 'Zeynep Aydın', bio: 'Pastry, chemistry, in this order since last year.', open: true, face: [1, 1, 'curls'] },
  { handle: 'mateo', name: 'Mateo Quiroga', bio: 'Dibujo lo que veo desde la escalera 3.', open: true, face: [2, 0, 'short'] },
  { handle: 'hanna', name: 'Hanna Virtanen', bio: 'Swims until the lake freezes. Then a bit longer.', face: [5, 3, 'long'], open: true },
  { handle: 'david', name: 'David Mbeki', bio: 'Teaches maths to people who were told they cannot.', face: [4, 6, 'short'] },
  { handle: 'yuki', name: 'Yuki Tanabe', bio: 'Paper, glue, small books.', open: true, face: [1, 6, 'bob'] },
  { handle: 'ruth', name: 'Ruth Goldmann', bio: '81. I was here before the lift, and I shall be here after it.', open: true, face: [0, 4, 'bob'] },
  { handle: 'samir', name: 'Samir Haddad', bio: 'Nurse. If I do not answer, I am asleep or running.', face: [2, 6, 'short'] },
  { handle: 'elif', name: 'Elif Demir', bio: 'Learning the clarinet. Sorry in advance.', face: [1, 1, 'long'] },
  { handle: 'pavel', name: 'Pavel Ivanov', bio: 'Chess on the bench by the pump, most evenings. Beginners win too.', open: true },
  { handle: 'nia', name: 'Nia Bowen', bio: 'Birds of the courtyard: eleven so far.', open: true, face: [0, 5, 'bob'] },
  { handle: 'lucia', name: 'Lucía Ferrer', bio: 'Costume maker. I have the pins, I have always had the pins.', open: true, face: [2, 0, 'curls'] },
  { handle: 'abdi', name: 'Abdi Warsame', bio: 'Radio, repair café, tea.', open: true, face: [4, 6, 'short'] },
  { handle: 'greta', name: 'Greta Sommer', bio: 'Kleingarten, große Pläne.', open: true, face: [5, 3, 'bob'] },
  { handle: 'ines', name: 'Inés Duarte', bio: 'New since spring. Still finding the light switches.', open: true },
  { handle: 'viktor', name: 'Viktor Bergman', bio: 'I write down what people say on the stairs, with their leave.', locked: true },
  { handle: 'rosa', name: 'Rosa Paquette', bio: 'Sixteen. Runs the film night. Yes, really.', face: [3, 0, 'curls'] },
];

/** As whom anybody looks around. */
export const GUEST: Neighbour = { handle: 'visitor', name: 'A visitor', bio: 'Just looking around.' };

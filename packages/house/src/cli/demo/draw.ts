import sharp from 'sharp';
import { makeChance, type Chance } from './chance.ts';
import type { Cut } from './people.ts';

/* All pictures of the made-up house are drawn here, from a name: nobody was photographed. */

type Drawing = (chance: Chance) => string;

const rect = (x: number, y: number, w: number, h: number, fill: string, more = ''): string => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`;
const disc = (x: number, y: number, r: number, fill: string, more = ''): string => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`;
const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`;
const sky = (from: string, to: string): string => `<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>${rect(0, 0, 1200, 800, 'url(#s)')}`;
const times = (n: number, draw: (i: number) => string): string => Array.from({ length: n }, (_, i) => draw(i)).join('');

function ridge(chance: Chance, height: number, fill: string): string {
  const points = Array.from({ length: 9 }, (_, i) => [i * 150, height + (chance.next() - 0.5) * 140] as const);
  const line = points.map(([x, y], i) => (i === 0 ? `M${x} ${y}` : `S${x - 60} ${y} ${x} ${y}`)).join(' ');
  return path(`${line} L1200 800 L0 800 Z`, fill);
}

function house(chance: Chance, x: number, w: number, top: number, wall: string): string {
  const windows = times(3 * 5, (i) => rect(x + w * (0.14 + (i % 3) * 0.27), top + 70 + Math.floor(i / 3) * 90, w * 0.17, 52, chance.next() > 0.45 ? '#f6c667' : '#3d4a55', 'rx="4"'));
  return path(`M${x - 12} ${top + 30} L${x + w / 2} ${top - 60} L${x + w + 12} ${top + 30} Z`, '#8f4a3a') + rect(x, top + 28, w, 800, wall) + windows;
}

function flower(x: number, ground: number, height: number, colour: string): string {
  const leaves = path(`M${x} ${ground - height * 0.4} q-44 -8 -52 -50 q48 4 52 50 M${x} ${ground - height * 0.55} q44 -8 52 -50 q-48 4 -52 50`, '#3f7a4b');
  return path(`M${x} ${ground} Q${x - 6} ${ground - height / 2} ${x} ${ground - height}`, 'none', 'stroke="#3f7a4b" stroke-width="9"') + leaves
    + times(7, (i) => disc(x + Math.cos(i * 0.9) * 28, ground - height + Math.sin(i * 0.9) * 28, 19, colour)) + disc(x, ground - height, 17, '#f2c14e');
}

const DRAWINGS: Readonly<Record<string, Drawing>> = {
  roofs: (chance) => sky('#f3c9a5', '#f7e3cd') + disc(930, 200, 70, '#fff0cf') + times(6, (i) => house(chance, 40 + i * 195, 165, 360 + chance.below(120), chance.pick(['#d8b48a', '#c99a7a', '#e2c7a4', '#b9a58f']))),
  garden: (chance) => sky('#cfe6ee', '#eef5e6') + ridge(chance, 470, '#b8d0a4') + rect(0, 610, 1200, 190, '#6f8f58') + times(11, (i) => flower(70 + i * 106, 700 + chance.below(60), 130 + chance.below(150), chance.pick(['#d9657a', '#e8a04c', '#9b6fb5', '#f0e3ef', '#c8433f']))),
  evening: (chance) => sky('#3a3f66', '#e79a77') + disc(840, 470, 90, '#ffdca0') + ridge(chance, 520, '#4a4668') + ridge(chance, 630, '#2f2c48') + times(5, (i) => path(`M${120 + i * 220} 800 q-10 -160 0 -250 q10 90 0 250`, '#221f36')),
  stars: (chance) => sky('#0f1530', '#2b3a67') + times(190, () => disc(chance.below(1200), chance.below(600), 1 + chance.next() * 2.6, '#fff', `opacity="${0.4 + chance.next() * 0.6}"`))
    + path('M150 560 Q420 160 1100 120', 'none', 'stroke="#fff" stroke-width="60" opacity="0.07"') + path('M0 800 L0 690 L300 690 L300 640 A120 120 0 0 1 540 640 L540 690 L1200 690 L1200 800 Z', '#0a0d1c'),
  lake: (chance) => sky('#dfe9f2', '#f4ead8') + ridge(chance, 330, '#8aa0a8') + rect(0, 440, 1200, 360, '#6f9bb0') + times(26, () => { const y = 460 + chance.below(320); return rect(chance.below(1100), y, 60 + chance.below(160), 4, '#fff', 'opacity="0.35" rx="2"'); })
    + rect(520, 470, 46, 330, '#7d5f45') + times(7, (i) => rect(440, 500 + i * 44, 206, 26, '#9a7757', 'rx="4"')),
  bread: (chance) => rect(0, 0, 1200, 800, '#e9dcc6') + rect(0, 560, 1200, 240, '#b98d5e') + `<ellipse cx="600" cy="480" rx="370" ry="220" fill="#a8632c"/><ellipse cx="600" cy="455" rx="352" ry="196" fill="#c98544"/>`
    + times(5, (i) => path(`M${360 + i * 105} ${390 + chance.below(30)} q60 60 20 150`, 'none', 'stroke="#f3dcb4" stroke-width="18" stroke-linecap="round"')) + times(60, () => disc(300 + chance.below(600), 330 + chance.below(260), 3, '#fff', 'opacity="0.5"')),
  bike: (chance) => rect(0, 0, 1200, 800, '#d5dfd6') + rect(0, 620, 1200, 180, '#a7b1a2') + times(8, (i) => rect(i * 160, 0, 4, 620, '#c4d0c5')) + [300, 880].map((x) => disc(x, 560, 130, 'none', 'stroke="#2b2a28" stroke-width="16"') + times(12, (i) => path(`M${x} 560 l${Math.cos(i * 0.524) * 122} ${Math.sin(i * 0.524) * 122}`, 'none', 'stroke="#8a8a86" stroke-width="3"'))).join('')
    + path('M300 560 L470 330 L760 330 L880 560 L560 560 Z M470 330 L560 560', 'none', `stroke="${chance.pick(['#b3541e', '#1f6b4f', '#2a5b8c'])}" stroke-width="22" stroke-linejoin="round"`) + rect(430, 290, 120, 26, '#3a2a20', 'rx="13"') + path('M760 330 L745 250 L830 240', 'none', 'stroke="#2b2a28" stroke-width="16" stroke-linecap="round"'),
  score: (chance) => rect(0, 0, 1200, 800, '#fbf6e9') + times(4, (row) => times(5, (i) => rect(80, 110 + row * 175 + i * 18, 1040, 2.5, '#4b4234')) + times(11, (i) => { const y = 110 + row * 175 + chance.below(9) * 9; const x = 150 + i * 90; return `<ellipse cx="${x}" cy="${y}" rx="15" ry="11" fill="#2b261e" transform="rotate(-18 ${x} ${y})"/>` + rect(x + 12, y - 64, 4, 64, '#2b261e'); })),
  quilt: (chance) => rect(0, 0, 1200, 800, '#efe5d2') + times(6 * 4, (i) => { const x = (i % 6) * 200, y = Math.floor(i / 6) * 200; const colours = ['#b3541e', '#1f6b4f', '#2a5b8c', '#d9a441', '#8c4a63', '#efe5d2'] as const; return path(`M${x} ${y} h200 l-200 200 Z`, chance.pick(colours)) + path(`M${x + 200} ${y + 200} v-200 l-200 200 Z`, chance.pick(colours)) + rect(x + 4, y + 4, 192, 192, 'none', 'stroke="#fff8" stroke-width="3" stroke-dasharray="10 8"'); }),
  birds: (chance) => sky('#e8eef0', '#f6f0e2') + path('M0 520 Q300 440 620 500 T1200 430', 'none', 'stroke="#5a4636" stroke-width="26"') + times(4, (i) => { const x = 210 + i * 250, y = 455 - (i % 2) * 22; const body = chance.pick(['#5f7fa3', '#a8643c', '#4a4a4a', '#7a8f4f']); return `<ellipse cx="${x}" cy="${y}" rx="62" ry="46" fill="${body}"/>` + disc(x + 48, y - 42, 30, body) + path(`M${x + 74} ${y - 44} l30 8 l-30 10 Z`, '#e0a03a') + disc(x + 56, y - 48, 5, '#fff') + path(`M${x - 50} ${y} l-70 26 l60 12 Z`, body); }),
  workshop: (chance) => rect(0, 0, 1200, 800, '#cdb593') + times(6, (i) => rect(0, i * 96, 1200, 4, '#bda27d')) + rect(0, 600, 1200, 46, '#8a6038') + rect(120, 646, 60, 154, '#6f4c2c') + rect(1020, 646, 60, 154, '#6f4c2c')
    + times(7, (i) => rect(160 + i * 130, 140, 18, 130 + chance.below(130), '#5f5a52', 'rx="9"') + rect(146 + i * 130, 120, 46, 70, chance.pick(['#b3541e', '#7a4a2a', '#2a5b8c']), 'rx="12"')) + rect(380, 520, 420, 80, '#e0c08d') + rect(380, 520, 420, 14, '#c9a36b'),
  cake: (chance) => rect(0, 0, 1200, 800, '#f4e3e0') + `<ellipse cx="600" cy="640" rx="430" ry="70" fill="#fff"/>` + rect(320, 380, 560, 240, '#a8653f', 'rx="24"') + rect(320, 380, 560, 76, '#fff4ea', 'rx="24"') + times(9, (i) => disc(370 + i * 58, 372, 26, chance.pick(['#b3243f', '#c23b52', '#8f1d35']))) + times(5, (i) => path(`M${350 + i * 120} 450 q20 70 0 ${60 + chance.below(50)} q-34 -10 -20 -100 Z`, '#fff4ea')),
  paper: (chance) => rect(0, 0, 1200, 800, '#dcd3c4') + times(9, (i) => { const y = 130 + i * 58; return rect(240 + chance.below(60), y, 640 + chance.below(80), 50, chance.pick(['#c8433f', '#2a5b8c', '#e8c15a', '#1f6b4f', '#7a5a86', '#f7f1e4']), 'rx="6"') + rect(250, y + 44, 640, 4, '#0002'); }),
};

const svg = (width: number, height: number, inside: string): Buffer => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 1200 ${Math.round(1200 * height / width)}">${inside}</svg>`);
const webp = (drawing: Buffer): Promise<Buffer> => sharp(drawing).webp({ quality: 88, effort: 0 }).toBuffer();

/** The names of what can be drawn. */
export const MOTIFS = Object.keys(DRAWINGS);

/** A drawing as WebP, 960 by 640; the same for the same motif and seed. `wide`: 960 by 320, of its lower half. */
export function draw(motif: string, seed: string, wide = false): Promise<Buffer> {
  const inside = DRAWINGS[motif]!(makeChance(`${motif} ${seed}`));
  return webp(wide ? svg(960, 320, `<g transform="translate(0 -260)">${inside}</g>`) : svg(960, 640, inside));
}

const SKINS = ['#f2d3bc', '#e3b48f', '#c68e63', '#a87349', '#6e4630', '#f6dfcd'] as const;
const HAIRS = ['#2b221d', '#5a3a22', '#a5713d', '#d8b06a', '#a19e99', '#b4492f', '#191614'] as const;
const CLOTHES = ['#1f6b4f', '#b3541e', '#2a5b8c', '#8c4a63', '#d9a441', '#4b5563', '#6d7f3f'] as const;
const GROUNDS = ['#f4d9c6', '#cfe6ee', '#dfe9cf', '#efd9e6', '#f3e6b8', '#d9d5ee'] as const;

/** What lies behind the face, and what over it. */
const CUTS: Readonly<Record<Cut, (hair: string) => readonly [string, string]>> = {
  short: (hair) => [`<ellipse cx="600" cy="500" rx="275" ry="240" fill="${hair}"/>`, path('M360 500 Q380 300 600 300 Q820 300 840 500 Q740 380 600 385 Q460 380 360 500 Z', hair)],
  long: (hair) => [rect(320, 360, 560, 640, hair, 'rx="230"'), path('M350 560 Q330 270 600 270 Q880 270 850 560 Q840 440 710 390 Q520 460 350 560 Z', hair)],
  bob: (hair) => [rect(315, 330, 570, 450, hair, 'rx="190"'), path('M348 540 Q360 290 600 285 Q840 290 852 540 Q800 430 600 425 Q400 430 348 540 Z', hair)],
  curls: (hair) => [times(13, (i) => disc(600 + Math.cos(i * 0.48 + 3.4) * 265, 470 + Math.sin(i * 0.48 + 3.4) * 240, 115, hair)), times(7, (i) => disc(410 + i * 64, 385 - (i % 2) * 26, 68, hair))],
  scarf: () => [rect(300, 290, 600, 720, '#2f6f73', 'rx="280"'), path('M345 640 Q320 300 600 300 Q880 300 855 640 Q830 400 600 395 Q370 400 345 640 Z', '#38858a')],
};

/** A face that is nobody's, as WebP, 256 by 256: skin, hair and cut as they are told, the rest by chance. */
export function drawFace(seed: string, [skinAt, hairAt, cut]: readonly [number, number, Cut]): Promise<Buffer> {
  const chance = makeChance(`face ${seed}`);
  const skin = SKINS[skinAt]!;
  const [back, front] = CUTS[cut](HAIRS[hairAt]!);
  const eyes = [505, 695].map((x) => disc(x, 590, 22, '#2b221d')).join('');
  const glasses = chance.next() > 0.65 ? [505, 695].map((x) => disc(x, 590, 74, 'none', 'stroke="#3a342c" stroke-width="14"')).join('') + rect(578, 582, 44, 12, '#3a342c') : '';
  const mouth = path(`M520 ${730 + chance.below(20)} Q600 ${780 + chance.below(40)} 680 ${730 + chance.below(20)}`, 'none', 'stroke="#8a3d33" stroke-width="18" stroke-linecap="round"');
  const inside = rect(0, 0, 1200, 1200, chance.pick(GROUNDS)) + back + `<ellipse cx="600" cy="1180" rx="420" ry="280" fill="${chance.pick(CLOTHES)}"/>` + rect(520, 800, 160, 180, skin, 'rx="70"')
    + `<ellipse cx="600" cy="610" rx="255" ry="300" fill="${skin}"/>` + front + eyes + glasses + mouth + path('M600 610 q-26 60 6 70', 'none', 'stroke="#0003" stroke-width="12" stroke-linecap="round"');
  return webp(svg(256, 256, inside));
}

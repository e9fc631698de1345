import type { Page } from 'playwright-core';
import { postWith } from './steps.ts';

type Look = (page: Page, name: string) => Promise<void>;

const WORDS = 'The quay this morning, before anybody had sung a note.';
const SAYS = ['A sailing boat at the quay at sunrise, and a crane behind it', 'The same boat from the bow', 'The sun over the harbour'];

/** Draws the harbour of the choir, from a place on the quay; the colours are those of the hour. */
const draw = ([hour, wide, high]: readonly [number, number, number]): Promise<string> => new Promise((resolve) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: wide, height: high });
  const pen = canvas.getContext('2d')!;
  const sky = pen.createLinearGradient(0, 0, 0, high * 0.66);
  for (const [at, colour] of [[0, `hsl(${218 + hour * 8} 48% ${28 + hour * 9}%)`], [0.75, '#e08b5a'], [1, '#f6d39a']] as const) sky.addColorStop(at, colour);
  const box = (colour: string | CanvasGradient, ...at: [number, number, number, number]) => { pen.fillStyle = colour; pen.fillRect(...at); };
  const shape = (colour: string, points: readonly (readonly [number, number])[]) => { pen.fillStyle = colour; pen.beginPath(); for (const [x, y] of points) pen.lineTo(x * wide, y * high); pen.fill(); };
  box(sky, 0, 0, wide, high * 0.66);
  box('#23405c', 0, high * 0.66, wide, high * 0.34);
  pen.fillStyle = '#fff0c0';
  pen.beginPath();
  pen.arc(wide * (0.45 + hour * 0.14), high * 0.56, high * 0.07, 0, 7);
  pen.fill();
  box('#1a1815', wide * 0.8, high * 0.22, wide * 0.012, high * 0.46);
  box('#1a1815', wide * 0.8, high * 0.22, wide * 0.16, high * 0.02);
  shape('#5a2e2e', [[0.1, 0.7], [0.42, 0.7], [0.38, 0.79], [0.14, 0.79]]);
  shape('#f3eee4', [[0.25, 0.68], [0.25, 0.34], [0.37, 0.66]]);
  resolve(canvas.toDataURL('image/jpeg', 0.9).split(',')[1]!);
});

/** Posts three pictures, as the house takes them in. */
async function post(page: Page, pictures: readonly string[]): Promise<{ persona: string; key: string }> {
  return page.evaluate(async ([files, says, text]) => {
    const ask = async <T>(to: string, body: BodyInit, type: string): Promise<T> => (await fetch(to, { method: 'POST', body, headers: { 'content-type': type } })).json() as T;
    const images: object[] = [];
    for (const [i, file] of files.entries()) {
      const { image } = await ask<{ image: object }>('/microblog/images', Uint8Array.from(atob(file), (one) => one.charCodeAt(0)), 'application/octet-stream');
      images.push({ ...image, alt: says[i] });
    }
    return ask<{ persona: string; key: string }>('/microblog/posts', JSON.stringify({ text, audience: 'house', images }), 'application/json');
  }, [pictures, SAYS, WORDS] as const);
}

/** Pictures: in a post, over the page, and on their way to the house. */
export async function walkPictures(page: Page, url: string, look: Look): Promise<void> {
  await page.goto(url);
  const pictures = await Promise.all(([[0, 1500, 1000], [1, 900, 1200], [2, 1200, 800]] as const).map((how) => page.evaluate(draw, how)));
  const { persona, key } = await post(page, pictures);
  await page.goto(`${url}/@${persona}/${key}`);
  await postWith(page, WORDS).getByRole('button', { name: 'What is in picture 1' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.frame.there').length === 3);
  await look(page, 'post-pictures');
  await postWith(page, WORDS).getByRole('button', { name: `Open picture: ${SAYS[0]!}` }).click();
  await page.getByRole('dialog', { name: 'Pictures' }).getByText('1 of 3').waitFor();
  await look(page, 'pictures-viewer');
  await page.goto(url);
  const composer = page.getByRole('form', { name: 'Write a post' });
  await composer.locator('input[type="file"]').setInputFiles(pictures.slice(0, 2).map((file, i) => ({ name: `quay ${i}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(file, 'base64') })));
  await page.getByRole('textbox', { name: 'What is in picture 1?' }).fill(SAYS[0]!);
  await page.waitForFunction(() => document.querySelectorAll('.picked progress').length === 0);
  await look(page, 'home-pictures');
  for (const name of ['Remove picture 2', 'Remove picture 1']) await page.getByRole('button', { name }).click();
}

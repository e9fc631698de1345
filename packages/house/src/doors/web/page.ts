/** A page of the app and what belongs to it: its text, and by path the files that its first screen needs. */
export interface PageText { html: string; files: Readonly<Record<string, readonly string[]>> }

/** Takes the built page apart; `files` is the text of the list that the build makes of each screen's files. */
export function pageText(html: string, files: string | undefined): PageText {
  return { html, files: files === undefined ? {} : JSON.parse(files) as PageText['files'] };
}

/** The page with what its first screen needs: files to be fetched at once, and answers that the app would ask for, as data that no browser runs. */
export function dressed({ html, files }: PageText, path: string, answers: ReadonlyMap<string, string>): string {
  const links = (files[path] ?? []).map((file) => (file.endsWith('.css') ? `<link rel="stylesheet" crossorigin href="${file}">` : `<link rel="modulepreload" crossorigin href="${file}">`));
  const data = [...answers].map(([address, json]) => `<script type="application/json" data-answer="${address}">${json.replaceAll('<', '\\u003c')}</script>`);
  return html.replace('</head>', () => `${links.join('')}</head>`).replace('</body>', () => `${data.join('')}</body>`);
}

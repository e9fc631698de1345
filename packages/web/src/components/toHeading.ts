/** Moves the focus to the page's heading: for when what had it has gone. */
export const toHeading = (): void => { document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true }); };

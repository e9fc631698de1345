/** Founding, joining, signing in. */
export const entry = {
  'entry.login': 'Log in',
} as const;

const DAY = 86_400_000;

/** A moment as people say it: "today, 14:05", "yesterday, 22:10", "Sunday, 20:00" within a week, else the date. Times in ms. */
export function whenText(at: number, now: number, locale: string): string {
  const days = dayNumber(at) - dayNumber(now);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
  if (Math.abs(days) <= 1) return `${new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')}, ${time}`;
  if (days > 0 && days < 7) return `${new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(at)}, ${time}`;
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...(Math.abs(days) > 300 && { year: 'numeric' as const }) }).format(at);
}

/** Which local day a moment falls in; a day's length does not matter, so that clock changes do not either. */
function dayNumber(at: number): number {
  const date = new Date(at);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY);
}

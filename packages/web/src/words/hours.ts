/** Hours of a day, in minutes after midnight: from one, up to the other, over midnight where that is earlier. */
export interface Hours { from: number; to: number }

/** Whether a minute of the day lies in these hours. */
export const lies = (minute: number, { from, to }: Hours): boolean => (from < to ? minute >= from && minute < to : minute >= from || minute < to);

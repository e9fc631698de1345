/** How a picture lies in its frame: larger by `scale`, moved by so many px. */
export interface Zoom { scale: number; x: number; y: number }

/** All of it. */
export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
/** The closest that one can look. */
export const MOST = 6;

const clamp = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

/** `zoom` with another scale, so that the point (from the middle of the frame) stays where it is; never moved out of the frame. */
export function zoomTo({ scale, x, y }: Zoom, to: number, point: { x: number; y: number }, frame: { width: number; height: number }): Zoom {
  const next = Math.min(MOST, Math.max(1, to));
  if (next === 1) return WHOLE;
  const grown = next / scale;
  const beyond = (next - 1) / 2;
  return { scale: next, x: clamp(point.x - (point.x - x) * grown, frame.width * beyond), y: clamp(point.y - (point.y - y) * grown, frame.height * beyond) };
}

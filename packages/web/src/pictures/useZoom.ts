import { useRef, useState } from 'preact/hooks';
import { MOST, WHOLE, zoomTo } from './zoom.ts';

const STEP = 1.6;
/** A finger that moved so far to the side, and was not looking closer, turns the page. */
const SWIPE = 60;
const TWICE_MS = 320;

interface Point { x: number; y: number }
const between = (a: Point, b: Point) => ({ apart: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Looking closer with fingers, mouse, wheel or buttons; `turn` hears of a swipe: 1 to the left, -1 to the right. */
export function useZoom(turn: (to: 1 | -1) => void) {
  const [zoom, setZoom] = useState(WHOLE);
  const fingers = useRef(new Map<number, Point>()), start = useRef<Point | null>(null), tapped = useRef(0);
  const frameOf = (event: Event) => (event.currentTarget as HTMLElement).getBoundingClientRect();
  const inFrame = (event: Event, { x, y }: Point): Point => { const { left, top, width, height } = frameOf(event); return { x: x - left - width / 2, y: y - top - height / 2 }; };
  const by = (factor: number) => setZoom((now) => zoomTo(now, now.scale * factor, { x: 0, y: 0 }, { width: innerWidth, height: innerHeight }));
  const toggle = (event: MouseEvent) => { const point = inFrame(event, { x: event.clientX, y: event.clientY }), frame = frameOf(event); setZoom((now) => zoomTo(now, now.scale > 1 ? 1 : 2.5, point, frame)); };
  const onPointerDown = (event: PointerEvent) => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    start.current = fingers.current.size === 1 ? { x: event.clientX, y: event.clientY } : null;
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    const frame = frameOf(event);
    if (other) {
      const [was, is] = [between(before, other), between(now, other)];
      setZoom((held) => zoomTo(held, held.scale * (is.apart / Math.max(1, was.apart)), inFrame(event, is), frame));
    } else setZoom((held) => held.scale === 1 ? held : zoomTo({ ...held, x: held.x + now.x - before.x, y: held.y + now.y - before.y }, held.scale, { x: 0, y: 0 }, frame));
    fingers.current.set(event.pointerId, now);
  };
  const onPointerUp = (event: PointerEvent) => {
    const from = start.current;
    fingers.current.delete(event.pointerId);
    start.current = null;
    if (!from || event.pointerType === 'mouse') return;
    const aside = event.clientX - from.x;
    if (zoom.scale === 1 && Math.abs(aside) > SWIPE && Math.abs(aside) > 2 * Math.abs(event.clientY - from.y)) { turn(aside < 0 ? 1 : -1); return; }
    if (Math.hypot(aside, event.clientY - from.y) > 12) return;
    if (event.timeStamp - tapped.current < TWICE_MS) { tapped.current = 0; toggle(event); } else tapped.current = event.timeStamp;
  };
  const onPointerCancel = (event: PointerEvent) => { fingers.current.delete(event.pointerId); start.current = null; };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const point = inFrame(event, { x: event.clientX, y: event.clientY }), frame = frameOf(event);
    setZoom((now) => zoomTo(now, now.scale * Math.exp(-event.deltaY / 300), point, frame));
  };
  return {
    zoom, reset: () => setZoom(WHOLE), larger: () => by(STEP), smaller: () => by(1 / STEP), isLargest: zoom.scale >= MOST, isWhole: zoom.scale === 1,
    hands: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onWheel, onDblClick: (event: MouseEvent) => { if ((event as PointerEvent).pointerType !== 'touch') toggle(event); } },
  };
}

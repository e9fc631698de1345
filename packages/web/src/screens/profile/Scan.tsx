import { useEffect, useRef, useState } from 'preact/hooks';
import { Note } from '../../components/Note.tsx';
import { t } from './words.ts';

interface Detector { detect(from: HTMLVideoElement): Promise<{ rawValue: string }[]> }
type MakeDetector = new (how: { formats: string[] }) => Detector;
const made = (): MakeDetector | undefined => (globalThis as { BarcodeDetector?: MakeDetector }).BarcodeDetector;

const LOOK_MS = 200;

/** Whether this browser can read a code by its camera: it must know how, and browsers open it only at an address that they trust. */
export const canScan = (): boolean => made() !== undefined && isSecureContext && navigator.mediaDevices !== undefined;

/** Shows what the camera sees until a code was read; `onCode` hears each text that is in sight. */
export function Scan({ onCode }: { onCode: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let ended = false;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (detector: Detector): Promise<void> => {
      const codes = video.current ? await detector.detect(video.current).catch(() => []) : [];
      if (ended) return;
      for (const { rawValue } of codes) onCode(rawValue);
      timer = setTimeout(() => void look(detector), LOOK_MS);
    };
    const open = async (): Promise<void> => {
      const Detector = made()!;
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (ended || !video.current) { stop(); return; }
      video.current.srcObject = stream;
      await video.current.play();
      void look(new Detector({ formats: ['qr_code'] }));
    };
    const stop = () => { for (const track of stream?.getTracks() ?? []) track.stop(); };
    open().catch(() => { stop(); if (!ended) setFailed(true); });
    return () => { ended = true; clearTimeout(timer); stop(); };
  }, []);
  if (failed) return <Note kind="warn" alert>{t('meet.scan.none')}</Note>;
  return <video class="scan" ref={video} muted playsInline aria-label={t('meet.video')} />;
}

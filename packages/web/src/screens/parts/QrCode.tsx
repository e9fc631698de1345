import { useEffect, useState } from 'preact/hooks';
import type { QrPath } from '../invite/qr.ts';

/** A text as a QR code that keeps its place while the encoder is fetched. `label` says where it leads. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [code, setCode] = useState<QrPath | null>(null);
  useEffect(() => {
    let gone = false;
    void import('../invite/qr.ts').then(({ qrPath }) => { if (!gone) setCode(qrPath(text)); });
    return () => { gone = true; };
  }, [text]);
  const size = code?.size ?? 29;
  return (
    <div class="qr" role="img" aria-label={label}>
      <svg viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges" aria-hidden="true">{code ? <path d={code.path} fill="currentColor" /> : null}</svg>
    </div>
  );
}

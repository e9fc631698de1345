import { ApiError } from '@commonhold/sdk';
import { actsAs } from './client.ts';

/** How far a file is on its way: 0 to 1; 1 = all of it is with the house. */
export type OnProgress = (part: number) => void;

function problem({ status, responseText }: XMLHttpRequest): ApiError {
  let body: Record<string, unknown> = {};
  try { body = JSON.parse(responseText) as Record<string, unknown>; } catch { /* a page of something in between */ }
  return new ApiError(status, typeof body['code'] === 'string' ? body['code'] : `http_${status}`, typeof body['detail'] === 'string' ? body['detail'] : '');
}

/**
 * Sends a file, and tells how far it is: by XMLHttpRequest, since fetch does not tell. Answers what the house said with its 201. Throws
 * `ApiError`; `unreachable` too when `signal` ended it.
 */
export function sendFile<T>(file: Blob, to: string, { signal, onProgress }: { signal?: AbortSignal; onProgress: OnProgress }): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lost = () => reject(new ApiError(0, 'unreachable', ''));
    request.open('POST', to);
    request.setRequestHeader('content-type', 'application/octet-stream');
    const persona = actsAs();
    if (persona) request.setRequestHeader('commonhold-persona', persona);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = lost;
    request.onabort = lost;
    request.onload = () => {
      if (request.status !== 201) { reject(problem(request)); return; }
      try { resolve(JSON.parse(request.responseText) as T); } catch { lost(); }
    };
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** What a page of the app may load: only files of this house. */
export const PAGE_POLICY = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data: blob:",
  "connect-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"].join('; ');

/** Headers of every answer that is not the app: nothing may be loaded, framed, sniffed, shared or kept. */
export const API_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
});

/** Headers of the app's files. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
});

/** What browsers take only from an address they trust (https, or this machine); elsewhere they complain of it. */
export const TRUSTED_HEADERS: Readonly<Record<string, string>> = Object.freeze({ 'cross-origin-opener-policy': 'same-origin' });

/** The same headers as the flat list that node:http writes fastest. */
export const flat = (headers: Readonly<Record<string, string>>): string[] => Object.entries(headers).flat();

import ipaddr from 'ipaddr.js';
import type { SourceAddress } from '../domain/event.ts';

const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws|amazon)\.com(\.cn)?$/i;

/** sourceIPAddress holds an address, a service's name, `AWS Internal`, or whatever else somebody wrote there. */
export function readAddress(value: unknown): SourceAddress {
  const text = typeof value === 'string' ? value : '';
  // Only four plain decimals count as IPv4: ipaddr.js would also take octal and shortened forms.
  if (ipaddr.IPv4.isValidFourPartDecimal(text) && !/(^|\.)0\d/.test(text))
    return { is: 'ip', version: 4, text };
  if (text.includes(':') && ipaddr.IPv6.isValid(text)) return { is: 'ip', version: 6, text };
  if (/^AWS Internal/i.test(text)) return { is: 'aws-internal', text };
  return SERVICE.test(text) ? { is: 'service', text } : { is: 'unknown', text };
}

import { createHash } from 'node:crypto';
import type { AlertId } from '../domain/alert.ts';

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The same event gives the same id on every replica. 60 bits: 12 characters that can be read out over a phone. */
export function alertIdOf(account: string, eventKey: string): AlertId {
  const digest = createHash('sha256').update(account).update('\0').update(eventKey).digest();
  const letters = Array.from(digest.subarray(0, 12), (byte) => ALPHABET[byte % 32]);
  return `GW-${letters.join('')}`;
}

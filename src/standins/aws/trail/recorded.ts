import { type Input, type InputValue, small } from '../wire/input.ts';
import type { XmlValue } from '../wire/xml.ts';

const SECRETS = new Set([
  'AuthenticationCode1',
  'AuthenticationCode2',
  'Password',
  'SecretAccessKey',
  'ServicePassword',
]);

/** A call's parameters or answer as records show them: names begin small, secrets are left out; null for nothing. */
export function recorded(
  shape: Input | { readonly [name: string]: XmlValue },
): Record<string, unknown> | null {
  const fields = Object.entries(shape).filter(([name, value]) => value !== undefined && !SECRETS.has(name));
  if (fields.length === 0) return null;
  return Object.fromEntries(fields.map(([name, value]) => [small(name), recordedValue(name, value)]));
}

function recordedValue(name: string, value: InputValue | XmlValue): unknown {
  if (isList(value)) return value.map((one) => recordedValue('', one));
  if (typeof value === 'object') return recorded(value) ?? {};
  return name.endsWith('Date') || name === 'Expiration' ? spelledOut(String(value)) : value;
}

/** `Nov 24, 2026, 3:27:23 AM`: in records, dates of answers are as people write them. */
export function spelledOut(date: string): string {
  return DATE.format(new Date(date)).replaceAll('\u202f', ' ');
}

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

function isList(value: InputValue | XmlValue): value is readonly (InputValue | XmlValue)[] {
  return Array.isArray(value);
}

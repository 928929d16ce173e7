import ipaddr from 'ipaddr.js';
import type { Alert } from '../alert.ts';
import type { SourceAddress } from '../event.ts';
import { type Conditions, roleOf } from '../exception.ts';

/** One condition that an alert suggests, by a word that stands for it in a form. Its value is outside text. */
export interface ConditionChoice {
  choice: 'actor' | 'session' | 'user' | 'group' | 'account' | 'address' | 'block' | 'user-agent';
  condition: keyof Conditions;
  value: string;
}

/**
 * Everything of an alert that an exception can ask for, of two on the same thing the wider one first; none for a
 * record that nobody could read.
 */
export function conditionChoices({ cause }: Alert): ConditionChoice[] {
  if (cause.is !== 'match') return [];
  const { event, subject, object } = cause;
  const { actor, account, sourceAddress, userAgent } = event;
  const role = roleOf(actor.arn);
  const suggested: [ConditionChoice['choice'], keyof Conditions, string | undefined][] = [
    ['actor', 'actor', role ?? actor.arn ?? (actor.name === 'unknown' ? undefined : actor.name)],
    ['session', 'actor', role && actor.arn],
    ['user', 'user', subject],
    ['group', 'group', object],
    ['account', 'account', account === 'unknown' ? undefined : account],
    ['block', 'source', blockAround(sourceAddress)],
    ['address', 'source', sourceAddress.is === 'ip' ? sourceAddress.text : undefined],
    ['user-agent', 'userAgent', userAgent === undefined ? undefined : anyVersion(userAgent)],
  ];
  return suggested.flatMap(([choice, condition, value]) =>
    value === undefined ? [] : [{ choice, condition, value }],
  );
}

/** The conditions that were chosen, all of which must hold: of two on the same thing the narrower one says it all. */
export function chosenConditions(choices: readonly ConditionChoice[], chosen: readonly string[]): Conditions {
  const given = choices.filter(({ choice }) => chosen.includes(choice));
  return Object.fromEntries(given.map(({ condition, value }) => [condition, value]));
}

/** A /24 or a /64: what one site usually has. */
function blockAround({ is, text }: SourceAddress): string | undefined {
  if (is !== 'ip') return undefined;
  const address = ipaddr.process(text);
  return address.kind() === 'ipv4'
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/24`)}/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}/64`;
}

/** Versions change with every update, so `*` stands for them; `x86_64` and `v2` are no versions of their own. */
function anyVersion(userAgent: string): string {
  return userAgent.replaceAll(/(?<!\w)\d[\w.+-]*/g, '*').replaceAll(/\*+/g, '*');
}

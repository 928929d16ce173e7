import type { Grant, Reason } from '../policy/policy.ts';
import type { Signal } from './signal.ts';

/** As much as a card can hold; the guide lists the rest. */
const MOST = 3;

/** Why a group's verdict is what it is, by its own statements; undefined when no group has this verdict. */
export function grantsEvidence(signals: readonly Signal[], is: Reason['is']): string | undefined {
  const reasons = signals.flatMap((signal) =>
    signal.is === 'grants' && signal.verdict.is === is
      ? signal.verdict.reasons.filter((reason) => reason.is === is)
      : [],
  );
  if (reasons.length === 0) return undefined;
  const more = reasons.length - MOST;
  return [...reasons.slice(0, MOST).map(inWords), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function inWords({ what, grants, conditional }: Reason): string {
  const [first] = grants;
  const by = first ? `: ${grantInWords(first)}` : '';
  return `${what}${by}${conditional ? ' (under a condition only)' : ''}`;
}

/** `iam:* on * by Admins, statement 2, if aws:MultiFactorAuthPresent`: statements as people count them, from 1. */
export function grantInWords({ policy, statement, sid, action, resource, conditions, byArn }: Grant): string {
  const where = byArn ? 'known by its ARN' : sid ? `statement ${sid}` : `statement ${statement + 1}`;
  const when = conditions.length > 0 ? `, if ${conditions.join(', ')}` : '';
  return `${action} on ${resource} by ${policy.name}, ${where}${when}`;
}

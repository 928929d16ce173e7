import type { Alert } from '../../domain/alert.ts';
import type { Actor, CloudTrailEvent, SourceAddress } from '../../domain/event.ts';
import { code, join, type Mrkdwn, mrkdwn, prose } from '../text.ts';

/** What the record says about who, how and from where, as fields of a card. */
export function factFields(event: CloudTrailEvent, environment?: Alert['environment']): Mrkdwn[] {
  return [
    mrkdwn`*Actor*\n${actorFact(event.actor)}`,
    mrkdwn`*Multi-factor authentication*\n${mfaFact(event.actor)}`,
    mrkdwn`*Access key*\n${event.actor.accessKeyId ? code(event.actor.accessKeyId, 40) : 'none in the record'}`,
    mrkdwn`*From*\n${addressFact(event.sourceAddress)}`,
    mrkdwn`*By*\n${originFact(event)}`,
    mrkdwn`*Account and Region*\n${environment ? mrkdwn`${prose(environment.name, 60)}${importance(environment)} ` : ''}${code(event.account, 20)} ${code(event.region, 30)}`,
  ];
}

const importance = ({ criticality }: NonNullable<Alert['environment']>): string =>
  criticality === 'normal' ? '' : ` (criticality ${criticality})`;

const TYPES = new Map([
  ['Root', 'root user'],
  ['IAMUser', 'IAM user'],
  ['AssumedRole', 'role session'],
  ['Role', 'role'],
  ['FederatedUser', 'federated user'],
  ['SAMLUser', 'SAML user'],
  ['WebIdentityUser', 'web identity'],
  ['IdentityCenterUser', 'Identity Center user'],
  ['AWSAccount', 'another account'],
  ['AWSService', 'AWS service'],
  ['Directory', 'directory user'],
  ['Unknown', 'not told by AWS'],
]);

function actorFact({ type, name, human, invokedBy }: Actor): Mrkdwn {
  return join(
    [
      mrkdwn`${code(name, 128)} (${prose(TYPES.get(type) ?? type, 40)})`,
      human &&
        mrkdwn`${human.by === 'sourceIdentity' ? 'source identity' : 'session name'} ${code(human.name, 128)}`,
      invokedBy !== undefined && mrkdwn`called by ${code(invokedBy, 80)}`,
    ],
    '\n',
  );
}

function mfaFact({ mfa, type }: Actor): Mrkdwn {
  if (mfa === true) return mrkdwn`yes`;
  if (mfa === false) return mrkdwn`*no*`;
  return type === 'IAMUser' ? mrkdwn`not stated: a long-term key, as a rule` : mrkdwn`not stated`;
}

function addressFact({ is, text }: SourceAddress): Mrkdwn {
  if (is === 'ip') return code(text);
  if (is === 'service') return mrkdwn`the service ${code(text)}`;
  if (is === 'aws-internal')
    return mrkdwn`${code(text)}: the console's own address, see ConsoleLogin for the person's`;
  return text ? mrkdwn`${code(text, 100)}, not an address` : mrkdwn`not in the record`;
}

function originFact({ fromConsole, userAgent }: CloudTrailEvent): Mrkdwn {
  const agent = userAgent === undefined ? mrkdwn`no user agent` : code(userAgent, 120);
  return fromConsole ? mrkdwn`AWS console, ${agent}` : agent;
}

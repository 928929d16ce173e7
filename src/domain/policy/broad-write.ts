import { accessOf } from './access.ts';
import { isExact } from './glob.ts';
import { type Found, grantsFor, type Need, needOf } from './grants.ts';
import type { Permissions } from './permissions.ts';
import type { Reason } from './policy.ts';
import { isBlanket, isWide, isWideScope } from './reach.ts';
import { reasonOf } from './reason.ts';

/** Services where writing does harm by itself: to data, to what runs, to who may do what, to what is watched. */
const SENSITIVE = [
  ...['backup', 'dynamodb', 'ecr', 'kms', 'rds', 'redshift', 's3', 'secretsmanager'],
  ...['cloudformation', 'ec2', 'ecs', 'eks', 'lambda', 'route53', 'ssm'],
  ...['cognito-idp', 'iam', 'identitystore', 'organizations', 'sso'],
  ...['cloudtrail', 'config', 'guardduty', 'logs', 'securityhub'],
];

/** Verbs that change things. */
const WRITING = ['add', 'create', 'delete', 'modify', 'put', 'remove', 'run', 'set', 'update', 'write'];

/** So many services written to make any access broad. */
const SEVERAL = 3;

/** So many of a service's writing actions, one by one, are as good as a wildcard. */
const MANY_BY_NAME = 10;

/**
 * Broad write access. A service is written to as a whole when a grant takes in every action of one of the writing
 * verbs (`s3:*`, `s3:Put*`), or ten writing actions by name, on all of the service or of a kind (`*`, `…:table/*`).
 * It is broad when that is so for a sensitive service, or for three services of any kind. `*` and NotAction give all
 * services: that is one reason, unless refusals leave less than half of the sensitive ones.
 */
export function broadWriteReasons(held: Permissions): Reason[] {
  const written = new Map<string, Found[]>();
  for (const service of servicesOf(held)) {
    const found = writesTo(service, held);
    if (found.length > 0) written.set(service, found);
  }
  const blanket = [...written.values()]
    .map((found) => found.filter(isBlanket))
    .filter(({ length }) => length);
  if (blanket.length * 2 > SENSITIVE.length) {
    const what = 'writes to every service that it does not leave out';
    return [reasonOf({ is: 'broad-write', id: 'write: every service', what }, [blanket.flat()])];
  }
  const sensitive = [...written].filter(([service]) => SENSITIVE.includes(service));
  const reasons = sensitive.map(([service, found]) =>
    reasonOf({ is: 'broad-write', id: `write: ${service}`, what: `writes to all of ${service}` }, [found]),
  );
  const others = [...written].filter(([service]) => !SENSITIVE.includes(service));
  if (others.length === 0 || written.size < SEVERAL) return reasons;
  const names = others.map(([service]) => service).sort();
  const what = `writes to all of ${names.join(', ')}`;
  const found = others.map(([, each]) => each);
  return [...reasons, reasonOf({ is: 'broad-write', id: 'write: several services', what }, found)];
}

/** Those that a wide grant names, and the sensitive ones where a grant names none. */
function servicesOf({ byService, general }: Permissions): Set<string> {
  const named = [...byService].filter(([, entries]) =>
    entries.some(
      ({ action, parts }) => action && parts.some(isWideScope) && accessOf(action.written) === 'write',
    ),
  );
  return new Set([...(general.length > 0 ? SENSITIVE : []), ...named.map(([service]) => service)]);
}

function writesTo(service: string, held: Permissions): Found[] {
  const named = (held.byService.get(service) ?? []).flatMap(({ action }) => action ?? []);
  if (held.general.length > 0 || !named.every(isExact)) {
    const whole: Found[] = [];
    for (const need of needsOf(service)) {
      whole.push(...grantsFor(need, held).filter(isWide));
      // The other verbs come from the same statement.
      if (whole.some(isBlanket)) break;
    }
    if (whole.length > 0) return whole;
  }
  const byName = named.filter((action) => isExact(action) && accessOf(action.written) === 'write');
  const different = new Set(byName.map(({ text }) => text));
  if (different.size < MANY_BY_NAME) return [];
  const given = [...different].map((text) => grantsFor(needOf(text), held).filter(isWide));
  const open = given.filter(({ length }) => length > 0);
  return open.length >= MANY_BY_NAME ? open.flat() : [];
}

const SENSITIVE_NEEDS = new Map(SENSITIVE.map((service) => [service, wholeNeeds(service)]));

function needsOf(service: string): Need[] {
  return SENSITIVE_NEEDS.get(service) ?? wholeNeeds(service);
}

function wholeNeeds(service: string): Need[] {
  return WRITING.map((verb) => needOf(`${service}:${verb}*`));
}

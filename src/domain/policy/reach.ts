import { actionGlob, covers, isEverything, resourceGlob } from './glob.ts';
import type { Found } from './grants.ts';
import { type Scope, takesIn, touches } from './scope.ts';

/** A grant over every service (`*`, or NotAction), rather than one that names what it gives. */
export function isBlanket({ entry: { action } }: Found): boolean {
  return action === undefined || isEverything(action);
}

/** A grant over nothing but what belongs to whoever calls. */
export function isOwnOnly({ on }: Found): boolean {
  return on.is === 'only' && on.globs.every(({ written }) => /\$\{aws:(username|userid)\b/i.test(written));
}

/** A wide grant that no refusal and no boundary keeps to less. */
export function isWide({ on, curbed, limits }: Found): boolean {
  return !curbed && isWideScope(on) && (limits?.some(({ resources }) => isWideScope(resources)) ?? true);
}

/**
 * All of a service, or all of a kind: `*`, `arn:aws:s3:::*`, `arn:aws:lambda:*:*:function:*`, all but some. Not one
 * resource or those of a name (`function:shop-*`), nor all that is in one bucket.
 */
export function isWideScope(on: Scope): boolean {
  return on.is === 'all-but' || on.globs.some((glob) => isEverything(glob) || isWideArn(glob.written));
}

function isWideArn(written: string): boolean {
  // A variable stands for one value: it names something.
  const [, , service, , , ...rest] = written.replace(/\$\{[^}]*\}/g, 'x').split(':');
  if (rest.length === 0) return written.endsWith('*');
  const name = rest.join(':');
  const kind = service === 's3' ? '' : (/^\/?[\w-]+[/:]/.exec(name)?.[0] ?? '');
  return name.startsWith('*') || name.startsWith('*', kind.length);
}

const IAM_ACTIONS = actionGlob('iam:*');
const IAM = resourceGlob('arn:aws:iam::*:*');
const IAM_OF_ONE_ACCOUNT = /^arn:aws[\w-]*:iam::\d+:\*$/;

/** A grant of all of IAM's actions, on all of IAM, but for a few that are spared. */
export function isAllOfIam({ entry, on, curbed, limits }: Found): boolean {
  const given = entry.action ? covers(entry.action, IAM_ACTIONS) : hasIamActions(entry.statement.actions);
  const limited = limits?.some(({ actions, resources }) => hasIamActions(actions) && hasIam(resources));
  return given && hasIam(on) && !curbed && (limited ?? true);
}

function hasIamActions(actions: Scope): boolean {
  return actions.is === 'only' ? takesIn(actions, IAM_ACTIONS) : touches(actions, IAM_ACTIONS);
}

function hasIam(on: Scope): boolean {
  return on.is === 'all-but'
    ? touches(on, IAM)
    : on.globs.some((glob) => covers(glob, IAM) || IAM_OF_ONE_ACCOUNT.test(glob.written));
}

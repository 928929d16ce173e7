import { covers, isEverything, resourceGlob } from './glob.ts';
import type { Found } from './grants.ts';
import { type Scope, touches } from './scope.ts';

/** A grant over every service (`*`, or NotAction), rather than one that names what it gives. */
export function isBlanket({ entry: { action } }: Found): boolean {
  return action === undefined || isEverything(action);
}

/** A grant over nothing but what belongs to whoever calls. */
export function isOwnOnly({ on }: Found): boolean {
  return on.is === 'only' && on.globs.every(({ written }) => /\$\{aws:(username|userid)\b/i.test(written));
}

/**
 * A grant over all of a service, or all of a kind: `*`, `arn:aws:s3:::*`, `arn:aws:lambda:*:*:function:*`, all but
 * some. Not over one resource or those of a name (`function:shop-*`), nor over all that is in one bucket.
 */
export function isWide({ on }: Found): boolean {
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

const IAM = resourceGlob('arn:aws:iam::*:*');
const IAM_OF_ONE_ACCOUNT = /^arn:aws[\w-]*:iam::\d+:\*$/;

/** True when the resources take in all of IAM, but for a few that are spared. */
export function isAllOfIam(on: Scope): boolean {
  return on.is === 'all-but'
    ? touches(on, IAM)
    : on.globs.some((glob) => covers(glob, IAM) || IAM_OF_ONE_ACCOUNT.test(glob.written));
}

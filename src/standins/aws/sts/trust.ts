import type { Holder } from '../holder.ts';
import { arnIn, type Home } from '../home.ts';
import { arnOf } from '../iam/iam.ts';
import { applies } from '../policy/decide.ts';
import { statementsOf } from '../policy/document.ts';
import type { Context, Statement } from '../policy/statement.ts';

/** How a trust policy takes a caller: by its own name, by its account (which must then allow it, too), or not. */
export type Trust = 'named' | 'account' | 'none';

/** What the trust policy says of this caller and these conditions; a deny wins. */
export function trustOf(
  document: string,
  action: 'sts:AssumeRole' | 'sts:SetSourceIdentity',
  caller: { home: Home; holder: Holder; arn: string },
  context: Context,
): Trust {
  const statements = statementsOf(document, 'trust').filter((one) =>
    applies(one, { action, resource: '*', context }),
  );
  const ways = (effect: Statement['effect']) =>
    statements.filter((one) => one.effect === effect).map((one) => wayOf(one, caller));
  if (ways('Deny').some((way) => way !== 'none')) return 'none';
  const allowed = ways('Allow');
  if (allowed.includes('named')) return 'named';
  return allowed.includes('account') ? 'account' : 'none';
}

function wayOf({ principals }: Statement, { home, holder, arn }: Parameters<typeof trustOf>[2]): Trust {
  const listed = principals?.by.AWS ?? [];
  const own = [arn, holder.is === 'role' ? arnOf(home, 'Role', holder.role) : arn];
  const root = [home.accountId, arnIn(home, 'iam', 'root')];
  const named = listed.some((one) => one === '*' || own.includes(one));
  const account = listed.some((one) => root.includes(one));
  if (principals?.not) return named || account ? 'none' : 'named';
  if (named) return 'named';
  return account ? 'account' : 'none';
}

import { identify } from '../callers.ts';
import type { Estate } from '../estate.ts';
import { callContext, judge } from '../permission.ts';
import { jsonAnswer, Refusal } from '../wire/answer.ts';
import type { Call, Operation } from '../wire/call.ts';
import { fieldsOf, parsedOf } from '../wire/json.ts';

/** AWS's own, which is also its most. */
const PAGE = 20;

/** The accounts of the organization, in pages; answers the management account only. */
export const listAccounts: Operation = (estate, call) => {
  permit(estate, call);
  const input = fieldsOf(parsedOf(call.body));
  const { members, tokens, knobs } = estate;
  const size = Math.min(PAGE, Number(input.MaxResults ?? PAGE), knobs.pageSize);
  const position = tokens.read(input);
  const next = position + size;
  const accounts = [...members].map(([id, name]) => accountOf(estate, id, name));
  return jsonAnswer({
    Accounts: accounts.slice(position, next),
    NextToken: next < accounts.length ? tokens.issue(next, input) : undefined,
  });
};

function accountOf({ home, account }: Estate, id: string, name: string) {
  const organization = `arn:${home.partition}:organizations::${home.accountId}`;
  return {
    Id: id,
    Arn: `${organization}:account/o-standin/${id}`,
    Email: `${id}@example.com`,
    Name: name,
    State: account(id)?.suspended ? 'SUSPENDED' : 'ACTIVE',
    JoinedMethod: 'CREATED',
    JoinedTimestamp: 1_700_000_000,
  };
}

function permit(estate: Estate, call: Call): void {
  const { arn, holder } = identify(estate, call);
  const action = 'organizations:ListAccounts';
  const [management] = estate.members.keys();
  const context = callContext({ ...call, at: estate.clock() });
  const isAllowed =
    !estate.knobs.enforcePermissions ||
    judge(estate, holder, { action, resource: '*', context }).is !== 'denied';
  if (estate.home.accountId === management && isAllowed) return;
  throw new Refusal(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${action}, or the account is neither the management account nor a delegated administrator`,
  );
}

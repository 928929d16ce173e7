import { Refusal } from './answer.ts';
import type { Estate } from './estate.ts';
import { groupShape, userShape } from './iam-shapes.ts';
import { IAM_WRITES, type IamWrite, writeIam } from './iam-writes.ts';
import { textOf } from './json.ts';
import { type Query, required } from './query-operation.ts';

/** IAM's operations by name. Reads come in one page. */
export const IAM_OPERATIONS: Record<string, Query> = {
  ...Object.fromEntries(IAM_WRITES.map((write) => [write, writing(write)])),
  GetUser: ({ directory, home }, { form, caller }) => {
    const name = form.get('UserName') ?? textOf(caller.userIdentity.userName) ?? required(form, 'UserName');
    return { User: userShape(home, directory.find('user', name)) };
  },
  GetGroup: ({ directory, home }, { form }) => {
    const name = required(form, 'GroupName');
    return {
      Group: groupShape(home, directory.find('group', name)),
      Users: directory.membersOf(name).map((user) => userShape(home, user)),
      IsTruncated: false,
    };
  },
  ListGroupsForUser: ({ directory, home }, { form }) => ({
    Groups: directory.groupsOf(required(form, 'UserName')).map((group) => groupShape(home, group)),
    IsTruncated: false,
  }),
};

const NEEDS: Record<IamWrite, ('UserName' | 'GroupName')[]> = {
  CreateUser: ['UserName'],
  CreateGroup: ['GroupName'],
  AddUserToGroup: ['UserName', 'GroupName'],
  RemoveUserFromGroup: ['UserName', 'GroupName'],
};

function writing(write: IamWrite): Query {
  return (estate: Estate, { form, caller, requestId }) => {
    const names = NEEDS[write].map((name) => [small(name), checked(name, required(form, name))]);
    const path = form.get('Path');
    const parameters = Object.fromEntries(path ? [...names, ['path', path]] : names);
    const { answer, refusal } = writeIam(estate, {
      write,
      parameters,
      by: caller,
      at: estate.clock(),
      requestId,
    });
    if (refusal) throw refusal;
    return answer;
  };
}

/** Names: 64 characters for a user, 128 for a group, of `\w+=,.@-`. */
function checked(field: 'UserName' | 'GroupName', name: string): string {
  if (/^[\w+=,.@-]+$/.test(name) && name.length <= (field === 'UserName' ? 64 : 128)) return name;
  throw new Refusal('ValidationError', `The specified value for ${small(field)} is invalid.`);
}

function small(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

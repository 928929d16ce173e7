import { iamUser } from '../actors.ts';
import type { Estate } from '../estate.ts';
import type { Holder } from '../holder.ts';
import { callIam } from '../iam/call-iam.ts';
import { findUser } from '../iam/iam.ts';
import type { Shape } from '../iam/operation.ts';
import { identityOf } from '../identity.ts';
import type { Session } from '../keys.ts';
import { permitIam } from '../permission.ts';
import type { Input } from '../wire/input.ts';
import { fieldsOf, textOf } from '../wire/json.ts';
import { denialsOff, everythingOff } from './dismantling.ts';
import { openRoleSession, openUserSession } from './sessions.ts';

/**
 * Somebody with a user's credentials who fights back. Every act is recorded as that user's. They succeed whatever
 * the policies say, as in the seconds before a deny takes hold, unless `checked` asks for permission as IAM sees it.
 */
export interface Attacker {
  /** Takes off every policy and boundary that denies everything; gives how many. */
  detachDeny(): number;
  /** A new access key's id; when there are two, an inactive one goes for it, or else the oldest. */
  mintKey(): string;
  /** Switches the user's access keys on again. */
  activateKeys(): void;
  /** A console password, whether there was one or not. */
  setPassword(password: string): void;
  /** Another user of the same name, with another UserId and nothing else. */
  recreateUser(): void;
  deleteUser(): void;
  joinGroup(group: string): void;
  leaveGroup(group: string): void;
  attachPolicy(arn: string): void;
  putPolicy(name: string, document: object): void;
  removeBoundary(): void;
  /** A service-specific credential's id. */
  mintServiceCredential(service?: string): string;
  createUser(name: string): void;
  /** Credentials of GetSessionToken. */
  openSession(options?: { mfa?: boolean; seconds?: number }): Session;
  assumeRole(role: string): Session;
  /** Any other write. Throws what IAM refuses. */
  call(action: string, input: Input): Shape;
}

/** Who holds the user's credentials. */
export function attackerAs(estate: Estate, userName: string, { checked = false } = {}): Attacker {
  const { iam } = estate;
  const me = () => findUser(iam.now, userName);
  const call = (action: string, input: Input) => act(estate, userName, action, input, checked);
  const mine = (action: string, input: Input = {}) => call(action, { UserName: userName, ...input });
  const attacker: Attacker = {
    call,
    detachDeny() {
      const undo = denialsOff(iam.now, me());
      for (const { action, input } of undo) mine(action, input);
      return undo.length;
    },
    mintKey() {
      const keys = me().credentials.filter(({ kind }) => kind === 'accessKey');
      const given = keys.find(({ status }) => status === 'Inactive') ?? keys[0];
      if (keys.length > 1) mine('DeleteAccessKey', { AccessKeyId: given?.id });
      return textOf(fieldsOf(mine('CreateAccessKey').AccessKey).AccessKeyId) ?? '';
    },
    activateKeys() {
      for (const { kind, id } of me().credentials)
        if (kind === 'accessKey') mine('UpdateAccessKey', { AccessKeyId: id, Status: 'Active' });
    },
    setPassword: (Password) =>
      void mine(me().login ? 'UpdateLoginProfile' : 'CreateLoginProfile', { Password }),
    recreateUser() {
      attacker.deleteUser();
      mine('CreateUser');
    },
    deleteUser() {
      for (const { action, input } of everythingOff(me())) mine(action, input);
      mine('DeleteUser');
    },
    joinGroup: (GroupName) => void mine('AddUserToGroup', { GroupName }),
    leaveGroup: (GroupName) => void mine('RemoveUserFromGroup', { GroupName }),
    attachPolicy: (PolicyArn) => void mine('AttachUserPolicy', { PolicyArn }),
    putPolicy: (PolicyName, document) =>
      void mine('PutUserPolicy', { PolicyName, PolicyDocument: JSON.stringify(document) }),
    removeBoundary: () => void mine('DeleteUserPermissionsBoundary'),
    mintServiceCredential: (ServiceName = 'bedrock.amazonaws.com') =>
      textOf(
        fieldsOf(mine('CreateServiceSpecificCredential', { ServiceName }).ServiceSpecificCredential)
          .ServiceSpecificCredentialId,
      ) ?? '',
    createUser: (name) => void call('CreateUser', { UserName: name }),
    openSession: (options) => openUserSession(estate, { user: userName, ...options }),
    assumeRole: (role) => openRoleSession(estate, { role, by: { user: userName } }),
  };
  return attacker;
}

function act(estate: Estate, userName: string, action: string, input: Input, checked: boolean): Shape {
  const { iam, clock } = estate;
  const at = clock();
  const keys = iam.now.users.get(userName)?.credentials.filter(({ kind }) => kind === 'accessKey');
  const actor = iamUser(userName, { accessKeyId: keys?.find(({ status }) => status === 'Active')?.id });
  const user = iam.seen.users.get(userName);
  const holder: Holder = user ? { is: 'user', user } : { is: 'invalid' };
  const caller = { actor, holder, arn: String(identityOf(estate, actor, at).arn) };
  const permit = checked ? permitIam(estate, caller, action) : undefined;
  const { answer, refusal } = callIam(estate, { action, input, by: actor, at, permit });
  if (refusal) throw refusal;
  return answer;
}

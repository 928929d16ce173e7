import { Refusal } from '../wire/answer.ts';
import { optional, text } from '../wire/input.ts';
import type { Login, User } from './entities.ts';
import { type IamOperations, list, read, type Shape, write } from './operation.ts';
import { QUOTA, roomFor } from './quotas.ts';
import { alreadyExists, noSuchEntity } from './refusals.ts';
import { isoSeconds } from './shapes.ts';
import { onUser } from './target.ts';
import { theUser } from './users.ts';

/** Passwords and second factors. */
export const SIGN_IN_OPERATIONS: IamOperations = {
  GetLoginProfile: read(['UserName?'], onUser, (ground) => ({ LoginProfile: loginShape(theUser(ground)) })),
  CreateLoginProfile: write(['UserName', 'Password'], onUser, (ground) => {
    const user = theUser(ground);
    if (user.login) throw alreadyExists(`Login Profile for user ${user.name}`);
    const login = {
      password: goodPassword(text(ground.input, 'Password')),
      resetRequired: ground.input.PasswordResetRequired === true,
      createdAt: ground.at,
    };
    ground.iam.users.put(user.name, { ...user, login });
    return { LoginProfile: loginShape({ ...user, login }) };
  }),
  UpdateLoginProfile: write(['UserName'], onUser, (ground) => {
    const user = theUser(ground);
    const { password, resetRequired, createdAt } = theLogin(user);
    const wanted = optional(ground.input, 'Password');
    const reset = ground.input.PasswordResetRequired;
    const login = {
      password: wanted === undefined ? password : goodPassword(wanted),
      resetRequired: typeof reset === 'boolean' ? reset : resetRequired,
      createdAt,
    };
    ground.iam.users.put(user.name, { ...user, login });
  }),
  DeleteLoginProfile: write(['UserName?'], onUser, (ground) => {
    const user = theUser(ground);
    theLogin(user);
    ground.iam.users.put(user.name, { ...user, login: undefined });
  }),
  ListMFADevices: list('MFADevices', ['UserName?'], onUser, (ground) => {
    const { name, mfa } = theUser(ground);
    return mfa.map(({ serial, enabledAt }) => ({
      UserName: name,
      SerialNumber: serial,
      EnableDate: isoSeconds(enabledAt),
    }));
  }),
  EnableMFADevice: write(
    ['UserName', 'SerialNumber', 'AuthenticationCode1', 'AuthenticationCode2'],
    onUser,
    (ground) => {
      const { input, iam, view } = ground;
      const user = theUser(ground);
      const serial = text(input, 'SerialNumber');
      const codes = [text(input, 'AuthenticationCode1'), text(input, 'AuthenticationCode2')];
      if (codes[0] === codes[1] || !codes.every((code) => /^\d{6}$/.test(code)))
        throw new Refusal('InvalidAuthenticationCode', 'Authentication code for device is not valid', 403);
      if (view.users.all().some(({ mfa }) => mfa.some((one) => one.serial === serial)))
        throw alreadyExists(`MFA device ${serial}`);
      roomFor(user.mfa.length, QUOTA.mfaDevices, 'MFADevicesPerUser');
      iam.users.put(user.name, { ...user, mfa: [...user.mfa, { serial, enabledAt: ground.at }] });
    },
  ),
  DeactivateMFADevice: write(['UserName', 'SerialNumber'], onUser, (ground) => {
    const user = theUser(ground);
    const serial = text(ground.input, 'SerialNumber');
    const mfa = user.mfa.filter((one) => one.serial !== serial);
    if (mfa.length === user.mfa.length) throw noSuchEntity(`MFA Device invalid for user: ${serial}`);
    ground.iam.users.put(user.name, { ...user, mfa });
  }),
};

function theLogin(user: User): Login {
  if (user.login) return user.login;
  throw noSuchEntity(`Login Profile for User ${user.name} cannot be found.`);
}

function loginShape(user: User): Shape {
  const { createdAt, resetRequired } = theLogin(user);
  return { UserName: user.name, CreateDate: isoSeconds(createdAt), PasswordResetRequired: resetRequired };
}

/** The account has no policy of its own, so AWS's: docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html */
function goodPassword(password: string): string {
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
  if (password.length >= 8 && kinds >= 3) return password;
  throw new Refusal('PasswordPolicyViolation', 'Password does not conform to the account password policy.');
}

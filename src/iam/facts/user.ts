import {
  GetLoginProfileCommand,
  GetUserCommand,
  type IAMClient,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  type Tag,
} from '@aws-sdk/client-iam';
import type { MfaDevice, Password, UserIdentity, UserOutline } from '../../domain/facts.ts';
import { listings } from './listing.ts';
import { given } from './pages.ts';
import type { Counted, MakeReading, Reading } from './reading.ts';

/** How a user is read, as far as a card needs it. */
export interface UserReadings {
  identity: Reading<UserIdentity>;
  groups: Reading<string[]>;
  mfa: Reading<MfaDevice[]>;
  password: Reading<Password | null>;
}

/** One call to each of these, as their lists fit one page. */
export function userReadings(client: IAMClient, reading: MakeReading): UserReadings {
  const list = listings(reading);
  return {
    identity: reading<UserIdentity>({
      permission: 'iam:GetUser',
      load: async ([UserName], send) => {
        const { User } = await send((options) => client.send(new GetUserCommand({ UserName }), options));
        return {
          name: given(User?.UserName, 'UserName'),
          id: given(User?.UserId, 'UserId'),
          arn: given(User?.Arn, 'Arn'),
          path: User?.Path ?? '/',
          createdAt: given(User?.CreateDate, 'CreateDate').getTime(),
          passwordLastUsed: User?.PasswordLastUsed?.getTime(),
          boundary: User?.PermissionsBoundary?.PermissionsBoundaryArn,
          tags: tagsOf(User?.Tags),
        };
      },
    }),
    groups: list(
      'iam:ListGroupsForUser',
      (UserName, Marker, options) => client.send(new ListGroupsForUserCommand({ UserName, Marker }), options),
      ({ Groups }) => Groups?.map(({ GroupName }) => given(GroupName, 'GroupName')),
    ),
    mfa: list(
      'iam:ListMFADevices',
      (UserName, Marker, options) => client.send(new ListMFADevicesCommand({ UserName, Marker }), options),
      ({ MFADevices }) =>
        MFADevices?.map((device) => ({
          ...kindOf(given(device.SerialNumber, 'SerialNumber')),
          enabledAt: given(device.EnableDate, 'EnableDate').getTime(),
        })),
    ),
    password: reading<Password | null>({
      permission: 'iam:GetLoginProfile',
      load: async ([UserName], send) => {
        const command = new GetLoginProfileCommand({ UserName });
        const { LoginProfile } = await send((options) => client.send(command, options));
        return {
          createdAt: given(LoginProfile?.CreateDate, 'CreateDate').getTime(),
          mustBeChanged: LoginProfile?.PasswordResetRequired ?? false,
        };
      },
      // IAM says NoSuchEntity of a user without a password.
      absent: null,
    }),
  };
}

/** The card's facts about a user, by one call each. */
export async function userOutline(
  user: string,
  readings: UserReadings,
  asking: Counted,
): Promise<UserOutline> {
  const [identity, mfa, password] = await Promise.all([
    readings.identity([user], asking),
    readings.mfa([user], asking),
    readings.password([user], asking),
  ]);
  // Without a user, "no password" was no answer.
  return { user, identity, mfa, password: identity.is === 'gone' ? identity : password };
}

/** Tags as they are written. */
export const tagsOf = (tags: Tag[] | undefined): Record<string, string> =>
  Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));

/** Virtual devices and passkeys have ARNs (`…:mfa/`, `…:u2f/`), hardware its number. */
function kindOf(serial: string): Pick<MfaDevice, 'serial' | 'kind'> {
  const kind = /:u2f\//.test(serial) ? 'passkey' : /:mfa\//.test(serial) ? 'virtual' : 'hardware';
  return { serial, kind };
}

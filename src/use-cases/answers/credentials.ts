import { activityIn } from '../../domain/activity.ts';
import { type Sentence, say, strong, utc } from '../../domain/answer.ts';
import type { AccessKey, UserFacts } from '../../domain/facts.ts';
import { DAY, spanInWords } from '../../domain/time.ts';
import { askingOf, type FindAnswer, type FindNeeds, KEPT } from './finder.ts';
import { type Gaps, gaps } from './gaps.ts';
import { whoseActor } from './whose.ts';

/** Every credential of the added user with age, last use and state; and what the actor made in a day around it. */
export const findCredentials =
  ({ facts, activityOf, clock }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, subject } = about;
    const found = gaps();
    const user = subject === undefined ? undefined : await facts.userFacts(subject, askingOf(about, asked));
    const now = clock.now();
    const rows = user ? rowsOf(user, found, now) : [];
    const made = await found.trail('what the actor made', asked.signal, async () => {
      const window = {
        start: Math.max(event.time - DAY, now - KEPT),
        end: Math.min(event.time + DAY, now),
      };
      const done = await activityOf(whoseActor(event.actor), window, asked);
      return activityIn(done.events, { from: done.from, to: window.end }).made;
    });
    const active = rows.filter(([, , state]) => state === 'Active').length;
    return {
      at: found.asOf(now),
      source: 'IAM, CloudTrail',
      short: [
        subject === undefined
          ? say`The record names no user`
          : say`${strong(active)} of ${rows.length} credentials of the user work`,
        ...(made ? [madeSentence(made.length)] : []),
      ],
      more: [],
      table: {
        columns: ['Credential', 'Id', 'State', 'Age', 'Last use (UTC)'],
        rows: [
          ...rows,
          ...(made ?? []).map(({ at, call, name }) => [
            'made by the actor',
            call,
            name ?? '-',
            `${spanInWords(now - at)}`,
            utc(at),
          ]),
        ],
      },
      missing: found.missing,
    };
  };

const madeSentence = (count: number): Sentence =>
  count === 0
    ? say`The actor made no user or credential in the day before and after`
    : say`The actor made ${strong(count)} users or credentials in the day before and after`;

function rowsOf(user: UserFacts, found: Gaps, now: number): string[][] {
  const { user: of } = user;
  const aged = (at: number | undefined): string => (at === undefined ? '-' : spanInWords(now - at));
  const password = found.of(user.password, `whether ${of} has a password`);
  const identity = found.of(user.identity, `the user ${of}`);
  return [
    ...(password
      ? [['password', '-', 'Active', aged(password.createdAt), utc(identity?.passwordLastUsed)]]
      : []),
    ...(found.of(user.accessKeys, `the access keys of ${of}`) ?? []).map((key) => [
      'access key',
      key.id,
      key.status,
      aged(key.createdAt),
      lastUse(key, found),
    ]),
    ...(found.of(user.sshKeys, `the SSH keys of ${of}`) ?? []).map(({ id, status, uploadedAt }) => [
      'SSH key',
      id,
      status,
      aged(uploadedAt),
      'not told by AWS',
    ]),
    ...(found.of(user.certificates, `the signing certificates of ${of}`) ?? []).map(
      ({ id, status, uploadedAt }) => [
        'signing certificate',
        id,
        status,
        aged(uploadedAt),
        'not told by AWS',
      ],
    ),
    ...(found.of(user.serviceCredentials, `the service-specific credentials of ${of}`) ?? []).map(
      ({ id, service, status, createdAt }) => [service, id, status, aged(createdAt), 'not told by AWS'],
    ),
    ...(found.of(user.mfa, `the MFA devices of ${of}`) ?? []).map(({ serial, kind, enabledAt }) => [
      `MFA device, ${kind}`,
      serial,
      'protects',
      aged(enabledAt),
      'not told by AWS',
    ]),
  ];
}

function lastUse({ id, lastUse: use }: AccessKey, found: Gaps): string {
  const value = found.of(use, `the last use of ${id}`);
  if (value === undefined) return 'not read';
  return value === null ? 'never' : `${utc(value.at)}, ${value.service} in ${value.region}`;
}

import type { Alert } from '../../../domain/alert.ts';
import { type Instant, spanInWords } from '../../../domain/time.ts';
import type { Replica } from '../../../ports/replicas.ts';
import { section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { code, date, join, type Mrkdwn, mrkdwn } from '../../text.ts';

export interface WatchedAccount {
  account: string;
  /** What people call it. */
  name?: string;
  region: string;
  partition: string;
  /** When the last complete poll began. */
  completedAt?: Instant;
  watermark?: Instant;
  /** When the last complete look for late events began, over 24 hours and over 14 days. */
  sweptAt: { hourly?: Instant; daily?: Instant };
  lagMs?: number;
  callsLastMinute: number;
  /** LookupEvents calls that wait for their turn; polls go first. */
  waiting: { polls: number; lookUps: number };
  blindSince?: Instant;
}

export interface Status {
  version: string;
  startedAt: Instant;
  now: Instant;
  accounts: WatchedAccount[];
  /** Messages that Slack doesn't show as they should be yet. */
  queue: number;
  /** Jobs that are due and not done. */
  jobs: number;
  /** Every process that gave a sign of life in the last minute. */
  replicas: Pick<Replica, 'host' | 'pid' | 'version' | 'startedAt' | 'seenAt'>[];
  counts: Record<Alert['handling']['is'], number>;
  /** Calls that AWS turned down: in all, and in the last 24 hours. */
  attempts: { total: number; since: number };
  /** How many are in force. */
  exceptions: number;
  sockets: { open: number; of: number };
}

/** LookupEvents allows two calls a second for an account and Region. */
const QUOTA_A_MINUTE = 120;

/** What is watched, how far, and what waits. */
export function statusAnswer(status: Status): Drawn {
  const { version, startedAt, now, accounts, queue, jobs, replicas, counts, sockets, attempts, exceptions } =
    status;
  const head = mrkdwn`*Groupwatch ${version}*, running for ${spanInWords(now - startedAt)}`;
  return {
    text: head.text,
    blocks: [
      section(head),
      ...accountSections(accounts, now),
      section(
        join(
          [
            mrkdwn`*Alerts* ${counts.open} open, ${counts.acknowledged} acknowledged, ${counts.resolved} resolved`,
            mrkdwn`*Refused attempts* ${attempts.total === 0 ? 'none' : mrkdwn`${attempts.total}, ${attempts.since} of them in the last 24 hours`}`,
            mrkdwn`*Exceptions in force* ${exceptions === 0 ? 'none' : exceptions}`,
            mrkdwn`*Queue to Slack* ${queue === 0 ? 'empty' : queue}`,
            mrkdwn`*Work that is due* ${jobs === 0 ? 'none' : jobs}`,
            mrkdwn`*Connections for clicks* ${sockets.open} of ${sockets.of}`,
          ],
          '\n',
        ),
      ),
      section(replicaLines(replicas, now)),
    ],
  };
}

const MOST_ACCOUNTS = 10;

/** The blind ones first, then those that were polled longest ago. */
function accountSections(accounts: readonly WatchedAccount[], now: Instant) {
  const worst = accounts.toSorted(
    (one, other) =>
      Number(other.blindSince !== undefined) - Number(one.blindSince !== undefined) ||
      (other.lagMs ?? Number.POSITIVE_INFINITY) - (one.lagMs ?? Number.POSITIVE_INFINITY) ||
      one.account.localeCompare(other.account),
  );
  const left = worst.slice(MOST_ACCOUNTS);
  const blind = left.filter(({ blindSince }) => blindSince !== undefined).length;
  return [
    ...worst.slice(0, MOST_ACCOUNTS).map((account) => section(accountLines(account, now))),
    ...(left.length > 0 ? [section(mrkdwn`and ${left.length} more accounts, ${blind} of them blind`)] : []),
  ];
}

const MOST_REPLICAS = 10;

function replicaLines(replicas: Status['replicas'], now: Instant): Mrkdwn {
  const left = replicas.length - MOST_REPLICAS;
  return join(
    [
      mrkdwn`*Replicas* ${replicas.length}`,
      ...replicas
        .slice(0, MOST_REPLICAS)
        .map(
          ({ host, pid, version, startedAt, seenAt }) =>
            mrkdwn`${code(host, 100)} process ${pid}, version ${version}, since ${date(startedAt)}, seen ${spanInWords(now - seenAt)} ago`,
        ),
      left > 0 && mrkdwn`and ${left} more`,
    ],
    '\n',
  );
}

function accountLines(watched: WatchedAccount, now: Instant): Mrkdwn {
  const { account, region, partition, completedAt, lagMs, sweptAt, callsLastMinute, waiting, blindSince } =
    watched;
  const ago = (at: Instant | undefined): string =>
    at === undefined ? 'not yet' : `${spanInWords(now - at)} ago`;
  const queued = waiting.polls + waiting.lookUps;
  const share = Math.round((100 * callsLastMinute) / QUOTA_A_MINUTE);
  return join(
    [
      mrkdwn`*Account* ${watched.name === undefined ? '' : mrkdwn`${watched.name} `}${code(account)}, IAM's events in ${code(region)} (${partition})`,
      completedAt === undefined
        ? mrkdwn`*Last complete poll* none yet`
        : mrkdwn`*Last complete poll* ${date(completedAt)}, ${spanInWords(lagMs ?? 0)} ago`,
      mrkdwn`*Last looks for late events* over 24 hours ${ago(sweptAt.hourly)}, over 14 days ${ago(sweptAt.daily)}`,
      mrkdwn`*LookupEvents quota* ${callsLastMinute} calls in the last minute, ${share} %${queued > 0 ? `; waiting: ${waiting.polls} of polls, which go first, and ${waiting.lookUps} of sweeps and look-ups` : ''}`,
      blindSince !== undefined && mrkdwn`🙈 *Blind* since ${date(blindSince)}`,
    ],
    '\n',
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import type { Random } from './random.ts';
import { CHANNEL, type Stage } from './stage.ts';

/** Lets everything go wrong that can, until told to end; gives how many faults hit. */
export async function playTroubles(stage: Stage, chance: Random, ending: AbortSignal): Promise<() => number> {
  const hits = countHits(stage);
  const hanging = watchHangs(stage);
  let own = 0;
  const others = [slackTroubles, awsTroubles, iamTroubles].map(async (trouble) => {
    while (!ending.aborted) {
      await rest(chance.between(200, 900), ending);
      if (!ending.aborted) await trouble(stage, chance, ending);
    }
  });
  const clocks = (async () => {
    while (!ending.aborted) {
      await rest(chance.between(1_000, 4_000), ending);
      if (ending.aborted) return;
      await clockTrouble(stage, chance, { ending, hanging });
      own++;
    }
  })();
  await Promise.all([...others, clocks]);
  return () => hits() + own;
}

const rest = (ms: number, ending: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: ending }).catch(() => undefined);

/** What hit a call or a socket; counted where it does. */
function countHits({ slack, aws }: Stage): () => number {
  let hits = 0;
  slack.onChange(({ kind }) => {
    if (kind === 'trouble') hits++;
  });
  aws.onCall(({ outcome }) => {
    if (outcome !== 'ok') hits++;
  });
  return () => hits;
}

/** Milliseconds until Slack is done with all that hangs. */
function watchHangs({ slack }: Stage): () => number {
  let until = 0;
  slack.onChange(({ kind, what }) => {
    const [, ms] = /hangs for (\d+) ms/.exec(kind === 'trouble' ? (what ?? '') : '') ?? [];
    if (ms) until = Math.max(until, Date.now() + Number(ms));
  });
  return () => Math.max(0, until - Date.now());
}

/** Longer than the program waits for an answer; what was asked is done all the same. */
export const LONGEST_HANG = 11_000;

const METHODS = {
  'chat.postMessage': 8,
  'chat.update': 5,
  'conversations.history': 2,
  'conversations.replies': 2,
  'views.open': 2,
  'users.info': 1,
  'apps.connections.open': 1,
  'chat.delete': 1,
  'auth.test': 1,
};
const BROKEN = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'];

/** What is called seldom would otherwise fail for ever: more would be in store for it than it is ever called. */
const FORGET = 0.3;

async function slackTroubles({ slack }: Stage, chance: Random): Promise<void> {
  const { faults } = slack;
  if (chance.chance(FORGET)) faults.clear();
  const method = chance.weighed(METHODS);
  const times = chance.between(1, 3);
  const kinds = {
    rateLimit: 3,
    rateLimitChannel: 1,
    status: 3,
    error: 3,
    hang: 1,
    dropReply: 4,
    delay: 2,
    duplicate: 3,
    cut: 1,
    refresh: 1,
    limited: 1,
  };
  switch (chance.weighed(kinds)) {
    case 'rateLimit':
      return faults.rateLimit(method, times, chance.between(1, 2));
    case 'rateLimitChannel':
      return faults.rateLimitChannel(CHANNEL, times, chance.between(1, 2));
    case 'status':
      return faults.fail(method, times, { status: chance.pick([500, 502, 503]) });
    case 'error':
      return faults.fail(method, times, { error: chance.pick(BROKEN) });
    case 'hang':
      return faults.hang(method, 1, chance.between(500, LONGEST_HANG));
    case 'dropReply':
      return faults.dropReply(method, times);
    case 'delay':
      return faults.delay(times, chance.between(200, 4_000));
    case 'duplicate':
      return faults.duplicate(times);
    case 'cut':
      return faults.cutSockets();
    case 'refresh':
      return faults.disconnect(chance.pick(['warning', 'refresh_requested', 'too_many_websockets']));
    case 'limited':
      return faults.appRateLimited();
  }
}

async function awsTroubles({ aws }: Stage, chance: Random, ending: AbortSignal): Promise<void> {
  const { faults } = aws;
  const times = chance.between(1, 3);
  const kinds = {
    throttle: 3,
    fail: 3,
    hang: 1,
    nonJson: 2,
    tokenError: 3,
    emptyPages: 2,
    cut: 2,
    expired: 1,
    deny: 1,
    skew: 1,
  };
  switch (chance.weighed(kinds)) {
    case 'throttle':
      return faults.throttle(times);
    case 'fail':
      return faults.fail(times, chance.pick([500, 502, 503]));
    case 'hang':
      return faults.hang(1, chance.between(500, 6_000));
    case 'nonJson':
      return faults.nonJson(times);
    case 'tokenError':
      return faults.tokenError(times);
    case 'emptyPages':
      return faults.emptyPages(times);
    case 'cut':
      return faults.cut(times);
    case 'expired':
      faults.expired(true);
      await rest(chance.between(200, 1_500), ending);
      return faults.expired(false);
    case 'deny':
      faults.deny(true);
      await rest(chance.between(200, 1_500), ending);
      return faults.deny(false);
    case 'skew':
      faults.skew(chance.between(-120, 120) * SECOND);
      await rest(chance.between(500, 2_000), ending);
      return faults.skew(0);
  }
}

const ACTIONS = [
  'GetUser',
  'GetGroup',
  'AssumeRole',
  'GetCallerIdentity',
  'ListAccessKeys',
  'ListGroupsForUser',
  'AttachUserPolicy',
  'DetachUserPolicy',
  'UpdateAccessKey',
  'UpdateSSHPublicKey',
  'UpdateSigningCertificate',
  'UpdateServiceSpecificCredential',
  'PutUserPolicy',
];

async function iamTroubles({ aws }: Stage, chance: Random): Promise<void> {
  if (chance.chance(FORGET)) aws.faults.clear();
  const action = chance.pick(ACTIONS);
  const fault = chance.weighed({ throttled: 3, broken: 3, hang: 1, cut: 2, 'drop-reply': 3 });
  if (fault === 'throttled') aws.faults.iam(action, 1, { code: 'Throttling', status: 400 });
  else if (fault === 'broken') aws.faults.iam(action, 1, { code: 'ServiceFailure', status: 500 });
  else aws.faults.iam(action, 1, fault);
}

/** Time passes, a clock goes wrong and right again, or a host is out of breath. */
async function clockTrouble(
  stage: Stage,
  chance: Random,
  { ending, hanging }: { ending: AbortSignal; hanging: () => number },
): Promise<void> {
  const which = chance.between(0, stage.replicas.length - 1);
  switch (chance.weighed({ leap: 4, wrong: 3, freeze: 2 })) {
    case 'leap':
      // Nothing hangs for an hour: what Slack does late, it has done by then.
      while (hanging() > 0 && !ending.aborted) await rest(hanging(), ending);
      return stage.leap(chance.between(10, 90) * MINUTE);
    case 'wrong':
      stage.putWrong(which, chance.between(-3 * HOUR, 3 * HOUR));
      await rest(chance.between(500, 5_000), ending);
      return stage.putWrong(which, 0);
    case 'freeze':
      return stage.replicas[which]?.freeze(chance.between(200, 5_000));
  }
}

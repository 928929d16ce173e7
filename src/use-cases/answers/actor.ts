import { sameActor, succeeded } from '../../domain/actor.ts';
import { name, type Sentence, say, strong, when } from '../../domain/answer.ts';
import type { Actor, CloudTrailEvent } from '../../domain/event.ts';
import type { AccessKey } from '../../domain/facts.ts';
import { originOf } from '../../domain/origin.ts';
import { DAY, spanInWords } from '../../domain/time.ts';
import { EVENT_HISTORY, type Past } from '../../ports/cloudtrail.ts';
import { askingOf, type FindAnswer, type FindNeeds, wishOf } from './finder.ts';
import { gaps } from './gaps.ts';
import { userOf } from './whose.ts';

/** Who it was, with which credentials, from where, and how often it has added users before. */
export const findActor =
  ({ facts, past, clock }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, rule } = about;
    const found = gaps();
    const user = userOf(event.actor);
    const keys =
      user !== undefined && event.actor.accessKeyId?.startsWith('AKIA')
        ? found.of(await facts.accessKeys(user, askingOf(about, asked)), `the access keys of ${user}`)
        : undefined;
    const wish = { ...wishOf(about, asked, clock, 0), since: clock.now() - EVENT_HISTORY };
    const enough = asked.quick ? (calls: readonly CloudTrailEvent[]) => calls.length > 0 : undefined;
    const before = await found.trail('who has added users before', asked.signal, () =>
      past.of(rule.condition.action, { ...wish, enough }, asked.signal),
    );
    return {
      at: found.asOf(before?.at ?? clock.now()),
      source: 'the record, IAM, CloudTrail',
      short: [identity(event), ...(before ? [additions(event, before)] : [])],
      more: [
        say`ARN ${name(event.actor.arn ?? 'not in the record')}`,
        say`By ${strong(originOf(event))}, which the user agent suggests and doesn't prove: ${name(event.userAgent ?? 'none')}`,
        ...keySentences(event.actor, keys, event.time),
      ],
      missing: found.missing,
    };
  };

function identity({ actor, sourceAddress }: CloudTrailEvent): Sentence {
  const mfa = actor.mfa === undefined ? 'not stated' : actor.mfa ? 'yes' : 'no';
  const human = actor.human
    ? say`, ${actor.human.by === 'sourceIdentity' ? 'source identity' : 'session name'} ${name(actor.human.name)}`
    : [];
  return [
    ...say`${strong(actor.type)} ${name(actor.name)}`,
    ...human,
    ...say`, from ${name(sourceAddress.text || 'an unknown address')}, multi-factor authentication: ${mfa}`,
  ];
}

function additions(event: CloudTrailEvent, { calls, from }: Past): Sentence {
  const theirs = calls.filter((call) => sameActor(call.actor, event.actor) && succeeded(call));
  const earlier = theirs.filter(({ key, time }) => key !== event.key && time <= event.time);
  const days = Math.round((event.time - from) / DAY);
  const first = earlier.at(-1);
  if (!first) return say`It had not added anybody to a group in the ${days} days before`;
  return say`It had added users to groups ${strong(earlier.length)} times in the ${days} days before, first ${when(first.time)}`;
}

function keySentences(
  { accessKeyId }: Actor,
  keys: readonly AccessKey[] | undefined,
  at: number,
): Sentence[] {
  if (accessKeyId === undefined) return [say`The record names no access key`];
  const key = keys?.find(({ id }) => id === accessKeyId);
  if (!key) {
    const kind = accessKeyId.startsWith('ASIA') ? 'of a session' : 'long-term';
    return [say`Access key ${name(accessKeyId)}, ${kind}`];
  }
  const use = key.lastUse.is === 'known' ? key.lastUse.value : undefined;
  return [
    say`Access key ${name(accessKeyId)}, ${key.status}, ${spanInWords(at - key.createdAt)} old then`,
    ...(use ? [say`It was last used ${when(use.at)} for ${name(use.service)} in ${name(use.region)}`] : []),
  ];
}

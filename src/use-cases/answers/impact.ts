import type { Assumed } from '../../domain/activity.ts';
import { activityIn } from '../../domain/activity.ts';
import { listed, name, type Sentence, say, strong, utc } from '../../domain/answer.ts';
import { policiesOf } from '../../domain/policy/from-facts.ts';
import { standingWords } from '../../domain/policy/standing.ts';
import { judge, type Verdict } from '../../domain/policy/verdict.ts';
import { grantInWords } from '../../domain/risk/grants-evidence.ts';
import { EVENT_HISTORY } from '../../ports/cloudtrail.ts';
import { askingOf, type FindAnswer, type FindNeeds } from './finder.ts';
import { gaps } from './gaps.ts';
import { whoseUser } from './whose.ts';

/** What it could have cost: what the group grants, and which roles the user has taken on since. */
export const findImpact =
  (needs: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, subject, object } = about;
    const { facts, activityOf, clock, regions } = needs;
    const found = gaps();
    const group = object === undefined ? undefined : await facts.groupGrants(object, askingOf(about, asked));
    found.of(group?.attached, `the policies attached to the group ${object}`);
    found.of(group?.inline, `the inline policies of the group ${object}`);
    const verdict = group && judge(policiesOf(group, `group ${object}`));
    const since = Math.max(event.time, clock.now() - EVENT_HISTORY);
    const roles =
      subject === undefined || asked.quick
        ? undefined
        : await found.trail(`what ${subject} did since`, asked.signal, async () => {
            const window = { start: since, end: clock.now() };
            const done = await activityOf(whoseUser(subject), window, asked);
            return activityIn(done.events, { from: done.from, to: window.end }).assumed;
          });
    return {
      at: found.asOf(clock.now()),
      source: `IAM${roles ? `, CloudTrail in ${regions.join(', ')}` : ''}`,
      short: [
        verdict ? granted(verdict) : say`What the group grants could not be read`,
        ...(roles ? [assumed(roles)] : []),
      ],
      more: [
        ...(verdict?.doubts ?? []).map(({ policy, why }) => say`Not judged: ${name(policy.name)}, ${why}`),
        ...(asked.quick ? [say`Fetch it to see which roles the user has taken on since`] : []),
        say`To weigh: the role of the account, how critical what it reaches is, effect on users, legal duties`,
      ],
      table: tableOf(verdict, roles ?? []),
      missing: found.missing,
    };
  };

function granted({ is, reasons, grants }: Verdict): Sentence {
  const why = reasons.length > 0 ? reasons.map(({ what }) => what) : grants.map(grantInWords);
  return [
    ...say`The group grants ${strong(standingWords(is))}`,
    ...(why.length > 0 ? [{ say: ': ' }, ...listed(why, 3)] : []),
  ];
}

function assumed(roles: readonly Assumed[]): Sentence {
  if (roles.length === 0) return say`The user has taken on no role since, as far as was looked`;
  const names = [...new Set(roles.map(({ role }) => role))];
  return [...say`Since then the user has taken on ${strong(names.length)} roles: `, ...listed(names, 3)];
}

function tableOf(verdict: Verdict | undefined, roles: readonly Assumed[]) {
  const rows = [
    ...(verdict?.reasons ?? []).flatMap(({ is, what, grants }) => [
      [standingWords(is), what, grants.map(grantInWords).join('; ')],
    ]),
    ...roles.map(({ at, role, session }) => [
      'role taken on',
      role,
      `${utc(at)} UTC, session ${session ?? '-'}`,
    ]),
  ];
  return rows.length === 0 ? undefined : { columns: ['What', 'Which', 'By'], rows };
}

import { objectionTo } from '../../domain/response/objection.ts';
import { planOf } from '../../domain/response/plan.ts';
import type { Preview, ResponseRequest } from '../../domain/response/request.ts';
import type { UserSnapshot } from '../../domain/response/snapshot.ts';
import { notGivenBack, planOfUndo } from '../../domain/response/undo.ts';
import { DAY, spanInWords } from '../../domain/time.ts';
import { SourceFailure } from '../../ports/cloudtrail.ts';
import type { Handled, Job } from '../../ports/jobs.ts';
import { move } from './change.ts';
import type { ResponseNeeds } from './needs.ts';
import { preflightOf } from './preflight.ts';

/** Reads what the approvers should know before they decide; the request waits for them with or without it. */
export const preview =
  (needs: ResponseNeeds) =>
  async ({ subject }: Job, signal: AbortSignal): Promise<Handled> => {
    const request = await needs.responses.find(subject);
    if (request?.state.is !== 'pending') return { is: 'done' };
    const seen = await see(needs, request, signal);
    await move(
      needs,
      subject,
      { do: 'preview', preview: seen },
      {
        what: 'response-previewed',
        facts: { preview: seen.is },
        line: false,
      },
    );
    return { is: 'done' };
  };

async function see(needs: ResponseNeeds, request: ResponseRequest, signal: AbortSignal): Promise<Preview> {
  const at = needs.clock.now();
  const { action } = request;
  try {
    const preflight = await preflightOf(needs, request, signal);
    const { snapshot } = preflight;
    const objection = objectionTo(preflight);
    if (snapshot === 'gone')
      return { is: 'known', at, steps: [], inUse: [], lost: [], owners: {}, objection };
    const original = action.do === 'undo' ? await needs.responses.find(action.of) : undefined;
    const steps =
      action.do === 'undo'
        ? original
          ? planOfUndo(original, snapshot, { now: at, reactivate: action.reactivate })
          : []
        : planOf(action, snapshot, { partition: request.partition, now: at });
    const lost =
      action.do === 'undo'
        ? original
          ? notGivenBack(original, action)
          : []
        : steps.flatMap(({ irreversible }) => irreversible ?? []);
    const user = 'userId' in snapshot ? snapshot : undefined;
    const owners = { ...(user && ownersOf(user)), ...(await ownersOfActor(needs, request, signal)) };
    return {
      is: 'known',
      at,
      steps,
      inUse: user && action.do !== 'undo' ? inUse(user, at) : [],
      lost,
      owners,
      objection,
    };
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return { is: 'unreadable', at, why: error.message };
  }
}

/** Credentials that were used in the last 24 hours: what works with them stops. */
function inUse({ accessKeys, password }: UserSnapshot, now: number): string[] {
  const ago = (at: number): string => spanInWords(now - at);
  const recent = (at: number | undefined): at is number => at !== undefined && now - at < DAY;
  return [
    ...accessKeys.flatMap(({ id, lastUsed }) =>
      lastUsed && recent(lastUsed.at)
        ? [`access key ${id}: ${lastUsed.service} in ${lastUsed.region}, ${ago(lastUsed.at)} ago`]
        : [],
    ),
    ...(recent(password?.lastUsedAt) ? [`password: signed in ${ago(password?.lastUsedAt ?? now)} ago`] : []),
  ];
}

const MAIL = /[^\s@,;]+@[^\s@,;]+/g;

/** E-mail addresses in the tags that name an owner. */
function ownersOf({ user, tags }: UserSnapshot): Record<string, string[]> {
  const mails = Object.entries(tags)
    .filter(([key]) => /^(e-?mail|owner|contact)$/i.test(key))
    .flatMap(([, value]) => value.toLowerCase().match(MAIL) ?? []);
  return { [user.toLowerCase()]: mails };
}

/** Of an actor who is an IAM user too: who owns that user may not approve either. */
async function ownersOfActor(
  { alerts, reader }: ResponseNeeds,
  { alertId }: ResponseRequest,
  signal: AbortSignal,
): Promise<Record<string, string[]>> {
  const alert = await alerts.find(alertId);
  const actor = alert?.cause.is === 'match' ? alert.cause.event.actor : undefined;
  if (actor?.type !== 'IAMUser') return {};
  const user = await reader.user(actor.name, signal);
  return user === 'gone' ? {} : ownersOf(user);
}

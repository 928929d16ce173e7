import type { Alert } from '../../domain/alert.ts';
import { assess, isNews, type Look } from '../../domain/assessment.ts';
import type { CardFacts } from '../../domain/facts.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import type { AssessNeeds } from './needs.ts';

/** Everyone who lost the race reads the alert anew; so many in a row means that something else is wrong. */
const ATTEMPTS = 20;

/** Saves what a look came to, if it is news: a severity that rises is a line of the thread. */
export async function keep(
  needs: AssessNeeds,
  { id }: Alert,
  { look, facts }: { look: Look; facts: CardFacts },
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const alert = await needs.alerts.find(id);
    if (!alert) return;
    const saving = await save(needs, alert, look, facts);
    if (saving === 'saved') return needs.wake();
    if (saving !== 'moved-on') return;
  }
  throw new Error(`alert ${id} kept changing under ${ATTEMPTS} attempts to save it`);
}

async function save(
  { alerts, ruleOf, clock, place }: AssessNeeds,
  alert: Alert,
  look: Look,
  facts: CardFacts,
) {
  const rule = ruleOf(alert.ruleId);
  const assessment = assess(rule.riskScore, look, alert.assessment);
  const pinned = pinnedBy(facts, alert, clock.now());
  if (!isNews(assessment, alert.assessment) && pinned === alert.pinned) return 'no-news';
  const { score, severity } = assessment;
  const after = { ...alert, assessment, pinned, severity, riskScore: score, version: alert.version + 1 };
  return alerts.save(after, {
    act: {
      do: 'assess',
      score,
      severity,
      before: alert.severity,
      factors: assessment.factors.map((factor) => factor.id),
      userId: pinned?.userId,
      groupId: pinned?.groupId,
    },
    showIn: place?.(after).channel,
    at: look.at,
    key: `assess:${alert.id}:${alert.version}`,
    line: SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(alert.severity),
  });
}

/** The unique ids, as soon as they are known; a response must never hit another one of the same name. */
function pinnedBy({ group, user }: CardFacts, { pinned }: Alert, at: number): Alert['pinned'] {
  const userId = pinned?.userId ?? (user?.identity.is === 'known' ? user.identity.value.id : undefined);
  const groupId = pinned?.groupId ?? (group?.origin.is === 'known' ? group.origin.value.id : undefined);
  if (userId === pinned?.userId && groupId === pinned?.groupId) return pinned;
  return { userId, groupId, at: pinned?.at ?? at };
}

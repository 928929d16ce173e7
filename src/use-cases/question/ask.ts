import { randomBytes } from 'node:crypto';
import { PATIENCE, type Question } from '../../domain/question.ts';
import { findPerson } from './find-person.ts';
import { OVERDUE_JOB, type QuestionNeeds } from './needs.ts';
import type { AskPerson, AskRefusal, AskResult } from './wish.ts';

type Wish = Parameters<AskPerson>[0];

/** Finds the person and has the question sent; asking again has no effect, whoever does it. */
export const askPerson =
  (needs: QuestionNeeds): AskPerson =>
  async (wish) => {
    const result = await ask(needs, wish);
    if (result.is !== 'refused') return result;
    return (await recordRefusal(needs, wish, result.refusal)) === 'repeated' ? { is: 'repeated' } : result;
  };

async function ask(needs: QuestionNeeds, wish: Wish): Promise<AskResult> {
  const { alerts, questions, colleagues, clock, wake } = needs;
  const { alertId, asked, by, key } = wish;
  const alert = await alerts.find(alertId);
  if (!alert) return { is: 'gone' };
  if (alert.cause.is !== 'match') return { is: 'refused', refusal: { because: 'unreadable' } };
  const found = await findPerson(needs, asked, alert.cause);
  if (found.is === 'refused') return found;
  const { to, address } = found;
  const before = await earlier(needs, wish, to);
  if (before) return before;
  const conversation = await colleagues.conversationWith(to);
  const at = clock.now();
  const question: Question = {
    id: `QU-${randomBytes(5).toString('hex').toUpperCase()}`,
    version: 1,
    alertId,
    asked,
    to,
    ...address,
    conversation,
    by: by.id,
    at,
  };
  const { id } = question;
  const saving = await questions.open(question, {
    entry: { at, by, what: 'question-asked', alertId, facts: { question: id, asked, to, ...address }, key },
    line: true,
    jobs: [{ id: `${OVERDUE_JOB}:${id}`, kind: OVERDUE_JOB, subject: id, dueAt: at + PATIENCE }],
  });
  if (saving === 'repeated') return { is: 'repeated' };
  if (saving === 'moved-on') return (await earlier(needs, wish, to)) ?? { is: 'repeated' };
  wake();
  return { is: 'done', question };
}

/** The same question to the same person about this alert. */
async function earlier(
  { questions }: QuestionNeeds,
  { alertId, asked }: Wish,
  to: string,
): Promise<AskResult | undefined> {
  const all = await questions.ofAlert(alertId);
  const same = all.find((one) => one.asked === asked && one.to === to);
  return same && { is: 'refused', refusal: { because: 'already-asked', to, by: same.by, at: same.at } };
}

/** By the click's key: when that has had its effect already, the second delivery is no refusal. */
function recordRefusal(
  { audit, clock }: QuestionNeeds,
  { alertId, asked, by, key }: Wish,
  refusal: AskRefusal,
) {
  const { because } = refusal;
  const facts = { asked, because };
  return audit.record({ at: clock.now(), by, what: 'question-not-asked', alertId, facts, key });
}

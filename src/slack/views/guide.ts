import type { ActionsBlock, SectionBlock } from '@slack/types';
import type { Alert } from '../../domain/alert.ts';
import { type Evidence, type GuideMark, type GuideStep, type Phase, progressOf } from '../../domain/guide.ts';
import { seenFor } from '../../domain/seen.ts';
import type { StepAnswer } from '../../domain/step-answer.ts';
import type { Rule } from '../../rules/rule.ts';
import { isAnswered } from '../../use-cases/answers/finders.ts';
import { actions, button, header, option, overflow, section } from '../blocks.ts';
import type { Drawn } from '../drawn.ts';
import { ACTION, pack, type StepChoice } from '../ids.ts';
import { date, join, type Mrkdwn, mrkdwn, person, prose } from '../text.ts';
import { ANSWER_SIGNS, ANSWER_WORDS } from './question/words.ts';
import { answerLines, roomFor } from './step-answer.ts';
import { offersOf } from './step-offers.ts';

const HEADINGS: Record<Phase, string> = {
  triage: '1 · Triage: what happened?',
  'false-positive': '2 · False positive?',
  response: '3 · Response: limit, clean up, learn',
};

const SIGNS: Record<GuideMark['state'], string> = { open: '⬜', done: '✅', 'not-applicable': '➖' };

const FETCH_LABEL = { accessibility_label: 'Fetch every answer that Groupwatch can give in this phase' };

/** Whether a machine can know anything: a record that nobody can read tells nothing to ask by. */
const canBeAsked = ({ cause }: Alert, step: string): boolean => cause.is === 'match' && isAnswered(step);

/** One phase of the guide: each step with its question, who answered it, and a menu. */
export function guidePhase(
  alert: Alert,
  rule: Rule,
  phase: Phase,
  { version, answers }: { version: number; answers: readonly StepAnswer[] },
): Drawn {
  const steps = rule.guide.filter((step) => step.phase === phase);
  const { answered, total } = progressOf(steps, alert.guide);
  const heading = `${HEADINGS[phase]} · ${answered} of ${total}`;
  return {
    text: mrkdwn`Guide, ${heading}`.text,
    blocks: [
      header(heading, `guide.${phase}.${version}`),
      ...steps.flatMap((step) => [
        stepSection(
          alert,
          step,
          answers.find((one) => one.step === step.id),
          { version, room: roomFor(steps.length) },
        ),
        ...offers(alert, step, version),
      ]),
      ...(steps.some(({ id }) => canBeAsked(alert, id))
        ? [
            actions(
              [button('Fetch answers', ACTION.fetchAnswers, pack(alert.id, phase), FETCH_LABEL)],
              `guide.${phase}.fetch.${version}`,
            ),
          ]
        : []),
    ],
  };
}

function stepSection(
  alert: Alert,
  step: GuideStep,
  known: StepAnswer | undefined,
  { version, room }: { version: number; room: number },
): SectionBlock {
  const mark = alert.guide[step.id];
  const state = mark?.state ?? 'open';
  const answered = mark && state !== 'open';
  const text = join(
    [
      mrkdwn`${SIGNS[state]} *${step.title}* · ${step.question}`,
      answered ? markLine(mark) : mrkdwn`_Look at:_ ${step.look.join('; ')}`,
      ...(known ? answerLines(known, room) : []),
      ...(mark?.evidence ?? []).slice(-3).map(evidenceLine),
      mark?.note && mrkdwn`📝 ${prose(mark.note.text, 200)} (${person(mark.note.by)}, ${date(mark.note.at)})`,
    ],
    '\n',
  );
  const choice = (label: string, what: StepChoice) =>
    option(label, pack(what, alert.id, step.id, seenFor({ do: 'mark-step', step: step.id }, alert)));
  const options = [
    state !== 'done' && choice('Done', 'done'),
    state !== 'not-applicable' && choice('Not applicable', 'not-applicable'),
    state !== 'open' && choice('Reopen', 'open'),
    choice('Note…', 'note'),
    canBeAsked(alert, step.id) &&
      (known?.asked
        ? choice('Cancel the look-up', 'cancel')
        : choice(known?.answer ? 'Refresh the answer' : 'Fetch the answer', 'fetch')),
    known?.answer && choice('Answer in full', 'details'),
  ].filter((one) => typeof one === 'object');
  return section(text, {
    block_id: `guide.${step.id}.${version}`,
    accessory: overflow(ACTION.guideStep, options),
  });
}

/** What can be done about a step beside marking it: a menu takes no more than five entries, so it has its button. */
function offers(alert: Alert, { id }: GuideStep, version: number): ActionsBlock[] {
  const buttons = offersOf(id).map(({ label, what }) =>
    button(label, ACTION.stepOffer, pack(what, alert.id, id)),
  );
  return buttons.length > 0 ? [actions(buttons, `guide.${id}.offers.${version}`)] : [];
}

function evidenceLine({ asked, by, at, said, comment }: Evidence): Mrkdwn {
  const words = comment === undefined ? mrkdwn`` : mrkdwn`: ${prose(comment, 200)}`;
  return mrkdwn`${ANSWER_SIGNS[said]} ${person(by)} answered *${ANSWER_WORDS[asked][said]}*, ${date(at)}${words}`;
}

function markLine({ state, by, at }: GuideMark): Mrkdwn {
  return mrkdwn`${state === 'done' ? 'Done' : 'Not applicable'}: ${person(by)}, ${date(at)}`;
}

import { VERDICTS } from '../../domain/alert.ts';
import { HOUR } from '../../domain/time.ts';
import type { Desk } from '../desk.ts';
import { INPUT } from '../ids.ts';
import { answerOf } from '../payloads.ts';
import { onSubmission, type Wish } from './submission.ts';

const wrong = (input: string, say: string): Wish => ({ errors: { [input]: say } });

const SNOOZES = new Map([
  ['1', HOUR],
  ['4', 4 * HOUR],
  ['24', 24 * HOUR],
]);

export const assignTo = (desk: Desk) =>
  onSubmission(desk, ({ payload }) => {
    const to = answerOf(payload, INPUT.person);
    return to ? { act: { do: 'assign', to } } : wrong(INPUT.person, 'Choose a person.');
  });

export const snooze = (desk: Desk) =>
  onSubmission(desk, ({ payload }) => {
    const span = SNOOZES.get(answerOf(payload, INPUT.duration));
    return span
      ? { act: { do: 'snooze', until: desk.clock.now() + span } }
      : wrong(INPUT.duration, 'Choose how long.');
  });

export const resolve = (desk: Desk) =>
  onSubmission(desk, ({ payload }) => {
    const chosen = answerOf(payload, INPUT.verdict);
    const verdict = VERDICTS.find((known) => known === chosen);
    const note = answerOf(payload, INPUT.note);
    if (!verdict) return wrong(INPUT.verdict, 'Choose a verdict.');
    if (!note) return wrong(INPUT.note, 'Say in a sentence how you know.');
    return { act: { do: 'resolve', verdict, note } };
  });

export const noteStep = (desk: Desk) =>
  onSubmission(desk, ({ payload, rest: [step = ''] }) => {
    const note = answerOf(payload, INPUT.note);
    return note ? { act: { do: 'note-step', step, note } } : wrong(INPUT.note, 'Write the note.');
  });

export const submitDisablement = (desk: Desk) =>
  onSubmission(desk, ({ payload, alert }) => {
    const reason = answerOf(payload, INPUT.reason);
    if (!reason) return wrong(INPUT.reason, 'Say why, so that whoever approves can judge.');
    const user = alert.cause.is === 'match' ? alert.cause.subject : undefined;
    if (!user) return wrong(INPUT.reason, 'The record names no user that could be disabled.');
    return { act: { do: 'request-disablement', user, reason } };
  });

import { VERDICTS } from '../../domain/alert.ts';
import { HOUR } from '../../domain/time.ts';
import type { Desk } from '../desk.ts';
import { INPUT } from '../ids.ts';
import { answerOf } from '../payloads.ts';
import { onAlertForm, type Wish } from './submission.ts';

const wrong = (input: string, say: string): Wish => ({ errors: { [input]: say } });

const SNOOZES = new Map([
  ['1', HOUR],
  ['4', 4 * HOUR],
  ['24', 24 * HOUR],
]);

export const assignTo = (desk: Desk) =>
  onAlertForm(desk, (payload, [seen = '']) => {
    const to = answerOf(payload, INPUT.person);
    return to ? { act: { do: 'assign', to }, seen } : wrong(INPUT.person, 'Choose a person.');
  });

export const snooze = (desk: Desk) =>
  onAlertForm(desk, (payload, [seen = '']) => {
    const span = SNOOZES.get(answerOf(payload, INPUT.duration));
    return span
      ? { act: { do: 'snooze', until: desk.clock.now() + span }, seen }
      : wrong(INPUT.duration, 'Choose how long.');
  });

export const resolve = (desk: Desk) =>
  onAlertForm(desk, (payload) => {
    const chosen = answerOf(payload, INPUT.verdict);
    const verdict = VERDICTS.find((known) => known === chosen);
    const note = answerOf(payload, INPUT.note);
    if (!verdict) return wrong(INPUT.verdict, 'Choose a verdict.');
    if (!note) return wrong(INPUT.note, 'Say in a sentence how you know.');
    return { act: { do: 'resolve', verdict, note } };
  });

export const noteStep = (desk: Desk) =>
  onAlertForm(desk, (payload, [step = '', seen = '']) => {
    const note = answerOf(payload, INPUT.note);
    return note ? { act: { do: 'note-step', step, note }, seen } : wrong(INPUT.note, 'Write the note.');
  });

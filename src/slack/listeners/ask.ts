import type { Asked } from '../../domain/question.ts';
import type { Desk } from '../desk.ts';
import { askAnswer } from '../views/question/refusal.ts';
import type { Answer, Click } from './click.ts';

/** "Ask the actor" and "Ask the owner" in the guide. */
export async function ask(
  desk: Desk,
  { by, key }: Click,
  alertId: string | undefined,
  asked: Asked,
): Promise<Answer> {
  return askAnswer(await desk.askPerson({ alertId: alertId ?? '', asked, by, key }), by.id);
}

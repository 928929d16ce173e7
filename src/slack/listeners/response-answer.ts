import type { UserId } from '../../domain/person.ts';
import type { ResponseResult } from '../../use-cases/respond.ts';
import { goneResponse } from '../views/refusal.ts';
import { responseRefusalText } from '../views/response/refusal.ts';
import type { Answer } from './click.ts';
import type { Reply } from './submission.ts';

/** What to tell the person privately about their wish; nothing when the thread shows what came of it. */
export function answerAbout(result: ResponseResult, me: UserId): Answer {
  if (result.is === 'refused') return responseRefusalText(result.refusal, { me });
  return result.is === 'gone' ? goneResponse() : undefined;
}

/** The same for who has submitted a form. */
export function respondTo(result: ResponseResult, me: UserId): Reply {
  const say = answerAbout(result, me);
  return say && { say };
}

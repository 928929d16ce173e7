import { isLive } from '../../../domain/exception/lifecycle.ts';
import type { Exception } from '../../../domain/exception.ts';
import type { ExemptedEvent } from '../../../ports/exceptions.ts';
import { actions, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { COMMAND, pack } from '../../ids.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { endButton } from '../exception/buttons.ts';
import { conditionsLine } from '../exception/conditions.ts';
import { hitsLine, STATE_WORDS } from '../exception/state.ts';
import { type Paging, turns } from './pages.ts';

/** A page of exceptions: those that exempt something first. */
export function exceptionsAnswer({
  exceptions,
  ...paging
}: Paging & { exceptions: readonly Exception[] }): Drawn {
  const { total, query, offset } = paging;
  const head = mrkdwn`*Exceptions*: ${total === 0 ? 'none' : total}. Each is made from an alert, by its guide's step Intended use or, once it is resolved, by its menu.`;
  return {
    text: mrkdwn`*Exceptions*: ${total === 0 ? 'none' : total}`.text,
    blocks: [
      section(head),
      ...exceptions.map((one) =>
        section(lines(one), {
          ...(isLive(one) && { accessory: endButton(pack(one.id, query, String(offset))) }),
        }),
      ),
      ...turns(paging),
    ],
  };
}

/** One exception with the events that it has exempted, newest first. */
export function exceptionAnswer({
  exception,
  events,
  ...paging
}: Paging & { exception: Exception; events: readonly ExemptedEvent[] }): Drawn {
  const { total, query, offset } = paging;
  const exempted = mrkdwn`*It has exempted* ${total === 0 ? 'nothing so far' : total}`;
  return {
    text: mrkdwn`*Exception* ${exception.id}`.text,
    blocks: [
      section(lines(exception)),
      ...(isLive(exception) ? [actions([endButton(pack(exception.id, query, String(offset)))])] : []),
      section(exempted),
      ...events.map((event) => section(eventLine(event))),
      ...turns(paging),
    ],
  };
}

/** What is told of an exception that isn't there. */
export const noSuchException = (id: string): Drawn => {
  const said = mrkdwn`There is no exception ${code(id, 40)}. All there are: \`${COMMAND} exceptions\``;
  return { text: said.text, blocks: [section(said)] };
};

function lines(exception: Exception): Mrkdwn {
  const { id, state, conditions, reason, by, at, expiresAt, alertId } = exception;
  return join(
    [
      mrkdwn`*${STATE_WORDS[state.is]}* · ${conditionsLine(conditions)}`,
      mrkdwn`${person(by)}, ${date(at)}: ${prose(reason, 300)}`,
      mrkdwn`${isLive(exception) ? 'until' : 'was until'} ${date(expiresAt)} · ${hitsLine(exception)} · ${code(id)} · from ${code(alertId)}`,
    ],
    '\n',
  );
}

function eventLine({ at, actor, subject, object, account }: ExemptedEvent): Mrkdwn {
  const named = (name: string | undefined): Mrkdwn => (name === undefined ? mrkdwn`?` : code(name, 64));
  return mrkdwn`${date(at)} ${code(actor, 64)} added ${named(subject)} to ${named(object)} in ${code(account, 20)}`;
}

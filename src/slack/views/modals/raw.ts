import type { ModalView } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import { context, modal, preformatted } from '../../blocks.ts';
import { MODAL } from '../../ids.ts';
import { mrkdwn } from '../../text.ts';

const PIECE = 2_900;
const MOST_PIECES = 20;

/** The record as AWS gave it, indented where it is JSON; shown literally. */
export function rawModal(alert: Alert, raw: string): ModalView {
  const letters = [...indented(raw)];
  const pieces: string[] = [];
  for (let at = 0; at < letters.length && pieces.length < MOST_PIECES; at += PIECE) {
    pieces.push(letters.slice(at, at + PIECE).join(''));
  }
  const clipped = letters.length > PIECE * MOST_PIECES;
  const note = clipped
    ? mrkdwn`The first ${PIECE * MOST_PIECES} of ${letters.length} characters; the database has all of them.`
    : mrkdwn`As CloudTrail gave it · \`${alert.id}\``;
  return modal('Raw event', [context([note]), ...pieces.map((piece) => preformatted(piece || ' '))], {
    callback_id: MODAL.raw,
    private_metadata: alert.id,
  });
}

function indented(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw || ' ';
  }
}

import { commandOf } from '../../../domain/response/commands.ts';
import type { ResponseRequest, Step } from '../../../domain/response/request.ts';

/** One command, or a piece of one that is too long for a message; the pieces of a command follow each other. */
export interface Portion {
  step: Step;
  /** The step's place among all steps of the request, from 1. */
  number: number;
  text: string;
  part: number;
  parts: number;
}

/** Characters of commands in one message, and in one block of it; the sentences around them come on top. */
const PAGE = 6_000;
const PIECE = 2_900;
/** A section and a block of commands each, within the 50 of a message. */
const MOST_ON_PAGE = 38;

/**
 * The steps that people carry out, in messages of what Slack holds; no command is ever left out. What stands by our
 * own hand, or was so before, isn't among them. None while Groupwatch is at it itself.
 */
export function runbookPages(request: ResponseRequest): Portion[][] {
  if (request.mode === 'execute' && request.state.is !== 'stopped') return [];
  const pages: Portion[][] = [];
  let used = PAGE;
  for (const portion of request.steps.flatMap((step, index) => portionsOf(step, index + 1))) {
    const page = pages.at(-1);
    if (page && used + portion.text.length <= PAGE && page.length < MOST_ON_PAGE) {
      page.push(portion);
      used += portion.text.length;
    } else {
      pages.push([portion]);
      used = portion.text.length;
    }
  }
  return pages;
}

const BY_HAND = ['planned', 'applying', 'failed', 'by-hand'];

function portionsOf(step: Step, number: number): Portion[] {
  if (!BY_HAND.includes(step.state.is)) return [];
  const letters = [...commandOf(step.operation)];
  const parts = Math.max(1, Math.ceil(letters.length / PIECE));
  return Array.from({ length: parts }, (_, index) => {
    const text = letters.slice(index * PIECE, (index + 1) * PIECE).join('') || ' ';
    return { step, number, text, part: index + 1, parts };
  });
}

import type { KnownBlock } from '@slack/types';
import type { Severity } from '../../domain/severity.ts';
import type { Bar } from '../drawn.ts';
import type { Mrkdwn } from '../text.ts';

/** Each stands out by 3:1 at least from Slack's white and from its dark, as WCAG asks of what isn't text. */
export const COLOURS: Record<Severity | 'resolved', string> = {
  low: '#b58900',
  medium: '#dd6b10',
  high: '#e0342f',
  critical: '#c026d3',
  resolved: '#868a8e',
};

/**
 * Slack's only colour: a bar, with blocks beside it, below the message's own. Slack may fold it behind "show more", so
 * nothing in it may be needed to act; and its colour says nothing that words don't.
 */
export function severityBar(
  colour: keyof typeof COLOURS,
  blocks: readonly KnownBlock[],
  /** For where blocks can't be shown. */
  fallback: Mrkdwn,
): Bar[] {
  return [{ color: COLOURS[colour], fallback: fallback.text, blocks: [...blocks] }];
}

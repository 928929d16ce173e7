import type { KnownBlock } from '@slack/types';
import type { Numbers } from '../../../domain/numbers.ts';
import { context, fields, header } from '../../blocks.ts';
import { COMMAND } from '../../ids.ts';
import { mrkdwn } from '../../text.ts';
import { numberFields } from '../numbers/report.ts';

/** How the last 30 days went. */
export function numbers(of: Numbers): KnownBlock[] {
  if (of.alerts === 0) return [];
  return [
    header('The last 30 days', 'home.numbers'),
    fields(numberFields(of), 'home.numbers.fields'),
    context([mrkdwn`With charts, and by account, group and rule: \`${COMMAND} stats\``], 'home.numbers.more'),
  ];
}

import { PHASES } from '../domain/guide.ts';
import type { AlertStore, Message } from '../ports.ts';
import { ruleOf } from '../rules/catalogue.ts';
import type { Drawn } from './drawn.ts';
import { card } from './views/card.ts';
import { guidePhase } from './views/guide.ts';
import { line } from './views/line.ts';
import { notice } from './views/notice.ts';

interface Needs {
  alerts: AlertStore;
  approvers: readonly string[];
}

/** A message as its row is now, with the version that this shows; nothing when there is no such row any more. */
export type Render = (message: Message) => Promise<{ drawn: Drawn; version: number } | undefined>;

export const render =
  ({ alerts, approvers }: Needs): Render =>
  async ({ drawing }) => {
    if (drawing.of === 'notice') return { drawn: notice(drawing.notice), version: 1 };
    const alert = await alerts.find(drawing.alertId);
    if (!alert) return undefined;
    const rule = ruleOf(alert.ruleId);
    const { version } = alert;
    if (drawing.of === 'card') return { drawn: card(alert, rule, { version }), version };
    if (drawing.of === 'guide') {
      const phase = PHASES.find((known) => known === drawing.phase);
      return phase && { drawn: guidePhase(alert, rule, phase, { version }), version };
    }
    const entry = (await alerts.historyOf(alert.id)).find(({ sequence }) => sequence === drawing.sequence);
    return entry && { drawn: line(alert, entry, rule, { approvers }), version: 1 };
  };

import { PHASES } from '../domain/guide.ts';
import type { AlertStore, AuditStore, Message } from '../ports.ts';
import { ruleOf } from '../rules/catalogue.ts';
import type { Drawn } from './drawn.ts';
import { card } from './views/card.ts';
import { guidePhase } from './views/guide.ts';
import { line } from './views/line.ts';
import { notice } from './views/notice.ts';

interface Needs {
  alerts: AlertStore;
  audit: AuditStore;
  approvers: readonly string[];
}

/** A message as its rows are now; nothing when they aren't there any more. */
export type Render = (message: Message) => Promise<Drawn | undefined>;

export const render =
  ({ alerts, audit, approvers }: Needs): Render =>
  async ({ drawing, wantedVersion: version }) => {
    if (drawing.of === 'notice') return notice(drawing.notice);
    const alert = await alerts.find(drawing.alertId);
    if (!alert) return undefined;
    const rule = ruleOf(alert.ruleId);
    if (drawing.of === 'card') return card(alert, rule, { version, responses: [], revokeSessions: false });
    if (drawing.of === 'guide') {
      const phase = PHASES.find((known) => known === drawing.phase);
      return phase && guidePhase(alert, rule, phase, { version });
    }
    if (drawing.of !== 'line') return undefined;
    const entry = await audit.find(drawing.sequence);
    return entry && line(alert, entry, rule, { approvers });
  };

import { PHASES } from '../domain/guide.ts';
import type { AlertStore, AuditStore, Message, Notice, ResponseStore } from '../ports.ts';
import { ruleOf } from '../rules/catalogue.ts';
import { companionsOf } from './companions.ts';
import type { Drawn } from './drawn.ts';
import type { PermalinkOf } from './permalink.ts';
import { card } from './views/card.ts';
import { guidePhase } from './views/guide.ts';
import { line, type Mention } from './views/line.ts';
import { notice } from './views/notice.ts';
import { withOriginal } from './views/response/deed.ts';
import { requestCard } from './views/response/request-card.ts';
import { runbook } from './views/response/runbook.ts';
import { stillOpen } from './views/still-open.ts';

interface Needs {
  alerts: AlertStore;
  audit: AuditStore;
  responses: ResponseStore;
  permalinkOf: PermalinkOf;
  approvers: readonly string[];
  /** Whom to mention when an alert becomes this severe, or worse. */
  mention: Mention;
  revokeSessions: boolean;
}

/** A message as its rows are now; nothing when they aren't there any more. */
export type Render = (message: Message) => Promise<Drawn | undefined>;

export const render =
  ({ alerts, audit, responses, permalinkOf, approvers, mention, revokeSessions }: Needs): Render =>
  async ({ drawing, wantedVersion: version }) => {
    if (drawing.of === 'notice') return told(drawing.notice, { alerts, permalinkOf });
    const alert = await alerts.find(drawing.alertId);
    if (!alert) return undefined;
    const rule = ruleOf(alert.ruleId);
    switch (drawing.of) {
      case 'card':
        return card(alert, rule, {
          version,
          revokeSessions,
          responses: await responses.ofAlert(alert.id),
          companions: await companionsOf(alert, { alerts, permalinkOf }),
        });
      case 'guide': {
        const phase = PHASES.find((known) => known === drawing.phase);
        return phase && guidePhase(alert, rule, phase, { version });
      }
      case 'request':
      case 'runbook': {
        const all = await responses.ofAlert(alert.id);
        const request = all.find(({ id }) => id === drawing.requestId);
        if (!request) return undefined;
        const asked = withOriginal(request, all);
        return drawing.of === 'request'
          ? requestCard(asked, { version, approvers })
          : runbook(asked, { version });
      }
      case 'line': {
        const entry = await audit.find(drawing.sequence);
        return entry && line(alert, entry, rule, { approvers, mention });
      }
    }
  };

async function told(
  about: Notice,
  { alerts, permalinkOf }: Pick<Needs, 'alerts' | 'permalinkOf'>,
): Promise<Drawn> {
  if (about.is !== 'still-open') return notice(about);
  const found = (await Promise.all(about.alerts.map((id) => alerts.find(id)))).filter(
    (one) => one !== undefined,
  );
  const links = await Promise.all(found.map(({ id }) => permalinkOf(id)));
  return stillOpen(about, found, (alert) => links[found.indexOf(alert)]);
}

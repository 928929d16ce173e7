import type { Alert } from '../domain/alert.ts';
import { PHASES } from '../domain/guide.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { AnswerStore } from '../ports/answers.ts';
import type { AuditStore } from '../ports/audit.ts';
import type { BurstStore } from '../ports/bursts.ts';
import type { ExceptionStore } from '../ports/exceptions.ts';
import type { Message, Notice, Summary } from '../ports/messages.ts';
import type { QuestionStore } from '../ports/questions.ts';
import type { ResponseStore } from '../ports/responses.ts';
import { ruleOf } from '../rules/catalogue.ts';
import { makeReport } from '../use-cases/report.ts';
import { companionsOf } from './companions.ts';
import type { Drawn } from './drawn.ts';
import { answerFile } from './files/answer-file.ts';
import { digestFile } from './files/digest-file.ts';
import type { PermalinkOf } from './permalink.ts';
import { card } from './views/card.ts';
import { digestCard } from './views/digest.ts';
import { exceptionCard } from './views/exception/card.ts';
import { guidePhase } from './views/guide.ts';
import { line, type Mention } from './views/line.ts';
import { notice } from './views/notice.ts';
import { digest } from './views/numbers/digest.ts';
import { questionMessage } from './views/question/message.ts';
import { withOriginal } from './views/response/deed.ts';
import { requestCard } from './views/response/request-card.ts';
import { runbook } from './views/response/runbook.ts';
import { stepDetails } from './views/step-answer.ts';
import { stillOpen } from './views/still-open.ts';

interface Needs {
  alerts: AlertStore;
  answers: AnswerStore;
  audit: AuditStore;
  bursts: Pick<BurstStore, 'ofDigest'>;
  responses: ResponseStore;
  exceptions: ExceptionStore;
  questions: QuestionStore;
  permalinkOf: PermalinkOf;
  approvers: readonly string[];
  /** Whom to mention when this alert becomes so severe, or worse. */
  mention: (alert: Alert) => Mention;
  revokeSessions: boolean;
}

/** A message as its rows are now; nothing when they aren't there any more. */
export type Render = (message: Message) => Promise<Drawn | undefined>;

export const render =
  ({
    alerts,
    answers,
    audit,
    bursts,
    responses,
    exceptions,
    questions,
    permalinkOf,
    approvers,
    mention,
    revokeSessions,
  }: Needs): Render =>
  async ({ drawing, wantedVersion: version }) => {
    if (drawing.of === 'notice') return told(drawing.notice, { alerts, permalinkOf });
    if (drawing.of === 'digest' || drawing.of === 'digest-file') {
      const { digest } = drawing;
      const all = (await bursts.ofDigest(digest.id)).map(({ alert }) => alert);
      return drawing.of === 'digest' ? digestCard(digest, all, { version }) : digestFile(digest, all);
    }
    const alert = await alerts.find(drawing.alertId);
    if (!alert) return undefined;
    const rule = ruleOf(alert.ruleId);
    switch (drawing.of) {
      case 'card':
      case 'copy':
        return card(alert, rule, {
          version,
          revokeSessions,
          responses: await responses.ofAlert(alert.id),
          companions: await companionsOf(alert, { alerts, permalinkOf }),
          ...(drawing.of === 'copy' && { original: await permalinkOf(alert.id) }),
        });
      case 'guide': {
        const phase = PHASES.find((known) => known === drawing.phase);
        return phase && guidePhase(alert, rule, phase, { version, answers: await answers.ofAlert(alert.id) });
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
      case 'exception': {
        const exception = await exceptions.find(drawing.exceptionId);
        return exception && exceptionCard(exception, { version, approvers });
      }
      case 'details':
      case 'file': {
        const step = rule.guide.find(({ id }) => id === drawing.step);
        const known = await answers.find(alert.id, drawing.step);
        if (!step || !known) return undefined;
        return drawing.of === 'details'
          ? stepDetails(step, known, { version })
          : answerFile(drawing, step, known);
      }
      case 'question': {
        const question = await questions.find(drawing.questionId);
        return question && questionMessage(question, alert, { version });
      }
      case 'line': {
        const entry = await audit.find(drawing.sequence);
        return entry && line(alert, entry, rule, { approvers, mention: mention(alert) });
      }
    }
  };

/** What isn't about one alert. */
async function told(
  about: Notice | Summary,
  { alerts, permalinkOf }: Pick<Needs, 'alerts' | 'permalinkOf'>,
): Promise<Drawn> {
  if (about.is === 'digest')
    return digest(await makeReport({ alerts }, about), await alerts.countUnresolved(), about.pictures);
  if (about.is !== 'still-open') return notice(about);
  const found = (await Promise.all(about.alerts.map((id) => alerts.find(id)))).filter(
    (one) => one !== undefined,
  );
  const links = await Promise.all(found.map(({ id }) => permalinkOf(id)));
  return stillOpen(about, found, (alert) => links[found.indexOf(alert)]);
}

import type { Alert } from '../alert.ts';
import { assess, withSignal } from '../assessment.ts';
import { type Question, STEP_ASKED_FROM } from '../question.ts';

/**
 * The alert with an answer as evidence on the guide's step. Never closes the alert. "No" raises its score, once,
 * however many people say so.
 */
export function withAnswer(alert: Alert, question: Question, ruleScore: number): Alert {
  const { answer, to: by } = question;
  if (!answer) return alert;
  const { said, comment, at } = answer;
  const step = STEP_ASKED_FROM[question.asked];
  const mark = alert.guide[step] ?? { state: 'open', by, at };
  const evidence = [...(mark.evidence ?? []), { asked: question.asked, by, at, said, comment }];
  return {
    ...alert,
    ...(said === 'no' && disowned(alert, question, ruleScore)),
    guide: { ...alert.guide, [step]: { ...mark, evidence } },
    version: alert.version + 1,
  };
}

function disowned(
  { assessment: before }: Alert,
  { email, answer }: Question,
  ruleScore: number,
): Pick<Alert, 'assessment' | 'severity' | 'riskScore'> {
  const signal = { is: 'disowned', by: email } as const;
  const assessment = before
    ? withSignal(ruleScore, before, signal)
    : assess(ruleScore, { at: answer?.at ?? 0, signals: [signal], unread: [], documentsLeft: 0 });
  return { assessment, severity: assessment.severity, riskScore: assessment.score };
}

import type { WebClient } from '@slack/web-api';
import type { Settings } from '../../config.ts';
import { type Finding, of } from './finding.ts';
import { lookUp, type Workspace } from './listed-people.ts';

/** Whether those whom ESCALATE_TO names are people who can be called; nothing to find where it names nobody. */
export async function escalation(
  web: WebClient,
  { escalation: { next } }: Settings,
  workspace: Workspace,
): Promise<Finding[]> {
  if (next.length === 0) return [];
  const is = of('escalation');
  const { able, troubles } = await lookUp(web, next, workspace);
  if (troubles.length > 0)
    return [is.odd(`${troubles.join('; ')}.`, 'Mend ESCALATE_TO or the user group: nobody else is called.')];
  return [is.well(`${able.length} are called after the responders.`)];
}

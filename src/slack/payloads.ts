import { z } from 'zod';
import type { Doer } from '../ports/audit.ts';

/** The parts of Slack's payloads that we use. Anything else is refused at the edge, with a reference in the log. */
const user = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().nullish(),
  username: z.string().nullish(),
});
const enterprise = z.object({ id: z.string() }).nullish();
const action = z.object({
  action_id: z.string(),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

export const clickPayload = z.object({
  user,
  enterprise,
  team: z.object({ id: z.string() }).nullish(),
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  container: z.object({ message_ts: z.string().optional(), thread_ts: z.string().optional() }).optional(),
  response_url: z.string().optional(),
  /** Where the press was, when it wasn't in a message. */
  view: z.object({ type: z.string() }).optional(),
  actions: z.tuple([action], action),
});
export type ClickPayload = z.infer<typeof clickPayload>;

const input = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_user: z.string().nullish(),
});

export const submissionPayload = z.object({
  user,
  enterprise,
  team: z.object({ id: z.string() }).nullish(),
  view: z.object({
    id: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), input)) }),
  }),
});
export type SubmissionPayload = z.infer<typeof submissionPayload>;

export const homePayload = z.object({
  team_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
  event: z.object({
    user: z.string(),
    tab: z.string(),
    view: z.object({ hash: z.string() }).optional(),
  }),
});

export const commandPayload = z.object({
  user_id: z.string(),
  user_name: z.string().optional(),
  team_id: z.string(),
  enterprise_id: z.string().optional(),
  channel_id: z.string(),
  text: z.string().default(''),
});

/** Who pressed or submitted: verified but for the name, which is what they call themselves now. */
export function doerOf({ user, team }: Pick<ClickPayload, 'user' | 'team'>): Doer {
  return { id: user.id, name: user.name ?? user.username ?? undefined, team: user.team_id ?? team?.id };
}

/** The same as it is checked whether they may act. */
export function presserOf({ user, team, enterprise }: Pick<ClickPayload, 'user' | 'team' | 'enterprise'>) {
  return { id: user.id, teamId: user.team_id ?? team?.id, enterpriseId: enterprise?.id };
}

/** What was typed or chosen in one input of a modal; empty when nothing was. */
export function answerOf({ view }: SubmissionPayload, id: string): string {
  const given = view.state.values[id]?.[id];
  return (given?.value ?? given?.selected_option?.value ?? given?.selected_user ?? '').trim();
}

/** The values of all that is ticked in an input with checkboxes. */
export function tickedIn({ view }: SubmissionPayload, id: string): string[] {
  return (view.state.values[id]?.[id]?.selected_options ?? []).map(({ value }) => value);
}

/** Whether anything is. */
export function isTicked(payload: SubmissionPayload, id: string): boolean {
  return tickedIn(payload, id).length > 0;
}

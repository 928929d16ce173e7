import { z } from 'zod';
import { CRITICALITIES } from '../domain/routing.ts';

export const roleArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    'must be the ARN of a role, such as arn:aws:iam::111122223333:role/groupwatch/groupwatch-reader',
  );

/** Path and name. */
export const rolePath = z
  .string()
  .regex(
    /^(?!arn:|\/|role\/)[\w+=,.@/-]+$/,
    'must be the path and name of a role, such as groupwatch/groupwatch-reader',
  );

export const externalId = z
  .string()
  .regex(/^[\w+=,.@:/-]{2,1224}$/, 'must have 2 to 1224 characters of letters, digits and + = , . @ : / -');

export const channel = z.string().regex(/^[CG][A-Z0-9]{2,}$/, "must be a channel's id (C…), not its name");

/** What may be said of an account, or of all that are found. */
export const COMMON = {
  regions: z
    .array(z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'must be a Region, such as eu-central-1'))
    .default([])
    .meta({ description: "Where people's activity is looked for, beside the Region of IAM's events." }),
  channel: channel
    .optional()
    .meta({ description: 'Where its alerts go if no route says otherwise; else ALERT_CHANNEL.' }),
  owners: z
    .array(
      z.string().regex(/^[UWS][A-Z0-9]{2,}$/, 'must be a Slack id of a person (U…) or a user group (S…)'),
    )
    .default([])
    .meta({ description: 'Who is mentioned, instead of RESPONDERS, when an alert gets severe.' }),
  criticality: z
    .enum(CRITICALITIES, { error: `must be ${CRITICALITIES.join(', ')}` })
    .default('normal')
    .meta({ description: 'How much the account matters; cards show it.' }),
};

import { z } from 'zod';
import type { Criticality } from '../domain/routing.ts';
import { COMMON, externalId, rolePath } from './fields.ts';

const READER = 'groupwatch/groupwatch-reader';

/** Which accounts of an organization are watched, and by which role in each. */
export interface OrganizationSettings {
  /** Path and name; the same in every account but the one that Groupwatch runs in. */
  reader: { role: string; externalId: string | undefined };
  responder: { role: string; externalId: string } | undefined;
  /** Ids and names, with `*` for any text. */
  exclude: string[];
  regions: string[];
  channel: string | undefined;
  owners: string[];
  criticality: Criticality;
}

export const organization = z.strictObject({
  role: rolePath
    .default(READER)
    .meta({ description: 'Path and name of the role to read them with; the same in every account.' }),
  externalId: externalId.optional().meta({ description: "What that role's trust policy asks for." }),
  responder: z
    .strictObject({ role: rolePath, externalId })
    .optional()
    .meta({ description: 'The role to assume for approved requests, for RESPONSE_MODE=execute.' }),
  exclude: z
    .array(z.string({ error: 'must be an id in quotes, or a name' }).min(1, 'is empty'))
    .default([])
    .meta({ description: 'Ids or names of accounts that are not watched, * for any text.' }),
  ...COMMON,
});

/** As the program works with it. */
export function organizationOf({
  role,
  externalId: asked,
  channel,
  responder,
  ...rest
}: z.infer<typeof organization>): OrganizationSettings {
  return { ...rest, reader: { role, externalId: asked }, responder, channel };
}

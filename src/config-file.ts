import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { COMMON, channel, externalId, roleArn } from './config-file/fields.ts';
import { type OrganizationSettings, organization, organizationOf } from './config-file/organization.ts';
import type { Criticality, Route } from './domain/routing.ts';
import { SEVERITIES } from './domain/severity.ts';

/** A role, and what its trust policy asks for. */
export interface Role {
  roleArn: string;
  externalId: string | undefined;
}

/** One account that is to be watched. */
export interface AccountSettings {
  /** Twelve digits; nothing where only STS can tell, by the credentials of the environment. */
  id: string | undefined;
  name: string | undefined;
  /** What it is read with; the credentials of the environment, where there is none. */
  reader: Role | undefined;
  /** What is assumed for approved requests. */
  responder: { roleArn: string; externalId: string } | undefined;
  /** Where people's activity is looked for, beside the Region of IAM's events. */
  regions: string[];
  /** Where its alerts go if no route says otherwise; the default channel, where there is none. */
  channel: string | undefined;
  /** Slack's ids of people and user groups, who are mentioned when an alert gets severe. */
  owners: string[];
  criticality: Criticality;
}

/** What CONFIG_FILE says. */
export interface AccountsAndRoutes {
  accounts: AccountSettings[];
  /** Where AWS is asked for further ones. */
  organization?: OrganizationSettings;
  /** With an organization an account may also stand there by its name. */
  routes: Route[];
}

const account = z.strictObject({
  id: z
    .string({ error: 'must be twelve digits in quotes' })
    .regex(/^\d{12}$/, 'must be twelve digits in quotes')
    .meta({ description: "The account's id, in quotes." }),
  name: z
    .string({ error: 'is missing: what people call the account' })
    .regex(/^[\w .:/()+-]{1,60}$/, 'must have 1 to 60 letters, digits, blanks and _ . : / ( ) + -')
    .meta({ description: 'What people call the account; cards show it.' }),
  roleArn: roleArn.optional().meta({
    description: "The role to read it with. Without one, the environment's own credentials are used.",
  }),
  externalId: externalId.optional().meta({ description: "What that role's trust policy asks for." }),
  responder: z
    .strictObject({ roleArn, externalId })
    .optional()
    .meta({ description: 'The role to assume for approved requests, for RESPONSE_MODE=execute.' }),
  ...COMMON,
});

const route = z.strictObject({
  accounts: z
    .array(z.string())
    .min(1, 'names no account')
    .optional()
    .meta({ description: 'Ids or names of accounts. Left out: all.' }),
  severities: z
    .array(z.enum(SEVERITIES, { error: `must be ${SEVERITIES.join(', ')}` }))
    .min(1, 'names no severity')
    .optional()
    .meta({ description: 'Left out: all.' }),
  groups: z
    .array(z.string().min(1, 'is empty'))
    .min(1, 'names no group')
    .optional()
    .meta({ description: 'Names of groups, whatever their letter case, * for any text. Left out: all.' }),
  channel,
});

/** What the file may say. */
const file = z.strictObject({
  accounts: z
    .array(account, { error: 'is missing: a list of the accounts to watch' })
    .optional()
    .meta({ description: 'The accounts to watch; with `organization` those that it says less of.' }),
  organization: organization
    .optional()
    .meta({ description: 'Watches every active account that AWS Organizations lists.' }),
  routes: z.array(route).default([]).meta({ description: 'The first that fits says where an alert goes.' }),
});

/** The file's JSON Schema, for editors: `# yaml-language-server: $schema=…`. */
export const configFileSchema = (): object => z.toJSONSchema(file, { io: 'input', target: 'draft-7' });

export type ReadFile = ({ ok: true } & AccountsAndRoutes) | { ok: false; problems: string[] };

/** Reads the text of CONFIG_FILE: what it says, or everything that is wrong with it, each with its line. */
export function readConfigFile(text: string): ReadFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const atLine = (offset: number | undefined): string =>
    offset === undefined ? '' : `line ${lines.linePos(offset).line}: `;
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map(({ message, pos }) => `${atLine(pos[0])}${message}`) };
  }
  const contents = contentsOf(document);
  if (!contents.ok) return { ok: false, problems: [contents.problem] };
  const parsed = file.safeParse(contents.value);
  const problems = [
    ...(parsed.error?.issues ?? []),
    ...(parsed.success ? contradictions(parsed.data) : []),
  ].map(
    ({ path, message }) => `${atLine(offsetOf(document, path))}${path.join('.') || 'the file'} ${message}`,
  );
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, ...settingsOf(parsed.data) };
}

/** An alias of what nobody has named is only found out here, and so is one that would grow beyond all measure. */
function contentsOf(
  document: ReturnType<typeof parseDocument>,
): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    return { ok: true, value: document.toJS() };
  } catch (error) {
    return {
      ok: false,
      problem: `the file can't be read: ${error instanceof Error ? error.message : error}`,
    };
  }
}

type Contents = z.infer<typeof file>;

/** Where a value stands; where it is missing, what it is missing from. */
function offsetOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range: unknown = typeof node === 'object' && node ? Reflect.get(node, 'range') : undefined;
    if (Array.isArray(range) && typeof range[0] === 'number') return range[0];
  }
  return undefined;
}

interface Problem {
  path: PropertyKey[];
  message: string;
}

/** What each value may say, and all together can't. */
function contradictions({ accounts: given, organization: found, routes }: Contents): Problem[] {
  const problems: Problem[] = [];
  const accounts = given ?? [];
  const add = (message: string, ...path: PropertyKey[]): void => void problems.push({ path, message });
  if (!given && !found) add('is missing: a list of the accounts to watch', 'accounts');
  if (given?.length === 0 && !found) add('is empty: name the accounts to watch', 'accounts');
  for (const [index, { id, name, roleArn, externalId: asked, responder }] of accounts.entries()) {
    const at = ['accounts', index];
    if (accounts.findIndex((one) => one.id === id) < index) add('is there twice', ...at, 'id');
    if (accounts.findIndex((one) => one.name === name) < index) add('is there twice', ...at, 'name');
    if (roleArn && accountOf(roleArn) !== id) add(`is of another account than ${id}`, ...at, 'roleArn');
    if (asked && !roleArn) add('needs a roleArn that asks for it', ...at, 'externalId');
    if (responder && accountOf(responder.roleArn) !== id)
      add(`is of another account than ${id}`, ...at, 'responder', 'roleArn');
    if (!roleArn && accounts.findIndex((one) => !one.roleArn) < index)
      add("needs a roleArn: the environment's credentials are of one account only", ...at);
  }
  for (const [index, { accounts: named = [] }] of routes.entries()) {
    for (const [place, one] of named.entries()) {
      if (!found && !accounts.some(({ id, name }) => id === one || name === one))
        add('is none of the accounts', 'routes', index, 'accounts', place);
    }
  }
  return problems;
}

const accountOf = (roleArn: string): string | undefined => roleArn.split(':')[4];

function settingsOf({ accounts = [], organization: found, routes }: Contents): AccountsAndRoutes {
  const idOf = (named: string): string => accounts.find(({ name }) => name === named)?.id ?? named;
  return {
    accounts: accounts.map(({ roleArn, externalId: asked, responder, channel: to, ...rest }) => ({
      ...rest,
      reader: roleArn === undefined ? undefined : { roleArn, externalId: asked },
      responder,
      channel: to,
    })),
    ...(found && { organization: organizationOf(found) }),
    routes: routes.map(({ accounts: named, ...rest }) => ({ ...rest, accounts: named?.map(idOf) })),
  };
}

import { parseArgs } from 'node:util';
import { GRANTS, type Grant } from '../aws/calls.ts';
import { isPrincipalPattern } from '../domain/response/protected.ts';
import { type Place, policyFor, trustPolicy } from './iam-policies.ts';

const MISUSED = 2;

const USAGE = `usage: npm run iam-policy -- [WHICH…] [OPTIONS]

WHICH, by default all:
  poller              reads CloudTrail                        for the role that Groupwatch runs with
  enricher            reads users, groups and roles           the same
  assume              may assume the responder role           the same
  assume-others       may assume the roles of CONFIG_FILE     the same, for other accounts
  organization        lists the organization's accounts       the same, for organization in CONFIG_FILE
  doctor              asks what the responder could do        the same, for npm run doctor
  responder           contains a user                         for the responder role
  responder-optional  inline denies, passwords, role sessions the same, if you want that
  responder-restore   takes a containment back                the same, if you want that
  trust               who may assume the responder role       its trust policy

OPTIONS:
  --account=ID           the account, twelve digits
  --partition=NAME       aws, aws-us-gov, aws-cn, …
  --bot-account=ID       the account that Groupwatch runs in, if it is another one
  --bot-role=NAME        path and name of the role that Groupwatch runs with
  --responder-role=NAME  path and name of the responder role
  --reader-role=NAME     path and name of the role that other accounts are read with
  --external-id=TEXT     as RESPONDER_EXTERNAL_ID
  --protected=ARN        a user or role that is never touched, with *; may be repeated`;

const OPTIONS = {
  account: { type: 'string', default: '111122223333' },
  partition: { type: 'string', default: 'aws' },
  'bot-account': { type: 'string' },
  'bot-role': { type: 'string', default: 'groupwatch/groupwatch' },
  'responder-role': { type: 'string', default: 'groupwatch/groupwatch-responder' },
  'reader-role': { type: 'string', default: 'groupwatch/groupwatch-reader' },
  'external-id': { type: 'string', default: 'REPLACE-WITH-YOUR-EXTERNAL-ID' },
  protected: { type: 'string', multiple: true },
} as const;

/** What is wrong with a value, by its option. */
const CHECKS: [Exclude<keyof typeof OPTIONS, 'protected'>, RegExp, string][] = [
  ['bot-account', /^\d{12}$/, 'is an account id: twelve digits'],
  ['account', /^\d{12}$/, 'is an account id: twelve digits'],
  ['partition', /^aws[a-z-]*$/, 'is a partition, such as aws or aws-us-gov'],
  ['bot-role', /^[\w+=,.@/-]+$/, 'is a path and name of a role, such as groupwatch/groupwatch'],
  [
    'responder-role',
    /^[\w+=,.@/-]+$/,
    'is a path and name of a role, such as groupwatch/groupwatch-responder',
  ],
  ['reader-role', /^[\w+=,.@/-]+$/, 'is a path and name of a role, such as groupwatch/groupwatch-reader'],
  [
    'external-id',
    /^[\w+=,.@:/-]{2,1224}$/,
    'has 2 to 1224 characters of letters, digits and + = , . @ : / -',
  ],
];

/** One policy as it is, so that it can be piped; several by their names. Throws an Error that says what to mend. */
function main(args: string[]): unknown {
  const {
    values: { protected: protectedPrincipals = [], ...values },
    positionals,
  } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  for (const [option, pattern, is] of CHECKS) {
    const value = values[option];
    if (value !== undefined && !pattern.test(value)) throw new Error(`--${option} ${is}, not ${value}`);
  }
  const unfit = protectedPrincipals.find((arn) => !isPrincipalPattern(arn));
  if (unfit) throw new Error(`--protected is an ARN of IAM users or roles, not ${unfit}`);
  const place: Place = {
    partition: values.partition,
    account: values.account,
    botAccount: values['bot-account'],
    botRole: values['bot-role'],
    responderRole: values['responder-role'],
    readerRole: values['reader-role'],
    externalId: values['external-id'],
    protectedPrincipals,
  };
  const grants = Object.keys(GRANTS).filter(isGrant);
  const known = [...grants, 'trust'];
  const unknown = positionals.find((one) => !known.includes(one));
  if (unknown) throw new Error(`there is no policy ${unknown}`);
  const wanted = positionals.length > 0 ? positionals : known;
  const all: Record<string, unknown> = { trust: trustPolicy(place) };
  for (const grant of grants) all[grant] = policyFor(grant, place);
  const [only] = wanted;
  return wanted.length === 1 && only ? all[only] : Object.fromEntries(wanted.map((one) => [one, all[one]]));
}

function isGrant(name: string): name is Grant {
  return name in GRANTS;
}

try {
  console.log(JSON.stringify(main(process.argv.slice(2)), null, 2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  process.exitCode = MISUSED;
}

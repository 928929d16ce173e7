import { type ContextEntry, type IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { AWS_CALLS, type AwsCall, type Grant } from '../../aws/calls.ts';
import { failureOf } from '../../aws/failure.ts';
import { denyAllArn } from '../../domain/response/policies.ts';
import { PROTECTING_TAGS } from '../../domain/response/protected.ts';
import { SourceFailure } from '../../ports/cloudtrail.ts';
import type { Aws } from './aws.ts';
import { type Finding, of, words } from './finding.ts';

/** A call that the responder is imagined to make. */
interface Imagined {
  permission: string;
  resource: string;
  context: ContextEntry[];
}

/** What the responder role could do, by IAM's policy simulator; nothing is called that writes. */
export async function responderPermissions(iam: IAMClient, roleArn: string, checks: Aws): Promise<Finding[]> {
  const may = of('responder may');
  const simulate = (call: Imagined): Promise<boolean> => isAllowed(iam, roleArn, call, checks.signal);
  const lacking = async (grant: Grant): Promise<string[]> => {
    const calls = AWS_CALLS.filter((call) => call.grant === grant);
    const answers = await Promise.all(calls.map((call) => simulate(imagine(call, checks))));
    return calls.filter((_, index) => !answers[index]).map(({ permission }) => permission);
  };
  try {
    const missing = await lacking('responder');
    const without = [...(await lacking('responder-optional')), ...(await lacking('responder-restore'))];
    const left = without.length > 0 ? `; people do what needs ${[...new Set(without)].join(', ')}` : '';
    return [
      missing.length > 0
        ? may.ill(
            `not ${missing.join(', ')}.`,
            'Give the role the policy that npm run iam-policy -- responder prints.',
          )
        : may.well(`contain a user${left}.`),
      ...(await bounds(simulate, checks)),
    ];
  } catch (error) {
    const failure = failureOf(error, 'simulating');
    if (!(failure instanceof SourceFailure && failure.trouble === 'access-denied')) throw failure;
    return [
      may.odd(
        `what, can't be told: ${words(failure)}.`,
        'Grant the policy that npm run iam-policy -- doctor prints.',
      ),
    ];
  }
}

/** What the role's policy must refuse, whoever asks. */
async function bounds(simulate: (call: Imagined) => Promise<boolean>, checks: Aws): Promise<Finding[]> {
  const not = of('responder may not');
  const { partition, account } = checks.me;
  const attach = {
    permission: 'iam:AttachUserPolicy',
    resource: `arn:${partition}:iam::${account}:user/${SOMEBODY}`,
  };
  const denyAll = key('iam:PolicyARN', denyAllArn(partition));
  const imagined: [string, Imagined][] = [
    [
      'attach AdministratorAccess',
      {
        ...attach,
        context: [key('iam:PolicyARN', `arn:${partition}:iam::aws:policy/AdministratorAccess`)],
      },
    ],
    ...PROTECTING_TAGS.map((tag): [string, Imagined] => [
      `touch what has the tag ${tag}`,
      { ...attach, context: [denyAll, key(`aws:ResourceTag/${tag}`, 'true')] },
    ]),
    ...checks.settings.response.protectedPrincipals.map((pattern): [string, Imagined] => [
      `touch ${pattern}`,
      { ...attach, resource: pattern.replaceAll('*', SOMEBODY), context: [denyAll] },
    ]),
  ];
  const answers = await Promise.all(imagined.map(([, call]) => simulate(call)));
  const open = imagined.filter((_, index) => answers[index]).map(([what]) => what);
  if (open.length === 0) return [not.well('make anybody more powerful, nor touch the protected.')];
  return [
    not.odd(
      `though it could: ${open.join('; ')}.`,
      'Give the role exactly the policies of npm run iam-policy, with --protected for PROTECTED_PRINCIPALS.',
    ),
  ];
}

const SOMEBODY = 'groupwatch-doctor-asks';

const key = (name: string, value: string): ContextEntry => ({
  ContextKeyName: name,
  ContextKeyType: 'string',
  ContextKeyValues: [value],
});

function imagine({ permission, on, only }: AwsCall, { me: { partition, account } }: Aws): Imagined {
  const denyAll = denyAllArn(partition);
  const context = {
    'attaches-deny-all': [key('iam:PolicyARN', denyAll)],
    'bounds-by-deny-all': [key('iam:PermissionsBoundary', denyAll)],
    'iam-events': [],
  };
  return {
    permission,
    resource: `arn:${partition}:iam::${account}:${on}/${SOMEBODY}`,
    context: only ? context[only] : [],
  };
}

async function isAllowed(
  iam: IAMClient,
  PolicySourceArn: string,
  { permission, resource, context }: Imagined,
  abortSignal: AbortSignal,
): Promise<boolean> {
  const { EvaluationResults = [] } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn,
      ActionNames: [permission],
      ResourceArns: [resource],
      ContextEntries: context,
    }),
    { abortSignal },
  );
  return EvaluationResults.length > 0 && EvaluationResults.every((one) => one.EvalDecision === 'allowed');
}

import { actionGlob, type Glob } from './glob.ts';
import { type Need, needOf } from './grants.ts';

/** How little is enough for a path. */
export type Reach =
  /** Any resource: it may well be the user's own, or the one that matters. */
  | 'any'
  /** Others' identities: what people may do to their own (`user/${aws:username}`) gives them nothing new. */
  | 'others'
  /** Named by its service and open to all of the kind: the usual right to deploy one's own service isn't it. */
  | 'wide';

/** A known way from these actions to more rights than the policies seem to give. */
export interface Path {
  /** Its actions, `iam:PassRole + ec2:RunInstances`. */
  id: string;
  steps: Need[];
  reach: Reach;
  leadsTo: string;
  /** The service that runs something under the passed role. */
  service?: Glob;
}

const USER = 'arn:aws:iam::*:user/*';
const GROUP = 'arn:aws:iam::*:group/*';
const ROLE = 'arn:aws:iam::*:role/*';
const POLICY = 'arn:aws:iam::*:policy/*';
/** They work on resources of other services too. */
const ANYTHING = '*';

function single(reach: Reach, leadsTo: string, on: string | undefined, actions: string[]): Path[] {
  return actions.map((id) => ({ id, steps: [needOf(id, on)], reach, leadsTo }));
}

const GIVES = 'gives itself or others any permission';
const TAKES = 'takes over another user';
const DROPS = 'drops a limit that holds it back';
const RUNS = 'acts with the rights of a role that something runs under';

/** Actions of IAM that let a user give itself anything: with all of IAM they make an administrator. */
export const SELF_GRANTING: readonly Path[] = [
  ...single('any', GIVES, USER, ['iam:AttachUserPolicy', 'iam:PutUserPolicy']),
  ...single('any', GIVES, GROUP, ['iam:AttachGroupPolicy', 'iam:PutGroupPolicy', 'iam:AddUserToGroup']),
  ...single('any', GIVES, ROLE, ['iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy']),
  ...single('any', GIVES, POLICY, ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion']),
];

const TAKING_OVER: Path[] = single('others', TAKES, USER, [
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:DeactivateMFADevice',
  'iam:UpdateAccessKey',
  'iam:UpdateLoginProfile',
]);

const DROPPING: Path[] = [
  ...single('any', DROPS, USER, [
    'iam:DeleteUserPermissionsBoundary',
    'iam:DeleteUserPolicy',
    'iam:DetachUserPolicy',
    'iam:PutUserPermissionsBoundary',
  ]),
  ...single('any', DROPS, GROUP, ['iam:DeleteGroupPolicy', 'iam:DetachGroupPolicy']),
];

function pair(actions: string[], leadsTo: string): Path {
  return {
    id: actions.join(' + '),
    steps: actions.map((action) => needOf(action)),
    reach: 'wide',
    leadsTo,
  };
}

const THROUGH_WHAT_RUNS: Path[] = [
  ...single('wide', 'acts as any role that trusts the account', ROLE, ['sts:AssumeRole']),
  ...single('wide', RUNS, ANYTHING, [
    'ec2-instance-connect:SendSSHPublicKey',
    'ssm:SendCommand',
    'ssm:StartSession',
  ]),
  ...single('wide', RUNS, undefined, [
    'apprunner:UpdateService',
    'cloudformation:UpdateStack',
    'codebuild:StartBuild',
    'codebuild:StartBuildBatch',
    'ecs:ExecuteCommand',
    'glue:UpdateDevEndpoint',
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
    'sagemaker:CreatePresignedNotebookInstanceUrl',
  ]),
  pair(['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'], RUNS),
  pair(['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'], RUNS),
  ...single('wide', 'rules the whole organization', undefined, ['organizations:*']),
  ...single('wide', 'gives itself or others access to any account', undefined, [
    'sso:AttachManagedPolicyToPermissionSet',
    'sso:CreateAccountAssignment',
    'sso:PutInlinePolicyToPermissionSet',
  ]),
];

function passing(service: string, ...ways: string[][]): Path[] {
  return ways.map((actions) => ({
    id: ['iam:PassRole', ...actions].join(' + '),
    steps: [needOf('iam:PassRole', ROLE), ...actions.map((action) => needOf(action))],
    reach: 'any',
    leadsTo: RUNS,
    service: actionGlob(`${service}.amazonaws.com`),
  }));
}

const PASSING_A_ROLE: Path[] = [
  ...passing('apprunner', ['apprunner:CreateService']),
  ...passing('autoscaling', ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup']),
  ...passing('bedrock-agentcore', ['bedrock-agentcore:CreateCodeInterpreter']),
  ...passing('cloudformation', ['cloudformation:CreateStack'], ['cloudformation:CreateStackSet']),
  ...passing('codebuild', ['codebuild:CreateProject', 'codebuild:StartBuild']),
  ...passing('datapipeline', ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition']),
  ...passing('ec2', ['ec2:RunInstances'], ['ec2:RequestSpotInstances'], ['ec2:AssociateIamInstanceProfile']),
  ...passing(
    'ecs-tasks',
    ['ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    ['ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    ['batch:RegisterJobDefinition', 'batch:SubmitJob'],
  ),
  ...passing('elasticmapreduce', ['elasticmapreduce:RunJobFlow']),
  ...passing('glue', ['glue:CreateJob'], ['glue:CreateDevEndpoint']),
  ...passing('lambda', ['lambda:CreateFunction']),
  ...passing(
    'sagemaker',
    ['sagemaker:CreateNotebookInstance'],
    ['sagemaker:CreateProcessingJob'],
    ['sagemaker:CreateTrainingJob'],
  ),
  ...passing('scheduler', ['scheduler:CreateSchedule']),
  ...passing('ssm', ['ssm:StartAutomationExecution']),
  ...passing('states', ['states:CreateStateMachine', 'states:StartExecution']),
];

/**
 * The known paths of privilege escalation, those that need least first. Facts from AWS's service authorization
 * reference and public catalogues of such paths (pathfinding.cloud; Rhino Security Labs, "AWS IAM Privilege
 * Escalation"), with credentials and limits that are newer than those.
 */
export const PATHS: readonly Path[] = [
  ...SELF_GRANTING,
  ...TAKING_OVER,
  ...PASSING_A_ROLE,
  ...THROUGH_WHAT_RUNS,
  ...DROPPING,
];

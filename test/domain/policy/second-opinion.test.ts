import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, resourceGlob } from '../../../src/domain/policy/glob.ts';
import { SELF_GRANTING } from '../../../src/domain/policy/paths.ts';
import { judge } from '../../../src/domain/policy/verdict.ts';
import { account } from '../../standins/aws/sdk.ts';
import { any } from './arbitrary.ts';
import { policy } from './policies.ts';

const ACCOUNT = 'arn:aws:iam::111122223333';
const RESOURCES = ['user', 'group', 'role', 'policy']
  .map((kind) => `${ACCOUNT}:${kind}/zed`)
  .concat('arn:aws:iam::1:role/a');
/** Each on the kind that it works on: who may put a user's policy on roles may do nothing. */
const SELF_GRANTS = SELF_GRANTING.flatMap(({ id, steps }) =>
  RESOURCES.filter((resource) => steps.every(({ on }) => covers(on, resourceGlob(resource)))).map(
    (resource) => [id, resource] as const,
  ),
);
const ELSEWHERE = [
  ['s3:PutObject', 'arn:aws:s3:::vault/x'],
  ['sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:jobs'],
  ['ec2:RunInstances', 'arn:aws:ec2:us-east-1:111122223333:instance/*'],
  ['iam:GetRole', `${ACCOUNT}:role/a`],
] as const;

/** The stand-in decides single calls by an evaluator of its own, which knows nothing of this one. */
describe('the verdict agrees with who decides single calls', () => {
  it('for every set of statements', async () => {
    const aws = await account();
    const allowed = (action: string, resource: string) => aws.allows('zed', action, resource);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), (Statement) => {
        aws.given.user({ name: 'zed', inline: { test: { Version: '2012-10-17', Statement } } });
        const { is, reasons } = judge([policy(...Statement)]);
        const selfGrant = SELF_GRANTS.some(([action, resource]) => allowed(action, resource));
        if (selfGrant) expect(['administrator', 'escalation']).toContain(is);
        if (ELSEWHERE.some(([action, resource]) => allowed(action, resource))) expect(is).not.toBe('nothing');
        const [first] = reasons;
        if (is === 'administrator' && !first?.conditional) expect(selfGrant).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

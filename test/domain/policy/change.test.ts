import { describe, expect, it } from 'vitest';
import { changeBy } from '../../../src/domain/policy/change.ts';
import { allow, deny, named, on, policy, withMfa } from './policies.ts';

const ids = (reasons: { id: string }[]): string[] => reasons.map(({ id }) => id);
const actions = (grants: { action: string }[]): string[] => grants.map(({ action }) => action);

describe('what a group adds to a user', () => {
  it('is everything, for one who had nothing', () => {
    const change = changeBy([], [policy(allow('*'))]);
    expect(change).toMatchObject({ before: { is: 'nothing' }, after: { is: 'administrator' }, raised: true });
    expect(ids(change.newReasons)).toEqual(['everything']);
    expect(actions(change.newGrants)).toEqual(['*']);
  });

  it('is nothing, for one who had it all', () => {
    const change = changeBy(
      [policy(allow('*'))],
      [named('more', allow('iam:*', 's3:*'), { NotAction: 'x:*' })],
    );
    expect(change).toMatchObject({ raised: false, newReasons: [], newGrants: [] });
  });

  it('may complete a path that older policies begin', () => {
    const change = changeBy(
      [named('run', allow('ec2:RunInstances'))],
      [named('pass', allow('iam:PassRole'))],
    );
    expect(change).toMatchObject({ before: { is: 'narrow' }, after: { is: 'escalation' }, raised: true });
    expect(ids(change.newReasons)).toEqual(['iam:PassRole + ec2:RunInstances']);
    expect(actions(change.newGrants)).toEqual(['iam:PassRole']);
  });

  it('is told by name, the strongest first, without what was allowed before', () => {
    const before = [named('own', allow('s3:Get*'), on(allow('sqs:*'), 'arn:aws:sqs:*:*:jobs'))];
    const added = [named('new', allow('s3:GetObject', 'ec2:Describe*', 'sqs:SendMessage', 's3:Put*'))];
    const change = changeBy(before, added);
    expect(actions(change.newGrants)).toEqual(['s3:Put*', 'sqs:SendMessage', 'ec2:Describe*']);
    expect(ids(change.newReasons)).toEqual(['write: s3']);
  });

  it('is new where it held under a condition only', () => {
    const change = changeBy(
      [named('old', withMfa(allow('s3:PutObject')))],
      [named('new', allow('s3:PutObject'))],
    );
    expect(change.newGrants).toMatchObject([{ policy: { name: 'new' } }]);
  });

  it('can be less, by a refusal', () => {
    const change = changeBy([policy(allow('*'))], [named('limit', deny('iam:*'))]);
    expect(change).toMatchObject({
      before: { is: 'administrator' },
      after: { is: 'broad-write' },
      raised: false,
      newReasons: [],
      newGrants: [],
    });
  });

  it('stays within the boundary', () => {
    const change = changeBy([], [policy(allow('*'))], policy(allow('s3:Get*')));
    expect(change).toMatchObject({ after: { is: 'narrow' }, newReasons: [] });
  });
});

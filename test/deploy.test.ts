import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GRANTS, type Grant } from '../src/aws/calls.ts';
import { type Place, policyFor, trustPolicy } from '../src/cli/iam-policies.ts';
import { carriedOut } from './support/cloudformation.ts';

const text = readFileSync(join(resolve(import.meta.dirname, '..'), 'deploy/cloudformation.yml'), 'utf8');

const role = z.object({
  Type: z.literal('AWS::IAM::Role'),
  Properties: z.object({
    Path: z.string(),
    RoleName: z.string(),
    AssumeRolePolicyDocument: z.unknown(),
    Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() })),
  }),
});

const PROTECTED = ['arn:aws:iam::111122223333:user/break-glass/*', 'arn:aws:iam::111122223333:role/Admin'];
const place: Place = {
  partition: 'aws',
  account: '111122223333',
  botRole: 'groupwatch/groupwatch',
  responderRole: 'groupwatch/groupwatch-responder',
  externalId: 'gw-7f3a',
  protectedPrincipals: [],
};
const EXECUTE = { Execute: 'true', ExternalId: 'gw-7f3a' };

/** The policies of both roles by their names, and the responder's trust. */
function rolesOf(parameters: Record<string, unknown>) {
  const resources = carriedOut(text, parameters);
  const policiesOf = (name: string): Record<string, unknown> => {
    const parsed = role.optional().parse(resources[name]);
    const policies = parsed?.Properties.Policies ?? [];
    return Object.fromEntries(policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]));
  };
  const trust = role.optional().parse(resources.ResponderRole)?.Properties.AssumeRolePolicyDocument;
  return { bot: policiesOf('Role'), responder: policiesOf('ResponderRole'), trust };
}

const policies = (grants: Grant[], where = place) =>
  Object.fromEntries(grants.map((grant) => [grant, policyFor(grant, where)]));

describe('the CloudFormation template', () => {
  it('reads only, unless it is told to execute', () => {
    expect(rolesOf({})).toEqual({ bot: policies(['poller', 'enricher']), responder: {}, trust: undefined });
  });

  it('has the policies that the program prints', () => {
    expect(rolesOf({ ...EXECUTE, AllowOptional: 'true', AllowRestore: 'true' })).toEqual({
      bot: policies(['poller', 'enricher', 'assume', 'doctor']),
      responder: policies(['responder', 'responder-optional', 'responder-restore']),
      trust: trustPolicy(place),
    });
  });

  it('has all of them', () => {
    const { bot, responder } = rolesOf({
      ...EXECUTE,
      AllowOptional: 'true',
      AllowRestore: 'true',
      WatchesOthers: 'true',
      ListsOrganization: 'true',
    });
    expect([...Object.keys(bot), ...Object.keys(responder)].sort()).toEqual(Object.keys(GRANTS).sort());
  });

  it('lets Groupwatch into other accounts only when it is told to', () => {
    expect(rolesOf({ WatchesOthers: 'true' }).bot).toEqual(policies(['poller', 'enricher', 'assume-others']));
  });

  it('lets Groupwatch list the organization only when it is told to', () => {
    expect(rolesOf({ ListsOrganization: 'true' }).bot).toEqual(
      policies(['poller', 'enricher', 'organization']),
    );
  });

  it('makes roles in another account that only Groupwatch can assume, each with its own external id', () => {
    const hub = 'arn:aws:iam::999988887777:role/groupwatch/groupwatch';
    const there = { ...place, botAccount: '999988887777' };
    const parameters = { ...EXECUTE, Hub: hub, ReaderExternalId: 'gw-reads' };
    const { bot, responder, trust } = rolesOf(parameters);
    const { Properties: reader } = role.parse(carriedOut(text, parameters).Role);
    expect(bot).toEqual(policies(['poller', 'enricher', 'doctor']));
    expect(responder).toEqual(policies(['responder'], { ...place, botRole: 'groupwatch/groupwatch-reader' }));
    expect(trust).toEqual(trustPolicy(there));
    expect(reader.RoleName).toBe('groupwatch-reader');
    expect(reader.AssumeRolePolicyDocument).toEqual(trustPolicy({ ...there, externalId: 'gw-reads' }));
  });

  it('gives the responder no more than asked for', () => {
    expect(Object.keys(rolesOf(EXECUTE).responder)).toEqual(['responder']);
    const restore = rolesOf({ ...EXECUTE, AllowRestore: 'true' }).responder;
    expect(Object.keys(restore)).toEqual(['responder', 'responder-restore']);
  });

  it('protects whom it is told to', () => {
    expect(rolesOf({ ...EXECUTE, ProtectedPrincipals: PROTECTED }).responder).toEqual(
      policies(['responder'], { ...place, protectedPrincipals: PROTECTED }),
    );
  });

  it.each(['aws-us-gov', 'aws-cn', 'aws-iso-f'])('fits the partition %s', (partition) => {
    const all = { ...EXECUTE, AllowOptional: 'true', AllowRestore: 'true', 'AWS::Partition': partition };
    const there = { ...place, partition };
    expect(rolesOf(all)).toEqual({
      bot: policies(['poller', 'enricher', 'assume', 'doctor'], there),
      responder: policies(['responder', 'responder-optional', 'responder-restore'], there),
      trust: trustPolicy(there),
    });
  });
});

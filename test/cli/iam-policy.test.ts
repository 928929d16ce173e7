import { describe, expect, it } from 'vitest';
import { GRANTS } from '../../src/aws/calls.ts';
import { policyFor, trustPolicy } from '../../src/cli/iam-policies.ts';
import { runProgram } from '../support/program.ts';

/** What `npm run iam-policy` prints. */
async function run(...args: string[]) {
  const { status, out, err } = await runProgram('src/cli/iam-policy.ts', args);
  return { status, stderr: err, printed: out === '' ? undefined : JSON.parse(out) };
}

const WHERE = [
  '--account=444455556666',
  '--partition=aws-us-gov',
  '--bot-role=bots/gw',
  '--responder-role=gw-r',
];
const HERE = {
  partition: 'aws-us-gov',
  account: '444455556666',
  botRole: 'bots/gw',
  responderRole: 'gw-r',
  externalId: 'gw-7f3a',
  protectedPrincipals: ['arn:aws-us-gov:iam::444455556666:user/a,b', 'arn:aws-us-gov:iam::*:role/Admin'],
};

describe('npm run iam-policy', () => {
  it('prints every policy by its name', async () => {
    const { status, printed } = await run();
    expect(status).toBe(0);
    expect(Object.keys(printed).sort()).toEqual([...Object.keys(GRANTS), 'trust'].sort());
  });

  it('prints a single one as IAM takes it, for the place that is told', async () => {
    const protect = HERE.protectedPrincipals.map((arn) => `--protected=${arn}`);
    const { printed } = await run('responder', '--external-id=gw-7f3a', ...protect, ...WHERE);
    expect(printed).toEqual(policyFor('responder', HERE));
    expect(JSON.stringify(printed)).toContain('arn:aws-us-gov:iam::aws:policy/AWSDenyAll');
    expect(printed.Statement.at(-1)).toMatchObject({ Effect: 'Deny', Resource: HERE.protectedPrincipals });
    expect((await run('trust', '--external-id=gw-7f3a', ...WHERE)).printed).toEqual(trustPolicy(HERE));
  });

  it('fits into what IAM takes: 6,144 characters a managed policy', async () => {
    const { printed } = await run();
    for (const policy of Object.values(printed)) expect(JSON.stringify(policy).length).toBeLessThan(6_144);
  });

  it.each([
    [['everything'], /there is no policy everything/],
    [['--account=12'], /--account is an account id: twelve digits, not 12/],
    [['--partition=azure'], /--partition is a partition/],
    [['--external-id=?'], /--external-id has 2 to 1224 characters/],
    [['--bot-role='], /--bot-role is a path and name/],
    [['--protected=bob'], /--protected is an ARN of IAM users or roles, not bob/],
    [['--verbose'], /Unknown option '--verbose'/],
  ])('explains itself after %o', async (args, why) => {
    const { status, stderr, printed } = await run(...args);
    expect({ status, printed }).toEqual({ status: 2, printed: undefined });
    expect(stderr).toMatch(why);
    expect(stderr).toMatch(/usage: npm run iam-policy/);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { ResponseRequest } from '../../src/domain/response/request.ts';
import { type ResponseWorld, startResponses } from '../support/response-world.ts';

let world: ResponseWorld;
afterEach(() => world[Symbol.asyncDispose]());

const stepsOf = ({ steps }: ResponseRequest) =>
  Object.fromEntries(steps.map(({ id, state }) => [id, state.is]));
const writes = () =>
  world.aws.calls
    .filter(({ name, caller }) => /responder/.test(String(caller)) && !/Get|List/.test(name))
    .map(({ name }) => name);

describe('disabling a user', () => {
  it('denies first, switches every credential off, and keeps password and MFA', async () => {
    world = await startResponses();
    const before = world.aws.stateOf('bob');
    expect(world.aws.can({ key: 'AKIAEXAMPLE11' }, 's3:GetObject')).toBe(true);
    const done = await world.carryOut();
    expect(done.state.is).toBe('done');
    expect(stepsOf(done)).toEqual({
      deny: 'applied',
      'key:AKIAEXAMPLE11': 'applied',
      'key:AKIAEXAMPLE12': 'preexisting',
      'service:ACCAEXAMPLE11': 'applied',
      'ssh:APKAEXAMPLE11': 'applied',
      'certificate:CERTEXAMPLE11': 'applied',
    });
    expect(writes()[0]).toBe('iam:AttachUserPolicy');
    expect(world.aws.can({ key: 'AKIAEXAMPLE11' }, 's3:GetObject')).toBe(false);
    expect(world.aws.allows('bob', 's3:GetObject')).toBe(false);
    expect(world.aws.stateOf('bob')).toMatchObject({
      mfa: before.mfa,
      password: before.password,
      groups: before.groups,
    });
    expect(world.warnings).toEqual([]);
  });

  it('is taken back to what was before, with the deny detached last and old sessions kept dead', async () => {
    world = await startResponses();
    const before = world.aws.stateOf('bob');
    const done = await world.carryOut();
    const undone = await world.carryOut({ do: 'undo', of: done.id, reactivate: true });
    expect(undone.state.is).toBe('done');
    const after = world.aws.stateOf('bob');
    const { GroupwatchRevokeOlderSessions: guard, ...inline } = after.inline;
    expect(guard).toBeDefined();
    expect({ ...after, inline }).toEqual(before);
    expect(
      writes()
        .filter((name) => name.startsWith('iam:'))
        .at(-1),
    ).toBe('iam:DetachUserPolicy');
    expect(world.aws.can({ key: 'AKIAEXAMPLE11' }, 's3:GetObject')).toBe(true);
    await world.until(done.id, ({ state }) => state.is === 'undone');
  });

  it('is done again, and told, when an attacker takes the deny off', async () => {
    world = await startResponses();
    world.aws.after('UpdateSigningCertificate', () => {
      world.aws.attacker('bob').detachDeny();
      world.aws.attacker('bob').mintKey();
    });
    const done = await world.carryOut();
    expect(world.aws.allows('bob', 's3:GetObject')).toBe(true);
    const checked = await world.until(done.id, ({ checks }) => checks.made > 0);
    expect(world.aws.allows('bob', 's3:GetObject')).toBe(false);
    expect(checked.findings.map(({ is, what }) => `${is} ${what}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^reapplied AttachUserPolicy/),
        expect.stringMatching(/^new AKIA/),
      ]),
    );
  });
});

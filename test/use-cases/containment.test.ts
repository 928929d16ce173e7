import { Kysely, sql } from 'kysely';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ResponseRequest } from '../../src/domain/response/request.ts';
import { connect } from '../../src/storage/connect.ts';
import { type ResponseWorld, startResponses } from '../support/response-world.ts';

/** Previews and tries of jobs take their time. */
const PATIENCE = { timeout: 10_000 };

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
    world.aws.given.role({ name: 'Deploy', attached: ['PowerUserAccess'] });
    world.aws.attacker('bob').assumeRole('Deploy');
    const done = await world.carryOut();
    expect(world.aws.allows('bob', 's3:GetObject')).toBe(true);
    const checked = await world.until(done.id, ({ checks }) => checks.made > 0);
    expect(world.aws.allows('bob', 's3:GetObject')).toBe(false);
    expect(checked.findings.map(({ is, what }) => `${is} ${what}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^reapplied AttachUserPolicy/),
        expect.stringMatching(/^new AKIA/),
        expect.stringMatching(/^session arn:aws:iam::111122223333:role\/Deploy/),
      ]),
    );
  });
});

describe('before the first write', () => {
  it('it waits until that is on record, and is done once it can be', async () => {
    world = await startResponses();
    const hand = new Kysely<unknown>({ dialect: connect(world.databaseUrl).dialect });
    onTestFinished(() => hand.destroy());
    await sql`create trigger full before insert on audit when new.what = 'response-step'
      begin select raise(abort, 'the disk is full'); end`.execute(hand);
    const { id } = await world.ask();
    await world.until(id, ({ preview }) => preview.is === 'known');
    await world.approve(id);
    await expect.poll(() => world.warnings.join(), PATIENCE).toMatch(/carry-out.*SQLITE_CONSTRAINT_TRIGGER/);
    expect(writes()).toEqual([]);
    await sql`drop trigger full`.execute(hand);
    await world.until(id, ({ state }) => state.is === 'done');
    expect(writes()[0]).toBe('iam:AttachUserPolicy');
  });

  it.each([
    ['may not approve any more', 'denied', 'Ben has left', /Ben has left/],
    ['turns out to be the owner of the user', 'emails', 'eve@example.com', /one of those it concerns/],
  ] as const)('it is refused, with nothing changed, when who approved %s', async (_, what, value, why) => {
    world = await startResponses();
    const { id } = await world.ask();
    await world.until(id, ({ preview }) => preview.is === 'known');
    // The first look is for the approval, the next one just before the first write.
    world.changesAfter(1, () => world[what].set('U0BEN', value));
    expect(await world.approve(id)).toMatchObject({ is: 'done' });
    const ended = await world.until(id, ({ state }) => state.is !== 'approved');
    expect(ended.state).toMatchObject({ is: 'refused', why: expect.stringMatching(why) });
    expect(writes()).toEqual([]);
  });

  it.each<[string, (world: ResponseWorld) => unknown, RegExp]>([
    ['the user was created again', ({ aws }) => aws.attacker('bob').recreateUser(), /created again/],
    ['the user is gone', ({ aws }) => aws.attacker('bob').deleteUser(), /does not exist any more/],
    [
      'the user got the tag that protects',
      ({ aws }) =>
        aws.iam('TagUser', { UserName: 'bob', Tags: [{ Key: 'groupwatch-protected', Value: 'true' }] }),
      /is protected/,
    ],
  ])('it is refused, with nothing changed, when %s', async (_, meanwhile, why) => {
    world = await startResponses();
    const { id } = await world.ask();
    await world.until(id, ({ preview }) => preview.is === 'known');
    const alert = await world.storage.alerts.find(world.alertId);
    expect(alert?.pinned?.userId).toBe('AIDAEXAMPLEBOB');
    meanwhile(world);
    await world.approve(id);
    const ended = await world.until(
      id,
      ({ state }) => !['pending', 'approved', 'running'].includes(state.is),
    );
    if (ended.state.is !== 'refused') throw new Error(`it is ${JSON.stringify(ended.state)}`);
    expect(ended.state.why).toMatch(why);
    expect(writes().filter((name) => name !== 'sts:AssumeRole')).toEqual([]);
  });
});

describe('an approval', () => {
  it('is refused to who asked, with a wrong name, and without the right', async () => {
    world = await startResponses();
    const { id } = await world.ask();
    expect(await world.approve(id, 'bob', 'U0ANA')).toMatchObject({ refusal: { because: 'is-requester' } });
    expect(await world.approve(id, 'bobby')).toMatchObject({
      refusal: { because: 'wrong-name', expected: 'bob' },
    });
    world.denied.set('U0DAN', 'Dan is no approver');
    expect(await world.approve(id, 'bob', 'U0DAN')).toMatchObject({
      refusal: { because: 'not-an-approver' },
    });
    const entries = await world.storage.audit.historyOf(world.alertId);
    expect(
      entries.filter(({ what }) => what === 'response-not-allowed').map(({ facts }) => facts.because),
    ).toEqual(['is-requester', 'wrong-name', 'not-an-approver']);
    expect((await world.storage.responses.find(id))?.state.is).toBe('pending');
  });

  it('of two at once is one, with one execution', async () => {
    world = await startResponses();
    const { id } = await world.ask();
    const both = await Promise.all([world.approve(id, 'bob', 'U0BEN'), world.approve(id, 'bob', 'U0DAN')]);
    expect(both.map(({ is }) => is).sort()).toEqual(['done', 'refused']);
    await world.until(id, ({ state }) => state.is === 'done');
    expect(writes().filter((name) => name === 'iam:AttachUserPolicy')).toHaveLength(1);
  });

  it('is asked for once at a time', async () => {
    world = await startResponses();
    await world.ask();
    await expect(world.ask()).rejects.toThrow('already-requested');
  });
});

describe('what stands in the way of a step', () => {
  it('a full quota of policies: the boundary denies instead, and the old one comes back', async () => {
    world = await startResponses();
    for (const n of Array(10).keys()) {
      const { arn } = world.aws.given.policy({
        name: `p${n}`,
        document: { Version: '2012-10-17', Statement: [] },
      });
      world.aws.iam('AttachUserPolicy', { UserName: 'bob', PolicyArn: arn });
    }
    const { arn: edge } = world.aws.given.policy({
      name: 'edge',
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
    });
    world.aws.iam('PutUserPermissionsBoundary', { UserName: 'bob', PermissionsBoundary: edge });
    const done = await world.carryOut();
    expect(stepsOf(done)).toMatchObject({ deny: 'unavailable', 'deny:boundary': 'applied' });
    expect(world.aws.allows('bob', 's3:GetObject')).toBe(false);
    const undone = await world.carryOut({ do: 'undo', of: done.id, reactivate: false });
    expect(undone.state.is).toBe('done');
    expect(world.aws.stateOf('bob').boundary).toBe(edge);
  });

  it('a missing permission: the rest is done, the card knows which, and a retry does only that', async () => {
    world = await startResponses();
    world.aws.faults.iam('UpdateSSHPublicKey', 1, {
      code: 'AccessDenied',
      status: 403,
      message: 'not authorized to perform: iam:UpdateSSHPublicKey',
    });
    const stopped = await world.carryOut();
    expect(stopped.state).toMatchObject({ is: 'stopped' });
    expect(stepsOf(stopped)).toMatchObject({
      deny: 'applied',
      'ssh:APKAEXAMPLE11': 'failed',
      'certificate:CERTEXAMPLE11': 'applied',
    });
    expect(stopped.steps.find(({ id }) => id.startsWith('ssh:'))?.state).toMatchObject({
      permission: 'iam:UpdateSSHPublicKey',
    });
    await world.respond({ do: 'retry', requestId: stopped.id, by: { id: 'U0ANA' }, key: 'retry' });
    await world.until(stopped.id, ({ state }) => state.is === 'done');
    expect(writes().filter((name) => name === 'iam:AttachUserPolicy')).toHaveLength(1);
    expect(writes().filter((name) => name === 'iam:UpdateSSHPublicKey')).toHaveLength(2);
  });

  it('an answer that gets lost: the step is not lost, and stands', async () => {
    world = await startResponses();
    world.aws.faults.iam('AttachUserPolicy', 1, 'drop-reply');
    const done = await world.carryOut();
    expect(stepsOf(done).deny).toBe('applied');
    expect(world.aws.stateOf('bob').attached).toEqual(['arn:aws:iam::aws:policy/AWSDenyAll']);
  });

  it('somebody has switched a key on again: that step is left to a person, and the rest is taken back', async () => {
    world = await startResponses();
    const done = await world.carryOut();
    world.aws.iam('UpdateAccessKey', { UserName: 'bob', AccessKeyId: 'AKIAEXAMPLE11', Status: 'Active' });
    const undone = await world.carryOut({ do: 'undo', of: done.id, reactivate: true });
    expect(stepsOf(undone)).toMatchObject({ 'undo:key:AKIAEXAMPLE11': 'conflict', 'undo:deny': 'applied' });
    expect(undone.state.is).toBe('done');
  });
});

import { describe, expect, it } from 'vitest';
import { asOf } from '../../../src/domain/facts.ts';
import { policiesOf } from '../../../src/domain/policy/from-facts.ts';
import { judge } from '../../../src/domain/policy/verdict.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import { allowing, NOW, type Stage, stage } from './stage.ts';

const both = { group: 'ops', user: 'ana' };

/** A group with more policies than a card can read, and a user in it. */
function crowd({ aws }: Stage): void {
  const names = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8'];
  for (const name of names) aws.given.policy({ name, document: allowing('s3:GetObject') });
  aws.given.group({
    name: 'ops',
    attached: ['AdministratorAccess', 'SecurityAudit', ...names],
    inline: { i1: allowing('x:Y'), i2: allowing('x:Y') },
  });
  aws.given.user({ name: 'ana', groups: ['ops'] });
}

describe('the facts of a card', () => {
  it('take three calls for the group, three for the user, and those for documents', async () => {
    const it = await stage();
    it.aws.given.policy({ name: 'Deploy', document: allowing('sqs:*') });
    it.aws.given.group({ name: 'ops', attached: ['Deploy'], inline: { own: allowing('s3:Get*') } });
    it.aws.given.user({ name: 'ana', groups: ['ops'] });
    const card = await it.facts.cardFacts(both, it.asking);
    expect(it.calls()).toEqual([
      'GetGroup',
      'GetGroupPolicy',
      'GetLoginProfile',
      'GetPolicy',
      'GetPolicyVersion',
      'GetUser',
      'ListAttachedGroupPolicies',
      'ListGroupPolicies',
      'ListMFADevices',
    ]);
    expect(card).toMatchObject({ group: { unread: 0 }, user: { identity: { is: 'known' } } });
    await it.facts.cardFacts(both, it.asking);
    expect(it.calls()).toEqual([]);
  });

  it('take twelve at most: those documents are read first of which nothing is known', async () => {
    const it = await stage();
    crowd(it);
    const { group } = await it.facts.cardFacts(both, it.asking);
    expect(it.calls()).toHaveLength(12);
    if (group?.attached.is !== 'known' || group.inline.is !== 'known') throw new Error('unread');
    const read = [...group.inline.value, ...group.attached.value].filter(({ document }) => document);
    expect(read.map(({ name }) => name)).toEqual(['i1', 'i2', 'p1', 'p2']);
    expect(group.unread).toBe(8);
    expect(judge(policiesOf(group, 'group ops')).is).toBe('administrator');
  });

  it('leave the rest to be read later, without reading anything twice', async () => {
    const it = await stage();
    crowd(it);
    await it.facts.cardFacts(both, it.asking);
    it.calls();
    const group = await it.facts.groupGrants('ops', it.asking);
    expect(group.unread).toBe(0);
    expect(it.calls()).toEqual(
      [
        ...Array<string>(8).fill('GetPolicy'),
        ...Array<string>(8).fill('GetPolicyVersion'),
        'GetGroup',
      ].sort(),
    );
    expect((await it.facts.cardFacts(both, it.asking)).group?.unread).toBe(0);
    expect(it.calls()).toEqual([]);
  });

  it('are those of the group or the user alone where the other is not known', async () => {
    const it = await stage();
    crowd(it);
    expect(await it.facts.cardFacts({ user: 'ana' }, it.asking)).toMatchObject({ user: { user: 'ana' } });
    expect(it.calls()).toHaveLength(3);
    expect(await it.facts.cardFacts({}, it.asking)).toEqual({});
    expect((await it.facts.cardFacts({ group: 'ops' }, it.asking)).user).toBeUndefined();
  });
});

describe('what was read', () => {
  it('shows its age, and is read again when it is old, or when that is wanted', async () => {
    const { aws, facts, asking, time, calls } = await stage();
    aws.given.user({ name: 'ana' });
    const read = async (fresh = false) => (await facts.cardFacts({ user: 'ana' }, { ...asking, fresh })).user;
    await read();
    calls();
    time.now = NOW + 4 * MINUTE;
    const old = await read();
    expect(calls()).toEqual([]);
    expect(old && asOf([old.identity, old.mfa, old.password])).toBe(NOW);
    expect((await read(true))?.identity.at).toBe(NOW + 4 * MINUTE);
    expect(calls()).toHaveLength(3);
    time.now = NOW + 10 * MINUTE;
    expect((await read())?.identity.at).toBe(NOW + 10 * MINUTE);
  });

  it('before a moment that matters is read again, and is good for whatever was before that', async () => {
    const { aws, facts, asking, time, calls } = await stage();
    aws.given.group({ name: 'ops', attached: ['AdministratorAccess'] });
    await facts.cardFacts({ group: 'ops' }, asking);
    calls();
    time.now = NOW + MINUTE;
    await facts.cardFacts({ group: 'ops' }, { ...asking, notBefore: NOW });
    expect(calls()).toEqual([]);
    await facts.cardFacts({ group: 'ops' }, { ...asking, notBefore: NOW + 1 });
    expect(calls()).toEqual(['GetGroup', 'GetPolicy', 'ListAttachedGroupPolicies', 'ListGroupPolicies']);
  });

  it('is shared by alerts that ask at the same time', async () => {
    const it = await stage();
    it.aws.given.group({ name: 'ops', attached: ['AdministratorAccess'] });
    it.aws.given.user({ name: 'ana', groups: ['ops'] });
    await Promise.all(Array.from({ length: 10 }, () => it.facts.cardFacts(both, it.asking)));
    expect(it.calls().length).toBeLessThanOrEqual(12);
  });

  it('of AWS and of one version is never read again', async () => {
    const { aws, facts, asking, time, calls } = await stage();
    aws.given.policy({ name: 'Own', document: allowing('x:Y') });
    aws.given.group({ name: 'ops', attached: ['Own', 'SecurityAudit'] });
    await facts.groupGrants('ops', asking);
    time.now += 60 * MINUTE;
    calls();
    await facts.groupGrants('ops', asking);
    expect(calls().filter((name) => name === 'GetPolicyVersion')).toHaveLength(1);
  });

  it('is not kept when it failed', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.user({ name: 'ana' });
    aws.faults.iam('GetUser', 1, { code: 'ServiceFailure', status: 500 });
    expect((await facts.cardFacts({ user: 'ana' }, asking)).user?.identity.is).toBe('failed');
    expect((await facts.cardFacts({ user: 'ana' }, asking)).user?.identity.is).toBe('known');
  });
});

describe('asking AWS', () => {
  it('is done by five calls at once', async () => {
    const it = await stage();
    crowd(it);
    const held: (() => void)[] = [];
    // Nobody goes on before five are here.
    const untilFive = () =>
      new Promise<void>((goOn) => {
        held.push(goOn);
        if (held.length === 5) for (const one of held.splice(0)) one();
      });
    it.aws.before('GetPolicy', untilFive, 10);
    expect((await it.facts.groupGrants('ops', it.asking)).unread).toBe(0);
  });

  it('ends when nobody waits for it any more', async () => {
    const { aws, facts } = await stage();
    aws.given.user({ name: 'ana' });
    aws.faults.iam('GetUser', 1, 'hang');
    const leaving = new AbortController();
    aws.before('GetUser', () => leaving.abort(new Error('left')));
    await expect(facts.cardFacts({ user: 'ana' }, { signal: leaving.signal })).rejects.toThrow('left');
    expect(
      (await facts.cardFacts({ user: 'ana' }, { signal: new AbortController().signal })).user?.identity.is,
    ).toBe('known');
  });

  it('sees IAM as it was a moment ago, and does not keep that nothing was there', async () => {
    const { aws, facts, asking, time } = await stage({ consistencyMs: 3_000 });
    aws.iam('CreateUser', { UserName: 'ana' });
    expect((await facts.cardFacts({ user: 'ana' }, asking)).user?.identity.is).toBe('gone');
    time.now += 4_000;
    expect((await facts.cardFacts({ user: 'ana' }, asking)).user?.identity.is).toBe('known');
  });
});

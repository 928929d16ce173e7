import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Exception } from '../../src/domain/exception.ts';
import { DAY } from '../../src/domain/time.ts';
import { excepting } from '../../src/exceptions.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { openStorage } from '../../src/storage/open.ts';
import type { ExceptionResult } from '../../src/use-cases/exception/wish.ts';
import { manyRaised, raised } from '../support/alerts.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const ALERT = raised().alert;
const EMAILS: Record<string, string> = { U0ALICE: 'Alice@example.com', U0BOB: 'bob@example.com' };
const REASON = 'Nightly onboarding job of HR';

let database: FreshDatabase;
let storage: Storage;
let now: number;
let clicks: number;
beforeEach(async () => {
  database = await freshDatabase('sqlite');
  storage = await openStorage(database.url, { channel: 'C0ALERTS' });
  now = ALERT.raisedAt + DAY;
  clicks = 0;
  await storage.alerts.raise([raised()], []);
});
afterEach(async () => {
  await storage.close();
  await database.remove();
});

const use = (approvers = ['U0BEN']) =>
  excepting(
    { approvers, channel: 'C0ALERTS' },
    {
      storage,
      approvers: {
        denial: async (id) => (id === 'U0CLEO' ? 'Only approvers can approve.' : undefined),
        emailOf: async (id) => EMAILS[id],
      },
      clock: { now: () => now },
      wake: () => undefined,
    },
  );
const wanted = (chosen = ['actor', 'group'], lasts = 30 * DAY) => ({
  alertId: ALERT.id,
  chosen,
  reason: REASON,
  lasts,
});
const click = (by: string) => ({ by: { id: by }, key: `click-${clicks++}` });
const add = (by = 'U0ANA', more: Partial<ReturnType<typeof wanted>> = {}) =>
  use().except({ do: 'add', ...wanted(), ...more, ...click(by) });
const made = (result: ExceptionResult): Exception => {
  if (result.is !== 'done') throw new Error(JSON.stringify(result));
  return result.exception;
};
const decide = (verb: 'approve' | 'deny' | 'end', { id }: Exception, by: string) =>
  use().except({ do: verb, exceptionId: id, ...click(by) });
const because = (result: ExceptionResult): string =>
  result.is === 'refused' ? result.refusal.because : result.is;

describe('an exception', () => {
  it('is made from what the alert says, whatever the form sends', async () => {
    const { conditions, state } = made(await add());
    expect(conditions).toEqual({ actor: 'arn:aws:sts::111122223333:assumed-role/Admin', group: 'admins' });
    expect(state).toEqual({ is: 'pending' });
    expect(await add('U0ANA', { chosen: ['everything'] })).toMatchObject({ is: 'flawed' });
    expect(await add('U0ANA', { lasts: Number.NaN })).toMatchObject({ is: 'flawed' });
    expect(await add('U0ANA', { lasts: 400 * DAY })).toMatchObject({ is: 'flawed' });
    expect(await add('U0ANA', { alertId: 'GW-NONE' })).toEqual({ is: 'gone' });
  });

  it('is not made from what nobody could read', async () => {
    const id = 'GW-UNREADABLE';
    const cause = { is: 'unreadable', why: 'no JSON' } as const;
    await storage.alerts.raise([{ raw: '', alert: { ...ALERT, id, eventKey: 'u', cause } }], []);
    expect(because(await add('U0ANA', { alertId: id }))).toBe('nothing-to-exempt');
  });

  it('is refused where nobody could approve it', async () => {
    const result = await use([]).except({ do: 'add', ...wanted(), ...click('U0ANA') });
    expect(because(result)).toBe('no-approvers');
    expect((await storage.exceptions.list({ limit: 1, offset: 0 })).total).toBe(0);
  });

  it.each([
    ['U0ANA', 'own-exception'],
    ['U0CLEO', 'not-an-approver'],
    ['U0ALICE', 'is-actor'],
    ['U0BOB', 'is-concerned'],
    ['U0BEN', 'done'],
  ])('that is decided on by %s: %s', async (by, outcome) => {
    const pending = made(await add());
    expect(because(await decide('approve', pending, by))).toBe(outcome);
    const after = await storage.exceptions.find(pending.id);
    expect(after?.state.is).toBe(outcome === 'done' ? 'active' : 'pending');
    const last = (await storage.audit.historyOf(ALERT.id)).at(-1);
    expect(last).toMatchObject({
      by: { id: by },
      what: outcome === 'done' ? 'exception-approved' : 'exception-not-allowed',
    });
  });

  it('is decided on once, and a click that comes again is no refusal', async () => {
    const pending = made(await add());
    const wish = { do: 'deny', exceptionId: pending.id, ...click('U0BEN') } as const;
    expect(because(await use().except(wish))).toBe('done');
    expect(because(await use().except(wish))).toBe('repeated');
    expect(because(await decide('approve', pending, 'U0DAN'))).toBe('not-now');
    expect(because(await decide('end', pending, 'U0DAN'))).toBe('not-now');
  });

  it('is ended by anybody who may respond, approved or not', async () => {
    expect(made(await decide('end', made(await add()), 'U0ANA')).state.is).toBe('ended');
    expect(because(await use().except({ do: 'end', exceptionId: 'EX-NONE', ...click('U0ANA') }))).toBe(
      'gone',
    );
  });
});

describe('the preview of an exception', () => {
  it('counts what it would have hidden of 90 days, and nothing else', async () => {
    const other = { eventID: 'o', requestID: 'o', requestParameters: { userName: 'eve', groupName: 'ops' } };
    const old = raised({ eventID: 'old', requestID: 'old' });
    await storage.alerts.raise(
      [...manyRaised(3), raised(other), { ...old, alert: { ...old.alert, raisedAt: now - 91 * DAY } }],
      [],
    );
    const preview = await use().previewException({ ...wanted(), by: { id: 'U0ANA' } });
    if (preview.is !== 'ready') throw new Error(preview.is);
    expect(preview.hidden).toMatchObject({ looked: 4, of: 4 });
    expect(preview.hidden.alerts.map(({ id }) => id)).toContain(ALERT.id);
    expect((await storage.exceptions.list({ limit: 1, offset: 0 })).total).toBe(0);
  });

  it('looks at so many alerts only, and says so', async () => {
    for (let page = 0; page < 21; page++) await storage.alerts.raise(manyRaised(100, `p${page}`), []);
    const preview = await use().previewException({ ...wanted(), by: { id: 'U0ANA' } });
    if (preview.is !== 'ready') throw new Error(preview.is);
    expect(preview.hidden).toMatchObject({ looked: 2_000, of: 2_101 });
  });
});

describe('the end of an exception', () => {
  const job = (kind: string, subject: string) => ({ id: '', kind, subject, dueAt: now, failures: 0 });
  const run = (kind: 'exception.announce' | 'exception.expire', { id }: Exception) =>
    use().handlers[kind]?.(job(kind, id), AbortSignal.timeout(5_000));
  const dueAt = async (until: number): Promise<string[]> => {
    const kinds = ['exception.announce', 'exception.expire'];
    const claim = { kinds, limit: 9, holder: 'h', now: until, leaseMs: 60_000 };
    return (await storage.jobs.claim(claim)).map(({ kind }) => kind);
  };

  it('is announced a week before it, once, unless it was ended by then', async () => {
    const active = made(await decide('approve', made(await add()), 'U0BEN'));
    expect(await dueAt(now + 23 * DAY - 1)).toEqual([]);
    expect(await dueAt(now + 23 * DAY)).toEqual(['exception.announce']);
    now += 23 * DAY;
    await run('exception.announce', active);
    await run('exception.announce', active);
    const notice = await storage.messages.find(`notice:exception:${active.id}`);
    expect(notice).toMatchObject({ channel: 'C0ALERTS', wantedVersion: 1 });
    const told = (await storage.audit.historyOf(ALERT.id)).filter(({ what }) => what === 'exception-expires');
    expect(told).toHaveLength(1);
    const ended = made(await decide('end', made(await add()), 'U0ANA'));
    await run('exception.announce', ended);
    expect(await storage.messages.find(`notice:exception:${ended.id}`)).toBeUndefined();
  });

  it('is announced a day before it when it lasts for a week', async () => {
    made(await decide('approve', made(await add('U0ANA', { lasts: 7 * DAY })), 'U0BEN'));
    expect(await dueAt(now + 6 * DAY - 1)).toEqual([]);
    expect(await dueAt(now + 6 * DAY)).toEqual(['exception.announce']);
  });

  it('comes by the clock, once, also when nobody has approved it', async () => {
    const pending = made(await add());
    expect(await run('exception.expire', pending)).toEqual({ is: 'again', at: pending.expiresAt });
    now = pending.expiresAt;
    expect(await run('exception.expire', pending)).toEqual({ is: 'done' });
    expect(await run('exception.expire', pending)).toEqual({ is: 'done' });
    expect(await storage.exceptions.find(pending.id)).toMatchObject({ state: { is: 'ended', at: now } });
    const ends = (await storage.audit.historyOf(ALERT.id)).filter(({ what }) => what === 'exception-expired');
    expect(ends).toHaveLength(1);
  });
});

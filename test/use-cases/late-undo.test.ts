import { afterEach, describe, expect, it } from 'vitest';
import type { ResponseRequest } from '../../src/domain/response/request.ts';
import { HOUR } from '../../src/domain/time.ts';
import { type ResponseWorld, startResponses } from '../support/response-world.ts';

let world: ResponseWorld;
afterEach(() => world[Symbol.asyncDispose]());

const START = Date.UTC(2026, 10, 24, 4);
const disable = { do: 'disable-user', user: 'bob', deletePassword: false } as const;
const guard = () => world.aws.stateOf('bob').inline.GroupwatchRevokeOlderSessions;

const ended = ({ steps }: ResponseRequest) => !/^(planned|applying)$/.test(steps.at(-1)?.state.is ?? '');

describe('the guard against old sessions', () => {
  it('outlives the end of an earlier one: every session from before the last undo stays dead', async () => {
    let now = START;
    world = await startResponses({ now: () => now });
    const contained = async () => {
      const done = await world.carryOut(disable);
      const undone = await world.carryOut({ do: 'undo', of: done.id, reactivate: true });
      await world.until(done.id, ({ state }) => state.is === 'undone');
      return undone.id;
    };
    const first = await contained();
    now += HOUR;
    const { accessKeyId } = world.aws.openSession({ user: 'bob' });
    const works = () => world.aws.can({ session: accessKeyId }, 's3:GetObject');
    now += HOUR;
    const second = await contained();
    expect(works()).toBe(false);

    now = START + 37 * HOUR;
    const early = await world.until(first, ended);
    expect(early.steps.at(-1)?.state).toMatchObject({
      is: 'conflict',
      why: expect.stringMatching(/changed/),
    });
    expect(guard()).toBeDefined();

    now = START + 39 * HOUR;
    const late = await world.until(second, ended);
    expect(late.steps.at(-1)?.state.is).toBe('applied');
    expect(guard()).toBeUndefined();
  });
});

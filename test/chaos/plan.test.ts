import { describe, expect, it } from 'vitest';
import { optionsOf } from './options.ts';
import { planOf } from './plan.ts';

const planned = (...args: string[]): string => {
  const { chance, ...plan } = planOf(optionsOf(['--events', '300', '--kills', '20', ...args]));
  return JSON.stringify({ ...plan, drawn: chance.fork('troubles').between(0, 1_000_000) });
};

describe('a seed', () => {
  it('plans the same whenever it is given, and another one plans something else', () => {
    expect(planned('--seed', '7')).toBe(planned('--seed', '7'));
    expect(planned('--seed', '8')).not.toBe(planned('--seed', '7'));
  });

  it('plans as many events and kills as it was asked for', () => {
    const { events, kills } = planOf(optionsOf(['--events', '300', '--kills', '20']));
    expect(events.filter(({ is }) => is === 'addition' || is === 'broken')).toHaveLength(300);
    expect(kills).toHaveLength(20);
  });
});

it.each([
  [['--events', 'many'], '--events must be a number'],
  [['--replicas', '2'], 'SQLite is for one process: more replicas need --database postgres'],
])('what can not be run is refused: %j', (args, words) => {
  expect(() => optionsOf(args)).toThrow(words);
});

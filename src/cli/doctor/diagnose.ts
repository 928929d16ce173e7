import { configure } from '../../config.ts';
import type { Clock } from '../../ports/clock.ts';
import { aws } from './aws.ts';
import { database } from './database.ts';
import { attempt, type Finding, of } from './finding.ts';
import { node } from './machine.ts';
import { slack } from './slack.ts';

interface World {
  clock: Clock;
  /** As Node tells it of itself. */
  nodeVersion: string;
  awsRequestTimeoutMs?: number;
}

/** Checks all that Groupwatch needs, beside one that runs or before the first start. Changes nothing. */
export async function diagnose(
  variables: Record<string, string | undefined>,
  world: World,
): Promise<Finding[]> {
  const is = of('settings');
  const runs = node(world.nodeVersion);
  const configuration = configure(variables);
  if (!configuration.ok) {
    const problems = configuration.problems.map((problem) => is.ill(`${problem}.`, 'See .env.example.'));
    return [...problems, runs, of('the rest').unchecked('waits for the settings.')];
  }
  const { settings } = configuration;
  const stored = database(settings.databaseUrl, world.clock.now());
  const [ofDatabase, ofSlack, ofAws] = await Promise.all([
    attempt('database', async () => [(await stored).finding]),
    attempt('Slack', () => slack(settings, world.clock)),
    attempt('AWS', async () =>
      aws(settings, world, await stored.then(({ inspection }) => inspection, noneOf)),
    ),
  ]);
  return [is.well('all can be read.'), runs, ...ofDatabase, ...ofSlack, ...ofAws];
}

const noneOf = (): undefined => undefined;

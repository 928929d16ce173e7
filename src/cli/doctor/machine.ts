import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Finding, of } from './finding.ts';

const { engines } = z
  .object({ engines: z.object({ node: z.string().regex(/^>=\d+\.\d+$/) }) })
  .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')));

/** Whether Node is new enough, by `engines` in package.json. */
export function node(version: string): Finding {
  const is = of('Node');
  const [needed = [], has = []] = [engines.node, version].map((text) =>
    (text.match(/\d+/g) ?? []).slice(0, 2).map(Number),
  );
  const [major = 0, minor = 0] = has;
  const [least = 0, leastMinor = 0] = needed;
  if (major > least || (major === least && minor >= leastMinor)) return is.well(`${version} runs this.`);
  return is.ill(
    `${version} runs this, and ${engines.node} is needed.`,
    'Start by npm run …, which brings the right one, after npm ci.',
  );
}

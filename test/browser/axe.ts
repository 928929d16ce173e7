import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const found = z.object({
  violations: z.array(
    z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
});

/** What keeps people out, by axe: WCAG 2.2 A and AA, and what axe counts as best practice. One line each. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result = found.parse(await page.evaluate('axe.run()'));
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html}`),
  );
}

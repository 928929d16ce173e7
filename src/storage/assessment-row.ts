import { z } from 'zod';
import type { Assessment } from '../domain/assessment.ts';
import { STANDINGS } from '../domain/policy/policy.ts';
import { SEVERITIES } from '../domain/severity.ts';

/** An alert's assessment as it is kept with the alert. */
export const assessment = z.object({
  at: z.number(),
  score: z.number(),
  severity: z.enum(SEVERITIES),
  factors: z.array(z.object({ id: z.string(), adds: z.number(), title: z.string(), evidence: z.string() })),
  granted: z
    .object({ is: z.enum(STANDINGS), because: z.array(z.string()), doubtful: z.boolean() })
    .optional(),
  unread: z.array(z.object({ why: z.string(), passing: z.boolean() })),
  documentsLeft: z.number(),
}) satisfies z.ZodType<Assessment>;

import { z } from 'zod';

/** A list in one text; spaces and empty places don't count. */
export const list = (between: string | RegExp) =>
  z
    .string()
    .default('')
    .transform((items) =>
      items
        .split(between)
        .map((item) => item.trim())
        .filter(Boolean),
    );

/** A list of ids of users and user groups. */
export const onlyIds = (name: string) =>
  list(',').refine(
    (ids) => ids.every((id) => /^[UWS][A-Z0-9]{2,}$/.test(id)),
    `${name} takes Slack ids, comma between them: users (U… or W…, from a profile's menu "Copy member ID") and user groups (S…)`,
  );

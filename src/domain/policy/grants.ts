import { accessOf } from './access.ts';
import type { Statement } from './document.ts';
import { actionGlob, covers, type Glob, isEverything, resourceGlob } from './glob.ts';
import { type Entry, nameOf, type Permissions } from './permissions.ts';
import type { Grant } from './policy.ts';
import { contains, meets, type Scope, takesIn, touches } from './scope.ts';

/** What one asks of permissions: an action, or all that a pattern of one service matches. */
export interface Need {
  service: string;
  action: Glob;
  /** The resources that it works on: of a kind, where that is known, else of its service. */
  on: Glob;
  /** All that it works on is in `on`, so that a refusal there is a refusal. */
  certain: boolean;
}

/** Asks for an action. `on` is an ARN pattern of the only resources that it works on. */
export function needOf(action: string, on?: string): Need {
  const service = action.slice(0, action.indexOf(':'));
  return {
    service,
    action: actionGlob(action),
    on: resourceGlob(on ?? `arn:aws:${service || '*'}:*`),
    certain: on !== undefined,
  };
}

/** A grant with where it comes from. */
export interface Found {
  grant: Grant;
  entry: Entry;
  on: Scope;
  /** A refusal of all but some resources leaves only those. */
  curbed: boolean;
  /** The boundary's statements that let it through, where there is a boundary. */
  limits?: Statement[];
}

/** Every grant that meets a need and that nothing refuses whole. */
export function grantsFor(need: Need, held: Permissions): Found[] {
  return [...held.general, ...(held.byService.get(need.service) ?? [])]
    .filter(({ action, statement }) =>
      action ? covers(action, need.action) : takesIn(statement.actions, need.action),
    )
    .flatMap((entry) => entry.parts.flatMap((on) => found(entry, on, need, held)));
}

function found(entry: Entry, on: Scope, need: Need, held: Permissions): Found[] {
  const part = narrowed(on, need);
  if (!part) return [];
  const denies = held.denies.filter(({ actions }) => takesIn(actions, need.action));
  const limits = held.boundary?.filter(
    ({ actions, resources }) => takesIn(actions, need.action) && meets(resources, part),
  );
  const refused = denies.some(
    ({ resources }) => contains(resources, part) || (need.certain && takesIn(resources, need.on)),
  );
  if (refused || limits?.length === 0) return [];
  const curbed = denies.some(({ resources }) => resources.is === 'all-but');
  return [{ grant: grantOf(entry, on, limits), entry, on, curbed, limits }];
}

/** What of the resources the action works on; undefined for none of them. */
function narrowed(part: Scope, { on, certain }: Need): Scope | undefined {
  if (certain && takesIn(part, on)) return { is: 'only', globs: [on] };
  return touches(part, on) ? part : undefined;
}

/** Everything that is left after refusals and the boundary, pattern by pattern. */
export function everyGrant(held: Permissions): Grant[] {
  return held.entries.flatMap((entry) => {
    const { actions } = entry.statement;
    const about: Scope = entry.action ? { is: 'only', globs: [entry.action] } : actions;
    if (about.is === 'all-but' && about.globs.some(isEverything)) return [];
    return entry.parts.flatMap((part) => {
      const refused = held.denies.some(
        (deny) => contains(deny.actions, about) && contains(deny.resources, part),
      );
      const limits = held.boundary?.filter((one) => meets(one.actions, about) && meets(one.resources, part));
      return refused || limits?.length === 0 ? [] : [grantOf(entry, part, limits)];
    });
  });
}

function grantOf({ policy, statement, action, byArn }: Entry, part: Scope, limits?: Statement[]): Grant {
  const { actions } = statement;
  // Some boundary statement that always holds makes the boundary's other conditions meaningless.
  const limiting = limits?.some(({ conditions }) => conditions.length === 0) ? [] : (limits ?? []);
  const grant: Grant = {
    policy: nameOf(policy),
    statement: statement.index,
    action: action?.written ?? `NotAction ${written(actions)}`,
    resource: part.is === 'only' ? written(part) : `NotResource ${written(part)}`,
    conditions: [...new Set([...statement.conditions, ...limiting.flatMap(({ conditions }) => conditions)])],
    access: action ? accessOf(action.written) : 'write',
  };
  if (statement.sid) grant.sid = statement.sid;
  if (byArn) grant.byArn = true;
  return grant;
}

const written = ({ globs }: Scope): string => globs.map((glob) => glob.written).join(', ');

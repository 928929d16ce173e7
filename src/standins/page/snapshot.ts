import { seenAws } from './aws.ts';
import { channelsOf, messagesOf, viewsOf } from './seen.ts';
import type { PageOptions } from './serve.ts';
import { TROUBLES } from './troubles.ts';
import type { Incident, Snapshot, Status } from './wire.ts';

/** All that one of the cast sees, whoever that is; the first of them when nobody is meant. */
export function snapshots(
  { slack, aws, staging, scenes }: PageOptions,
  now: { boot: string; incidents: readonly Incident[]; status(): Status },
): (person: string | null) => Snapshot {
  const sceneCards = Object.entries(scenes).map(([name, { title, about }]) => ({ name, title, about }));
  const troubles = TROUBLES.map(({ name, title, about }) => ({ name, title, about }));
  return (person) => {
    const { id: me = '' } = staging.cast.find(({ id }) => id === person) ?? staging.cast[0] ?? {};
    return {
      boot: now.boot,
      me,
      staging: { ...staging, scenes: sceneCards },
      people: Object.fromEntries([...slack.members.values()].map(({ id, name }) => [id, name])),
      groups: Object.fromEntries([...slack.groups.values()].map(({ id, handle }) => [id, handle])),
      channels: channelsOf(slack, me),
      messages: messagesOf(slack, me),
      views: viewsOf(slack, me),
      troubles,
      incidents: [...now.incidents],
      status: now.status(),
      aws: seenAws(aws),
    };
  };
}

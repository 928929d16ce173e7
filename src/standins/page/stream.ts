import type { ServerResponse } from 'node:http';
import type { Change } from '../slack/types.ts';
import type { SlackStandIn } from '../slack/workspace.ts';
import { channelsOf, seen, sees, viewsOf } from './seen.ts';
import type { Incident, Patch, SeenAws, Snapshot, Status } from './wire.ts';

/** What the streams show besides Slack's messages. */
export interface Sources {
  slack: SlackStandIn;
  snapshotFor(me: string): Snapshot;
  incidents: Incident[];
  status(): Status;
  aws(): SeenAws | undefined;
}

/** How often AWS and the sockets are looked at; Slack tells of its changes by itself. */
const LOOK_EVERY = 250;

/** Keeps pages up to date by server-sent events: everything at first, then what changes. */
export function streams(sources: Sources) {
  const { slack } = sources;
  const open = new Map<ServerResponse, string>();
  let shown = { status: '', aws: '' };

  const write = (response: ServerResponse, patch: Patch): void => {
    response.write(`data: ${JSON.stringify(patch)}\n\n`);
  };
  const toAll = (patch: Patch): void => {
    for (const response of open.keys()) write(response, patch);
  };

  function tell(response: ServerResponse, me: string, { kind, channel = '', ts = '', user }: Change): void {
    if (kind === 'view' || kind === 'home') {
      if (user === me) write(response, { is: 'views', views: viewsOf(slack, me) });
      return;
    }
    const message = slack.message(channel, ts);
    if (message && sees(slack, me, message)) {
      write(response, { is: 'channels', channels: channelsOf(slack, me) });
      write(response, { is: 'message', message: seen(slack, message) });
    } else if (kind === 'delete') write(response, { is: 'gone', channel, ts });
  }

  const stop = slack.onChange((change) => {
    if (change.kind === 'trouble') sources.incidents.push({ at: Date.now(), what: change.what ?? '' });
    // After what made the change has come to its end.
    setImmediate(() => {
      for (const [response, me] of open) if (change.kind !== 'trouble') tell(response, me, change);
      const incident = sources.incidents.at(-1);
      if (change.kind === 'trouble' && incident) toAll({ is: 'incident', incident });
    });
  });

  const look = setInterval(() => {
    if (open.size === 0) return;
    const aws = sources.aws();
    const now = { status: JSON.stringify(sources.status()), aws: JSON.stringify(aws) ?? '' };
    if (now.status !== shown.status) toAll({ is: 'status', status: sources.status() });
    if (aws && now.aws !== shown.aws) toAll({ is: 'aws', aws });
    shown = now;
  }, LOOK_EVERY);
  look.unref();

  return {
    add(response: ServerResponse, me: string): void {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 500\n\n');
      open.set(response, me);
      response.once('close', () => open.delete(response));
      write(response, { is: 'snapshot', snapshot: sources.snapshotFor(me) });
    },
    say(what: string): void {
      const incident = { at: Date.now(), what };
      sources.incidents.push(incident);
      toAll({ is: 'incident', incident });
    },
    close(): void {
      stop();
      clearInterval(look);
      for (const response of open.keys()) response.end();
    },
  };
}

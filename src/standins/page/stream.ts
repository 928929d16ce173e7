import type { ServerResponse } from 'node:http';
import type { AwsStandIn } from '../aws/account.ts';
import { keepNewest } from '../slack/keep.ts';
import type { Change } from '../slack/types.ts';
import type { SlackStandIn } from '../slack/workspace.ts';
import { seenAws } from './aws.ts';
import { channelsOf, seen, sees, viewsOf } from './seen.ts';
import type { Incident, Patch, Snapshot, Status } from './wire.ts';

/** What the streams show besides Slack's messages. */
export interface Sources {
  slack: SlackStandIn;
  snapshotFor(person: string | null): Snapshot;
  incidents: Incident[];
  status(): Status;
  aws: AwsStandIn;
}

/** How often AWS and the sockets are looked at; Slack tells of its changes by itself. */
const LOOK_EVERY = 250;
const MOST_INCIDENTS = 50;

/** Calls that change nothing; all others are told. */
const READS = /:(Get|List|LookupEvents|Simulate|AssumeRole)/;

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

  function note(is: Incident['is'], what: string): void {
    const incident = { at: Date.now(), is, what };
    sources.incidents.push(incident);
    keepNewest(sources.incidents, MOST_INCIDENTS);
    toAll({ is: 'incident', incident });
  }

  const stops = [
    slack.onChange((change) => {
      if (change.kind === 'trouble') note('trouble', change.what ?? '');
      // After what made the change has come to its end.
      else setImmediate(() => open.forEach((me, response) => void tell(response, me, change)));
    }),
    sources.aws.onCall(({ name, outcome }) => {
      if (outcome !== 'ok') note('trouble', `${outcome} to ${name}`);
      else if (!READS.test(name)) note('deed', name);
    }),
  ];

  /** A large account takes longer to look at, and is looked at less often. */
  function look(): void {
    const began = performance.now();
    if (open.size > 0) {
      const aws = seenAws(sources.aws);
      const now = { status: JSON.stringify(sources.status()), aws: JSON.stringify(aws) };
      if (now.status !== shown.status) toAll({ is: 'status', status: sources.status() });
      if (now.aws !== shown.aws) toAll({ is: 'aws', aws });
      shown = now;
    }
    timer = setTimeout(look, Math.max(LOOK_EVERY, 20 * (performance.now() - began)));
    timer.unref();
  }
  let timer = setTimeout(look, LOOK_EVERY);

  return {
    add(response: ServerResponse, person: string | null): void {
      const snapshot = sources.snapshotFor(person);
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 500\n\n');
      open.set(response, snapshot.me);
      response.once('close', () => open.delete(response));
      write(response, { is: 'snapshot', snapshot });
    },
    close(): void {
      for (const stop of stops) stop();
      clearTimeout(timer);
      for (const response of open.keys()) response.end();
    },
  };
}

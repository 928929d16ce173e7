import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { argumentsOf, readBody } from './body.ts';
import { deliverer } from './delivery.ts';
import { type Faults, TroubleList } from './faults.ts';
import { type Person, person } from './person.ts';
import { respond } from './response-url.ts';
import { sockets } from './sockets.ts';
import { APP_TOKEN, BOT_TOKEN, newState } from './state.ts';
import type { ApiCall, Change, Channel, Member, Message, SlackOptions, UserGroup } from './types.ts';
import { webApi } from './web-api.ts';

/** A Slack workspace on loopback. */
export interface SlackStandIn extends AsyncDisposable {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly teamId: string;
  addPerson(member: Member): Person;
  addChannel(channel: Channel): void;
  addUserGroup(group: UserGroup): void;
  /** Everything in a channel that all can see, oldest first, as it stands now. */
  messages(channel: string): Message[];
  /** The replies under a message. */
  thread(channel: string, ts: string): Message[];
  person(id: string): Person;
  /** The first truthy value of `look`, asked again at every change; rejects after `ms`. */
  until<T>(look: () => T | undefined | false | null, what?: string, ms?: number): Promise<T>;
  onChange(listener: (change: Change) => void): () => void;
  /** In HTTP mode, where to send from now on. */
  deliverTo(url: string): void;
  readonly faults: Faults;
  readonly calls: ApiCall[];
  openSockets(): number;
  close(): Promise<void>;
}

/** Starts a workspace with nobody and nothing in it. */
export async function startSlack(options: SlackOptions = {}): Promise<SlackStandIn> {
  const state = newState(options);
  const troubles = new TroubleList();
  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  const wires = sockets(server);
  const api = webApi(state, troubles, () => wires.newUrl(new URL(state.baseUrl).host));
  const deliver = deliverer(state, wires);
  const people = new Map<string, Person>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '', state.baseUrl).pathname;
    if (path.startsWith('/api/')) return api(path.slice('/api/'.length), request, response);
    if (!path.startsWith('/response/')) {
      response.writeHead(404).end();
      return;
    }
    const body = argumentsOf(await readBody(request), request.headers['content-type']);
    const [status, answer] = respond(state, path.slice('/response/'.length), body);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  state.baseUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  const close = (): Promise<void> => {
    wires.close();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return {
    apiUrl: `${state.baseUrl}/api/`,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    teamId: state.teamId,
    addPerson(member) {
      state.members.set(member.id, member);
      const added = person(state, deliver, member);
      people.set(member.id, added);
      return added;
    },
    addChannel: (channel) => void state.channels.set(channel.id, channel),
    addUserGroup: (group) => void state.groups.set(group.id, group),
    messages: (channel) => state.messages.filter((one) => one.channel === channel && !one.ephemeralFor),
    thread: (channel, ts) =>
      state.messages.filter((one) => one.channel === channel && one.thread_ts === ts && !one.ephemeralFor),
    person(id) {
      const known = people.get(id);
      if (!known) throw new Error(`nobody here is ${id}`);
      return known;
    },
    until(look, what = 'what was waited for', ms = 8_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          stop();
          const seen = state.messages
            .map(({ text, thread_ts }) => `${thread_ts ? '  ↳ ' : ''}${text}`)
            .join('\n');
          reject(new Error(`${what} did not come. There is:\n${seen}`));
        }, ms);
        const check = (): void => {
          const found = look();
          if (!found) return;
          stop();
          resolve(found);
        };
        const stops = [state.onChange(check)];
        const stop = (): void => {
          clearTimeout(timer);
          for (const end of stops) end();
        };
        check();
      });
    },
    onChange: state.onChange,
    deliverTo(url) {
      if (!options.http) throw new Error('this workspace delivers over sockets');
      options.http.url = url;
    },
    faults: {
      rateLimit: (method, times, seconds) => troubles.add(method, times, { is: 'rate-limit', seconds }),
      fail: (method, times, { status, error }) =>
        troubles.add(
          method,
          times,
          status ? { is: 'status', status } : { is: 'error', error: error ?? 'fatal_error' },
        ),
      hang: (method, times, ms) => troubles.add(method, times, { is: 'hang', ms }),
      dropReply: (method, times) => troubles.add(method, times, { is: 'drop-reply' }),
      disconnect: wires.disconnect,
      cutSockets: wires.cut,
      clear: () => troubles.clear(),
    },
    calls: state.calls,
    openSockets: wires.open,
    close,
    [Symbol.asyncDispose]: close,
  };
}

import { createServer } from 'node:http';
import { type Delivery, deliverer } from './delivery.ts';
import { events } from './events.ts';
import { type Faults, faultsOf } from './faults.ts';
import { type Person, person } from './person.ts';
import { routes } from './routes.ts';
import { sockets } from './sockets.ts';
import { APP_TOKEN, BOT_TOKEN, newState } from './state.ts';
import { TroubleList } from './trouble-list.ts';
import type {
  ApiCall,
  Change,
  Channel,
  Json,
  Member,
  Message,
  SlackOptions,
  StoredFile,
  UserGroup,
} from './types.ts';
import { until } from './until.ts';
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
  /** One message, whoever may see it. */
  message(channel: string, ts: string): Message | undefined;
  /** The replies under a message. */
  thread(channel: string, ts: string): Message[];
  person(id: string): Person;
  /** What was uploaded and completed. */
  file(id: string): StoredFile | undefined;
  /** Sends the app an event, such as `{ type: 'channel_archive', channel }`. */
  sendEvent(event: Json): Promise<Delivery>;
  /** Everybody and everything there is, for a page. */
  readonly members: ReadonlyMap<string, Member>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly groups: ReadonlyMap<string, UserGroup>;
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
    answer(request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  const wires = sockets(server, options);
  const api = webApi(state, troubles, () => wires.newUrl(new URL(state.baseUrl).host));
  const answer = routes(state, api);
  const deliver = deliverer(state, wires, troubles);
  const eventsApi = events(state, deliver);
  const people = new Map<string, Person>();

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  state.baseUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  const close = (): Promise<void> => {
    eventsApi.close();
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
      const added = person(state, deliver, eventsApi, member);
      people.set(member.id, added);
      return added;
    },
    addChannel: (channel) => void state.channels.set(channel.id, channel),
    addUserGroup: (group) => void state.groups.set(group.id, group),
    messages: (channel) => state.messages.seen(channel),
    message: (channel, ts) => state.messages.find(channel, ts),
    thread: (channel, ts) => state.messages.replies(channel, ts),
    person(id) {
      const known = people.get(id);
      if (!known) throw new Error(`nobody here is ${id}`);
      return known;
    },
    until: (look, what, ms) => until(state, look, what, ms),
    onChange: state.onChange,
    deliverTo(url) {
      if (!options.http) throw new Error('this workspace delivers over sockets');
      options.http.url = url;
    },
    file: (id) => state.files.get(id),
    sendEvent: eventsApi.send,
    members: state.members,
    channels: state.channels,
    groups: state.groups,
    faults: faultsOf(state, troubles, wires, deliver),
    calls: state.calls,
    openSockets: wires.open,
    close,
    [Symbol.asyncDispose]: close,
  };
}

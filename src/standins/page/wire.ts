/** What goes between the page and its server. Types only: the browser's modules import them as such. */
export type Json = Record<string, unknown>;

/** Somebody one can be on the page. */
export interface CastMember {
  id: string;
  name: string;
  /** In a few words: `approver`. */
  role: string;
}

/** Something that happens in AWS at the press of a button. */
export interface SceneCard {
  name: string;
  title: string;
  /** What to look for. */
  about?: string;
}

export interface TourStep {
  title: string;
  text: string;
  /** CSS selectors of what it speaks of: the first that can be seen, and of those that match it the last. */
  target?: readonly string[];
  /** Who one has to be. */
  as?: string;
  /** The step is done, and the next one comes, when a message or the open modal has these words. */
  done?: { words: string };
}

/** What the page says besides what Slack and AWS hold. */
export interface Staging {
  /** Two sentences: what one sees. */
  story: string;
  /** What to press first. */
  first: string;
  cast: readonly CastMember[];
  scenes: readonly SceneCard[];
  tour: readonly TourStep[];
  /** The channel that is open at first. */
  channel: string;
  command: { name: string; hints: readonly { words: string; about: string }[] };
}

export interface SeenFile {
  id: string;
  name: string;
  title: string;
  altText?: string;
  size: number;
}

export interface SeenMessage {
  channel: string;
  ts: string;
  thread_ts?: string;
  user: string;
  text: string;
  verbatim: boolean;
  blocks: Json[];
  attachments: Json[];
  files: SeenFile[];
  /** Only who looks sees it. */
  private: boolean;
}

export interface SeenChannel {
  id: string;
  name: string;
  isIm: boolean;
  isPrivate: boolean;
  members: string[];
}

export interface SeenViews {
  /** Open modals, the last on top. */
  stack: Json[];
  errors: Json;
  home?: Json;
}

export interface SeenUser {
  name: string;
  groups: string[];
  policies: string[];
  boundary?: string;
  /** `key AKIA…01 active`, and whether it works. */
  credentials: { words: string; works: boolean }[];
  /** Whether each of `Aws.probes` would be allowed now. */
  can: boolean[];
}

export interface SeenAws {
  accountId: string;
  region: string;
  /** Calls that are tried for every user, in plain words. */
  probes: string[];
  users: SeenUser[];
  groups: { name: string; policies: string[]; members: number }[];
}

/** Something that went wrong on purpose, or that the app did in AWS. */
export interface Incident {
  at: number;
  is: 'trouble' | 'deed';
  what: string;
}

export interface Status {
  /** Connections of the app; undefined where it takes requests. */
  sockets?: number;
}

/** All that one person sees. */
export interface Snapshot {
  /** Another one after a restart. */
  boot: string;
  me: string;
  staging: Staging;
  people: Record<string, string>;
  groups: Record<string, string>;
  channels: SeenChannel[];
  messages: SeenMessage[];
  views: SeenViews;
  troubles: SceneCard[];
  incidents: Incident[];
  status: Status;
  aws?: SeenAws;
}

/** What changed since. */
export type Patch =
  | { is: 'snapshot'; snapshot: Snapshot }
  | { is: 'message'; message: SeenMessage }
  | { is: 'gone'; channel: string; ts: string }
  | { is: 'channels'; channels: SeenChannel[] }
  | { is: 'views'; views: SeenViews }
  | { is: 'incident'; incident: Incident }
  | { is: 'status'; status: Status }
  | { is: 'aws'; aws: SeenAws };

/** What the server says to an act. */
export interface Answer {
  ok: boolean;
  /** For the person, in a sentence. */
  trouble?: string;
  /** What is wrong with inputs, by block_id. */
  problems?: Record<string, string>;
}

/** Where one is in the Slack workspace. */
export type Where = { is: 'channel'; id: string } | { is: 'app'; tab: 'home' | 'messages' };

/** What is open, and how that changes. */
export interface Place {
  where: Where;
  thread?: { channel: string; ts: string };
  go(where: Where): void;
  openThread(thread: { channel: string; ts: string } | undefined): void;
}

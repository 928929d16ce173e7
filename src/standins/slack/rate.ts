/** One a second and channel after a burst of three, as Slack has it; gives the seconds to wait, or nothing. */
export class PostingRate {
  #full = new Map<string, number>();

  take(channel: string): number | undefined {
    const now = Date.now();
    const next = Math.max(this.#full.get(channel) ?? 0, now - 2_000) + 1_000;
    if (next - now > 1_000) return Math.ceil((next - now - 1_000) / 1_000) || 1;
    this.#full.set(channel, next);
    return undefined;
  }
}

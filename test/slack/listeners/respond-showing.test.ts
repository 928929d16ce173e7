import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { divider, picture } from '../../../src/slack/blocks.ts';
import { respondShowing } from '../../../src/slack/listeners/respond-showing.ts';

describe('an answer that shows a picture', () => {
  let server: Server;
  let url: string;
  /** Kinds of the blocks of every post. */
  let posts: string[][];
  let refuse: (kinds: string[], post: number) => boolean;
  beforeEach(async () => {
    posts = [];
    server = createServer(async (request, response) => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
      const kinds = (body.blocks ?? []).map(({ type }: { type: string }) => type);
      posts.push(kinds);
      response.writeHead(refuse(kinds, posts.length) ? 400 : 200).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  });
  afterEach(() => new Promise<void>((closed) => void server.close(() => closed())));

  const drawn = { text: 'numbers', blocks: [divider(), picture('F1', { title: 'A', alt: 'a' })] };
  const BOTH = ['divider', 'image'];

  it('is tried again while Slack is at work on the picture', async () => {
    refuse = (_, post) => post <= 2;
    await respondShowing(url, drawn, [1, 1]);
    expect(posts).toEqual([BOTH, BOTH, BOTH]);
  });

  it('comes without it when Slack never takes it, within the five uses of its address', async () => {
    refuse = (kinds) => kinds.includes('image');
    await respondShowing(url, drawn, [1, 1]);
    expect(posts).toEqual([BOTH, BOTH, BOTH, ['divider']]);
  });

  it('that has none is posted once', async () => {
    refuse = () => true;
    await expect(respondShowing(url, { text: 'no blocks' })).rejects.toThrow('400');
    await expect(respondShowing(url, { ...drawn, blocks: [divider()] })).rejects.toThrow('400');
    expect(posts).toHaveLength(2);
  });
});

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { SCENES } from './scenes.ts';
import { CAST, CHANNEL, type Stage } from './stage.ts';

const FILES: Record<string, [file: string, type: string]> = {
  '/': ['page.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
};

const deed = z.discriminatedUnion('do', [
  z.object({ do: z.literal('scene'), scene: z.string() }),
  z.object({
    do: z.literal('press'),
    as: z.string(),
    ts: z.string(),
    action: z.string(),
    option: z.string().optional(),
    blockId: z.string().optional(),
  }),
  z.object({ do: z.literal('submit'), as: z.string(), values: z.record(z.string(), z.string()) }),
  z.object({ do: z.literal('close'), as: z.string() }),
  z.object({ do: z.literal('command'), as: z.string(), text: z.string() }),
]);

/** A plain page on loopback that shows the channel and presses its buttons. It talks to the stand-ins only. */
export async function servePage(stage: Stage, port: number): Promise<{ url: string; close(): void }> {
  const { slack } = stage;

  async function act(wish: z.infer<typeof deed>): Promise<string | undefined> {
    if (wish.do === 'scene') SCENES[wish.scene]?.play(stage.aws);
    else if (wish.do === 'close') slack.person(wish.as).closeView();
    else if (wish.do === 'command') await slack.person(wish.as).command(CHANNEL, '/groupwatch', wish.text);
    else if (wish.do === 'submit') await slack.person(wish.as).submit(wish.values);
    else {
      const all = [...slack.messages(CHANNEL), ...slack.person(wish.as).ephemerals()];
      const message = all.find(({ ts }) => ts === wish.ts);
      if (!message) return 'This message is gone.';
      await slack.person(wish.as).press(message, wish.action, { option: wish.option, blockId: wish.blockId });
    }
    return undefined;
  }

  const seenBy = (id: string) => ({
    people: CAST,
    scenes: Object.entries(SCENES).map(([name, { title }]) => ({ name, title })),
    messages: [...slack.messages(CHANNEL), ...slack.person(id).ephemerals()],
    view: slack.person(id).view(),
    errors: slack.person(id).errors(),
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://demo');
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const file = FILES[url.pathname];
    if (file) {
      response.writeHead(200, { 'content-type': file[1], 'cache-control': 'no-store' });
      response.end(readFileSync(new URL(file[0], import.meta.url)));
    } else if (url.pathname === '/changes') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('data: hello\n\n');
      request.once(
        'close',
        slack.onChange(() => response.write('data: change\n\n')),
      );
    } else if (url.pathname === '/state') {
      json(200, seenBy(CAST.find(({ id }) => id === url.searchParams.get('as'))?.id ?? CAST[0].id));
    } else if (url.pathname === '/act' && request.headers['content-type'] === 'application/json') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const trouble = await act(deed.parse(JSON.parse(Buffer.concat(chunks).toString())));
      json(trouble ? 409 : 200, { trouble });
    } else {
      json(404, { trouble: 'There is no such page.' });
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ trouble: String(error instanceof Error ? error.message : error) }));
    });
  });
  const listen = (wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', resolve);
    });
  await listen(port).catch(() => listen(0));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

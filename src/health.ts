import { createServer } from 'node:http';

/** What is asked of the process: `alive` for a restart, `ready` for traffic. */
export interface Health {
  /** Why the process isn't ready; empty when it is. */
  unready(): Promise<string[]>;
  /** Its numbers, as Prometheus reads them. */
  metrics(): Promise<{ type: string; body: string }>;
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** Serves /healthz, /readyz and /metrics, on our own server: Bolt's would share a port and a fate with Slack's requests. */
export async function serveHealth(
  health: Health,
  { host, port }: { host: string; port: number },
): Promise<HealthServer> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(`${JSON.stringify(body)}\n`);
    };
    if (request.url === '/healthz') return answer(200, { ok: true });
    try {
      if (request.url === '/metrics') {
        const { type, body } = await health.metrics();
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
        return;
      }
      if (request.url !== '/readyz')
        return answer(404, { ok: false, problems: ['there is /healthz, /readyz and /metrics'] });
      const problems = await health.unready();
      answer(problems.length === 0 ? 200 : 503, { ok: problems.length === 0, problems });
    } catch (error) {
      answer(503, { ok: false, problems: [String(error)] });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

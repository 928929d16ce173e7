import type { Answer } from '../wire.ts';

/** Tells the stand-ins what a person does; what goes wrong on the way is an answer too. */
export async function act(one: Record<string, unknown>): Promise<Answer> {
  try {
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(one),
    });
    return await response.json();
  } catch {
    return { ok: false, trouble: 'The demo has stopped, or is starting again. This page waits for it.' };
  }
}

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { SECOND } from '../../domain/time.ts';
import type { DrawnFile } from '../drawn.ts';

const announced = z.object({ upload_url: z.string(), file_id: z.string() });

/**
 * Uploads a file into a thread, in Slack's three steps; by itself when there is none, to be shown as a picture of a
 * message. Gives the file's id: of the message that shares it Slack tells no time. The description of a picture is `alt_txt`, as the reference has it; the SDK's own type says `alt_text`.
 * Source: docs.slack.dev/reference/methods/files.getUploadURLExternal
 */
export async function upload(
  web: WebClient,
  { name, title, alt, bytes }: DrawnFile,
  into?: { channel: string; threadTs: string },
): Promise<string> {
  const { upload_url: url, file_id: id } = announced.parse(
    await web.apiCall('files.getUploadURLExternal', {
      filename: name,
      length: bytes.byteLength,
      ...(alt === undefined ? {} : { alt_txt: alt }),
    }),
  );
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(bytes),
    signal: AbortSignal.timeout(20 * SECOND),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`Slack took no upload: ${response.status}`);
  const files: [{ id: string; title: string }] = [{ id, title }];
  await web.files.completeUploadExternal(
    into ? { files, channel_id: into.channel, thread_ts: into.threadTs } : { files },
  );
  return id;
}

import { decoded, type Inline, isSafeUrl } from './inline.ts';

/** What stands between `<` and `>`: a mention, a link, a date; anything else is wrong. */
export function token(content: string): Inline {
  const [head = '', ...rest] = content.split('|');
  const label = rest.length > 0 ? decoded(rest.join('|')) : undefined;
  const raw = `<${decoded(content)}>`;
  const user = /^@([UW][A-Z0-9_]+)$/.exec(head)?.[1];
  if (user) return { is: 'user', id: user, label };
  const channel = /^#([CGD][A-Z0-9_]+)$/.exec(head)?.[1];
  if (channel) return { is: 'channel', id: channel, label };
  const group = /^!subteam\^(S[A-Z0-9_]+)$/.exec(head)?.[1];
  if (group) return { is: 'group', id: group, label };
  const range = /^!(here|channel|everyone)$/.exec(head)?.[1];
  if (range) return { is: 'broadcast', range };
  if (head.startsWith('!date^')) return dateToken(head, label, raw);
  const url = decoded(head);
  if (isSafeUrl(url)) return { is: 'link', url, label: label || url.replace(/^mailto:/i, '') };
  return { is: 'wrong', raw, why: 'neither a mention nor a link over http, https or mailto' };
}

function dateToken(head: string, fallback: string | undefined, raw: string): Inline {
  const [, at = '', format = '', link] = head.split('^');
  if (!/^\d+$/.test(at) || !format || !fallback)
    return { is: 'wrong', raw, why: 'a date needs a time, a format and words to fall back to' };
  const url = link === undefined ? undefined : decoded(link);
  if (url !== undefined && !isSafeUrl(url)) return { is: 'wrong', raw, why: 'a link that Slack refuses' };
  return { is: 'date', at: Number(at), format: decoded(format), fallback, ...(url && { link: url }) };
}

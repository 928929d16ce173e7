/** What never goes into a log, by its look: what is before the secret stays, the secret goes. */
const LOOKS: readonly RegExp[] = [
  // Slack's tokens, whatever their kind; ids of AWS's access keys and session keys.
  /\b(xox[a-z](?:\.xox[a-z])?-|xapp-)[\w-]{4,}/g,
  /\b(AKIA|ASIA)[A-Z0-9]{4,}/g,
  // AWS's secrets have no look of their own, but names.
  /((?:secret_?access_?key|session_?token|security-?_?token|signing_?secret|client_?secret|password)["'\\]*\s*[=:]\s*["'\\]*)[^\s"'\\,;&}]+/gi,
  // Headers: a scheme with a token, or a whole signature.
  /(authorization["'\\]*\s*[=:]\s*["'\\]*)[^"'\\\n]+/gi,
  /\b((?:Bearer|Basic) )[\w+/=.~-]{4,}/g,
  /\b(Signature=)[0-9a-f]{8,}/g,
  // Whoever has a response_url can answer in the channel; whoever has a ticket gets a socket.
  /(https:\/\/hooks\.slack\.com\/)[\w/-]+/g,
  /(response_?url["'\\]*\s*[=:]\s*["'\\]*)[^\s"'\\,}]+/gi,
  /([?&](?:ticket|token|X-Amz-(?:Signature|Security-Token|Credential))=)[^&\s"'\\]+/gi,
  // The password in the address of a database.
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*:)[^\s@"']+(?=@)/gi,
];

/** Takes secrets out of a text: what looks like one, and those that are known, wherever they stand. */
export function redactor(known: readonly string[] = []): (text: string) => string {
  const secrets = known.filter((secret) => secret.length >= 8);
  return (text) => {
    const unknown = secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);
    return LOOKS.reduce((left, look) => left.replace(look, '$1…'), unknown);
  };
}

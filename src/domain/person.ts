/** A Slack user id, `U…` or `W…`; always the one that Slack verified, never a name. */
export type UserId = string;

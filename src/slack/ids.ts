/**
 * Every id that a posted button, menu or modal carries. Renaming one breaks messages that are already posted:
 * add, don't rename. No id may be a prefix pattern of another, since Bolt matches them exactly.
 */
export const ACTION = {
  acknowledge: 'alert.acknowledge',
  openGuide: 'alert.open-guide',
  requestDisablement: 'alert.request-disablement',
  /** Overflow of the card; option values are `<choice>|<alert id>`, then for `assign-me` who has it. */
  menu: 'alert.menu',
  /** Overflow of a guide step; option values are `<mark>|<alert id>|<step id>`, then the mark that it has. */
  guideStep: 'guide.step',
  /** Of a response request; the value is the request's id. */
  approveResponse: 'response.approve',
  denyResponse: 'response.deny',
  withdrawResponse: 'response.withdraw',
  retryResponse: 'response.retry',
  undoResponse: 'response.undo',
  /** Of one step of a runbook; the value is `<request id>|<step id>`, and `|<page>` in an answer to a command. */
  markRun: 'response.mark-run',
  /** On the Home tab; the value of the pages is the page, counted from 0. */
  homeOlder: 'home.older',
  homeNewer: 'home.newer',
  /** A link: there is nothing to do but to take note. The value is the alert's id. */
  openCard: 'home.open-card',
  /** Pages through a slash command's answer; the value is the command's text and offset. */
  older: 'answer.older',
  newer: 'answer.newer',
} as const;

/** What the card's menu offers. */
export type MenuChoice = 'assign-me' | 'assign' | 'snooze' | 'resolve' | 'reopen' | 'raw';
export const MENU_CHOICES: readonly MenuChoice[] = [
  'assign-me',
  'assign',
  'snooze',
  'resolve',
  'reopen',
  'raw',
];

/** What a guide step's menu offers. */
export type StepChoice = 'done' | 'not-applicable' | 'open' | 'note';
export const STEP_CHOICES: readonly StepChoice[] = ['done', 'not-applicable', 'open', 'note'];

/**
 * callback_ids of modals. Their private_metadata is the alert id, for a note the step id, then what is replaced; of
 * responses, the request id.
 */
export const MODAL = {
  assign: 'alert.assign',
  snooze: 'alert.snooze',
  resolve: 'alert.resolve',
  noteStep: 'guide.note',
  requestDisablement: 'alert.disablement',
  raw: 'alert.raw',
  approveResponse: 'response.approval',
  denyResponse: 'response.denial',
  undoResponse: 'response.undo-request',
} as const;

/** Inputs of modals; block_id and action_id are the same word. */
export const INPUT = {
  person: 'person',
  duration: 'duration',
  verdict: 'verdict',
  note: 'note',
  reason: 'reason',
  response: 'response',
  deletePassword: 'delete-password',
  typedName: 'typed-name',
  reactivate: 'reactivate',
} as const;

export const COMMAND = '/groupwatch';

/** event_type of the metadata on every message we post; its payload is `{ id: <message id> }`. */
export const METADATA = 'groupwatch_message';

const SEPARATOR = '|';

/** Joins what a button or menu option carries; at most 150 characters. Empty parts at the end are left out. */
export function pack(...parts: string[]): string {
  return parts.join(SEPARATOR).replace(/\|+$/, '');
}

export function unpack(value: string): string[] {
  return value.split(SEPARATOR);
}

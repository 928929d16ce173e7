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
  /** A button under a guide step; carries the same. */
  stepOffer: 'guide.offer',
  /** Every answer of a phase of the guide; the value is `<alert id>|<phase>`. */
  fetchAnswers: 'guide.fetch',
  /** Of a response request; the value is the request's id. */
  approveResponse: 'response.approve',
  denyResponse: 'response.deny',
  withdrawResponse: 'response.withdraw',
  retryResponse: 'response.retry',
  undoResponse: 'response.undo',
  /** Of an exception; the value is its id, and for `end` in an answer to a command `|<command's text>|<offset>`. */
  approveException: 'exception.approve',
  denyException: 'exception.deny',
  endException: 'exception.end',
  /** Of a question to one person; the value is its id. */
  answerYes: 'question.yes',
  answerNo: 'question.no',
  answerUnsure: 'question.unsure',
  /** Of one step of a runbook; the value is `<request id>|<step id>`, and `|<page>` in an answer to a command. */
  markRun: 'response.mark-run',
  /** Looks something up; the value is what would be typed behind the command. */
  lookUp: 'look-up.again',
  lookUpLonger: 'look-up.longer',
  lookUpLongest: 'look-up.longest',
  /** Ends a look-up; the value is its id in the process. */
  cancelLookUp: 'look-up.cancel',
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
export type MenuChoice = 'assign-me' | 'assign' | 'snooze' | 'resolve' | 'reopen' | 'exception' | 'raw';
export const MENU_CHOICES: readonly MenuChoice[] = [
  'assign-me',
  'assign',
  'snooze',
  'resolve',
  'reopen',
  'exception',
  'raw',
];

/** What a guide step's menu offers. */
export type StepChoice =
  | 'done'
  | 'not-applicable'
  | 'open'
  | 'note'
  | 'exception'
  | 'ask-actor'
  | 'ask-owner'
  | AnswerChoice;
export type AnswerChoice = 'fetch' | 'cancel' | 'details';
export const STEP_CHOICES: readonly StepChoice[] = [
  'done',
  'not-applicable',
  'open',
  'note',
  'exception',
  'fetch',
  'cancel',
  'details',
  'ask-actor',
  'ask-owner',
];

/**
 * callback_ids of modals. Their private_metadata is the alert id, for a note the step id, then what is replaced; of
 * responses, the request id; of an exception's preview `<alert id>|<conditions, comma between>|<days>|<reason>`;
 * of an answer `<question id>|<answer>`.
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
  exception: 'exception.form',
  exceptionPreview: 'exception.preview',
  answer: 'question.answer',
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
  conditions: 'conditions',
  expiry: 'expiry',
  comment: 'comment',
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

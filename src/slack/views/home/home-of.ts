import type { Alert } from '../../../domain/alert.ts';
import type { Exception } from '../../../domain/exception.ts';
import type { Numbers } from '../../../domain/numbers.ts';
import type { Unresolved, Worklist } from '../../../ports/alerts.ts';
import type { Mrkdwn } from '../../text.ts';
import type { Status } from '../answers/status.ts';
import type { Asked } from '../response/deed.ts';

/** Alerts that a page shows; more would not fit into the hundred blocks of a view. */
export const PAGE_SIZE = 20;
/** Of what is somebody's own, so many are shown, and the others counted. */
export const MINE = 8;
export const REQUESTS = 5;
export const EXCEPTIONS = 3;

/** Everything that one person sees on the Home tab. */
export interface HomeOf {
  /** What came of their last press here, where the view itself doesn't tell. */
  said?: Mrkdwn;
  status: Status;
  open: Worklist;
  /** Counted from 0. */
  page: number;
  counts: Unresolved;
  mine: Worklist;
  /** Absent for who may not approve. */
  requests?: { asked: readonly Asked[]; exceptions: readonly Exception[]; total: number };
  /** Of the last 30 days. */
  numbers: Numbers;
  /** Slack's address of the card, once it is posted. */
  linkOf: (alert: Pick<Alert, 'id'>) => string | undefined;
}

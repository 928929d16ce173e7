/** How the account behaves where AWS's behaviour differs from time to time, or isn't documented. */
export interface Knobs {
  /** Reads and permission checks show IAM as it was this many ms ago. Default 0. */
  consistencyMs: number;
  /** IAM's lists come in pages of no more than this, whatever MaxItems says. Default 1000, which is AWS's own. */
  pageSize: number;
  /** Calls with keys and sessions that were issued here need permission. Default false; `operator` never does. */
  enforcePermissions: boolean;
  /** RemoveUserFromGroup on who is no member is refused with NoSuchEntity. Default false. */
  refuseNonMembers: boolean;
  /** IAM's and STS's reads are in the trail, too, as they are on AWS. Default false. */
  recordReads: boolean;
}

/** As the account starts, unless told otherwise. */
export const DEFAULT_KNOBS: Knobs = {
  consistencyMs: 0,
  pageSize: 1000,
  enforcePermissions: false,
  refuseNonMembers: false,
  recordReads: false,
};

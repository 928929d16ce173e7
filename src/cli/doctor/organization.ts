import { organizationLister } from '../../aws/organization.ts';
import type { Settings } from '../../config.ts';
import type { AccountSettings } from '../../config-file.ts';
import { SECOND } from '../../domain/time.ts';
import { watchedOf, withFound } from '../../organization/found.ts';
import { SourceFailure } from '../../ports/cloudtrail.ts';
import { type Finding, of, words } from './finding.ts';

const PATIENCE = 60 * SECOND;

/** The accounts that are watched, with those that AWS lists where CONFIG_FILE has it asked, and how that went. */
export async function organization(
  settings: Settings,
  awsRequestTimeoutMs?: number,
): Promise<{ findings: Finding[]; accounts: AccountSettings[] }> {
  const { organization: asked, accounts: named, awsRegion } = settings;
  if (!asked) return { findings: [], accounts: named };
  const is = of('organization');
  try {
    const listed = await organizationLister(awsRegion, awsRequestTimeoutMs)(AbortSignal.timeout(PATIENCE));
    const { accounts, routes } = withFound(settings, listed);
    const active = listed.accounts.filter((one) => one.active).length;
    const excluded = active - watchedOf(asked, listed).length;
    const lost = routes.flatMap((route) =>
      (route.accounts ?? []).filter((one) => !accounts.some(({ id }) => id === one)),
    );
    const says = `AWS lists ${listed.accounts.length} accounts, ${active} of them active; ${excluded} are excluded, ${accounts.length} are watched.`;
    return {
      accounts,
      findings: [
        is.well(says),
        ...(lost.length > 0
          ? [is.odd(`routes name ${lost.join(', ')}, and no such account is watched.`, 'Mend CONFIG_FILE.')]
          : []),
      ],
    };
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return { accounts: named, findings: [is.ill(`${words(error)}.`, REMEDY)] };
  }
}

const REMEDY =
  'Give the role that Groupwatch runs with the policy organization (npm run iam-policy), in the management account or that of a delegated administrator; or name the accounts under accounts in CONFIG_FILE.';

import type { AwsStandIn } from '../standins/aws/account.ts';
import { iamUser } from '../standins/aws/actors.ts';
import { SCENES } from './scenes.ts';

interface Scene {
  title: string;
  about?: string;
  play(aws: AwsStandIn): void;
}

const ABOUT: Record<string, string> = {
  intruder: 'mallory’s key is stolen; he joins admins',
  onboarding: 'Ana lets bob join developers, with MFA',
};

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** What only the page has beside the script's scenes: they'd change its figures. */
const MORE: Record<string, Scene> = {
  chain: {
    title: 'A group is made, gets all rights, and takes somebody in',
    about: 'three calls by trudy, within a second',
    play(aws) {
      const by = iamUser('trudy', { mfa: false });
      const group = `ops-${Date.now() % 10_000}`;
      aws.iam('CreateGroup', { GroupName: group }, { by });
      aws.iam('AttachGroupPolicy', { GroupName: group, PolicyArn: ADMINISTRATOR }, { by });
      aws.addUserToGroup({ user: 'trudy', group, by });
    },
  },
  mass: {
    title: 'Seven people join admins in a minute',
    play(aws) {
      const names = ['ada', 'alan', 'barbara', 'dennis', 'edsger', 'grace', 'ken'];
      for (const user of names) aws.addUserToGroup({ user, group: 'admins', by: iamUser('trudy') });
    },
  },
  fight: {
    title: 'Mallory fights back',
    about: 'takes the deny off, switches his key on again',
    play(aws) {
      const attacker = aws.attacker('mallory');
      attacker.detachDeny();
      attacker.activateKeys();
    },
  },
};

/** Every button of the page for what can happen in AWS. */
export const SANDBOX_SCENES: Record<string, Scene> = {
  ...Object.fromEntries(
    Object.entries(SCENES).map(([name, scene]) => [name, { ...scene, about: ABOUT[name] }]),
  ),
  ...MORE,
};

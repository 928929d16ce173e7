import type { GuideStep, Phase } from '../domain/guide.ts';

/** The sixteen steps of the rule's investigation, in our own words and in the order they are worked. */
export const guide: GuideStep[] = [
  step('actor', 'triage', 'Actor', 'Who made the change, and is it theirs to make?', [
    'identity, and the human behind a role session',
    'multi-factor authentication and access key',
    'console, CLI, SDK or automation, and from which address',
  ]),
  step('related-alerts', 'triage', 'Related alerts', 'What else has this account set off in 48 hours?', [
    'alerts of the actor and of the added user, with state and verdict',
  ]),
  step('owners', 'triage', 'Owners', "Do the account's and the resources' owners know about it?", [
    'owner tags of user and actor',
    'ask them directly, outside a channel the intruder may read',
  ]),
  step('change-approval', 'triage', 'Change approval', 'Was it approved, as your change process asks?', [
    'note the ticket or link here, so that it stays with the alert',
  ]),
  step('scope', 'triage', 'Scope', 'If compromised: what did the account touch in 24 hours?', [
    'services, write calls, Regions, addresses and failures, before and after',
  ]),
  step('intended-use', 'false-positive', 'Intended use', 'Is this known behaviour?', [
    'the same actor, group, user agent and address over 90 days',
    'known behaviour is exempted by an exception that combines conditions, never by one alone',
  ]),
  step('incident', 'response', 'Incident', 'Is it an incident? Open the one that the triage calls for.', [
    'note the link of the incident here',
  ]),
  step('contain', 'response', 'Containment', 'Should the account be limited while you look?', [
    'request disablement of the user',
    'take the user out of the group again',
  ]),
  step('impact', 'response', 'Impact', 'What could this have cost?', [
    "the account's role in the environment, and how critical the services and servers are that it reached",
    'effect on users, settled together with IT',
    'movement to other accounts, servers and services',
    'regulatory or legal duties',
  ]),
  step('credentials', 'response', 'Credentials', 'Which credentials are exposed?', [
    'keys, password, SSH keys, certificates, service-specific credentials',
    'what the actor created in 24 hours',
  ]),
  step('new-users', 'response', 'New users', 'Were users created that nobody asked for?', [
    'CreateUser, CreateLoginProfile and CreateAccessKey by actor or user in 7 days',
  ]),
  step('mfa', 'response', 'Multi-factor authentication', 'Is multi-factor authentication on?', [
    'devices of actor and user',
  ]),
  step('least-privilege', 'response', 'Least privilege', 'Does the user need what it now has?', [
    'what the user could do before, and what the group adds',
  ]),
  step('best-practices', 'response', 'Hardening', 'What would have made this harder?', [
    'passwords without MFA, keys older than 90 days, administrator rights through groups',
  ]),
  step('initial-vector', 'response', 'Initial access', 'How did they get in?', [
    'the first unusual sign: new address, new key, ConsoleLogin, AssumeRole',
  ]),
  step('lessons', 'response', 'Lessons', 'What shortens the next one?', [
    'logging, audit, and the times to detect, acknowledge and resolve this one',
  ]),
];

function step(id: string, phase: Phase, title: string, question: string, look: string[]): GuideStep {
  return { id, phase, title, question, look };
}

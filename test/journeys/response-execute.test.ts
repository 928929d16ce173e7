import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denyAllArn } from '../../src/domain/response/policies.ts';
import { ACTION, INPUT, MODAL } from '../../src/slack/ids.ts';
import { roleSession } from '../../src/standins/aws/actors.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { NAME, RESPONDER, type Story, shown, startStory, WHY } from '../support/response-story.ts';
import { CHANNEL } from '../support/world.ts';

const EXECUTE = { response: { mode: 'execute', responder: RESPONDER } } as const;

describe('with RESPONSE_MODE=execute', () => {
  let story: Story;
  let request: Message;
  beforeAll(async () => {
    story = await startStory(EXECUTE);
  });
  afterAll(() => story?.[Symbol.asyncDispose]());

  async function approve(card: Message): Promise<void> {
    const form = await story.openForm(story.world.ben, card, ACTION.approveResponse);
    expect(JSON.stringify(form)).toContain('it does these steps at once, in AWS');
    await story.world.ben.submit(NAME);
  }

  it('stops half-way when AWS denies a step, and says what stands, what failed and what is left', async () => {
    const { world, ask, cardSays, line } = story;
    request = await ask(world.ana);
    const denied = {
      code: 'AccessDenied',
      status: 403,
      message: 'User is not authorized to perform: iam:UpdateAccessKey',
    };
    world.aws.faults.iam('UpdateAccessKey', 1, denied);
    await approve(request);
    await cardSays(request, 'Stopped half-way');
    expect(shown(request)).toContain('✅ 1. Attach the policy `AWSDenyAll`, which denies everything · done');
    expect(shown(request)).toContain('*failed*, the permission `iam:UpdateAccessKey` is missing');
    expect(shown(request)).toContain('Request undo…');
    const runbook = await line('Runbook to disable the user `bob`');
    await cardSays(runbook, 'aws iam update-access-key --user-name=bob --access-key-id=AKIAEXAMPLE11');
    expect(shown(runbook)).not.toContain('attach-user-policy');
    expect(world.aws.stateOf('bob').attached).toEqual([denyAllArn('aws')]);
  });

  it('goes on with the rest when somebody lets it', async () => {
    const { world, cardSays, line } = story;
    const runbook = await line('Runbook to disable');
    await world.ana.press(request, ACTION.retryResponse);
    await cardSays(request, '✅ *Done*');
    expect(world.aws.stateOf('bob').credentials).toMatchObject({ AKIAEXAMPLE11: 'accessKey Inactive' });
    await cardSays(runbook, 'nothing to run by hand');
    await line('<@U0ANA> lets it go on');
    await line('✅ Done: disable the user `bob`.');
  });

  it('takes it back by a request and an approval of its own', async () => {
    const { world, line, cardSays, card } = story;
    const { ana, slack } = world;
    await ana.press(request, ACTION.undoResponse);
    await slack.until(() => ana.view()?.callback_id === MODAL.undoResponse, 'the form');
    await ana.submit(WHY);
    const undo = await line('please decide: <@U0ANA> asks to take back');
    await cardSays(undo, 'Detach the policy');
    await approve(undo);
    await cardSays(undo, '✅ *Done*');
    await cardSays(request, '*Taken back* by');
    expect(world.aws.stateOf('bob').attached).toEqual([]);
    expect(world.aws.stateOf('bob').credentials).toMatchObject({ AKIAEXAMPLE11: 'accessKey Inactive' });
    await cardSays(card, '*↩️ taken back*');
  });
});

describe('who set off the alert, or owns the user', () => {
  it('decides nothing, as an approver too', async () => {
    await using story = await startStory({ by: roleSession('Admin', 'ben@example.com') });
    const { world, ask, told } = story;
    const { slack } = world;
    slack.addPerson({ id: 'U0BEN', name: 'Ben', email: 'Ben@example.com' });
    const dan = slack.addPerson({ id: 'U0DAN', name: 'Dan', email: 'dan@example.com' });
    const request = await ask(world.ana);
    await world.ben.press(request, ACTION.approveResponse);
    await told(world.ben, 'you are the one who set off this alert');
    await dan.press(request, ACTION.denyResponse);
    await told(dan, 'you are the one whom this is about');
    expect([world.ben.view(), dan.view()]).toEqual([undefined, undefined]);
    expect(shown(request)).toContain('Approve…');
  });
});

describe('taking the user out of the group again', () => {
  it('is done and taken back, and CloudTrail telling of it raises no alert of a stranger', async () => {
    await using story = await startStory(EXECUTE);
    const { world, card, ask, cardSays, openForm, line } = story;
    const { ana, ben, aws, slack } = world;
    const request = await ask(ana, { [INPUT.response]: 'remove-from-group' });
    await openForm(ben, request, ACTION.approveResponse);
    await ben.submit(NAME);
    await cardSays(request, '✅ *Done*');
    expect(aws.membersOf('admins')).not.toContain('bob');
    await ana.press(request, ACTION.undoResponse);
    await slack.until(() => ana.view()?.callback_id === MODAL.undoResponse, 'the form');
    await ana.submit(WHY);
    const undo = await line('please decide: <@U0ANA> asks to take back');
    await cardSays(undo, 'What will be done');
    await openForm(ben, undo, ACTION.approveResponse);
    await ben.submit(NAME);
    await cardSays(undo, '✅ *Done*');
    expect(aws.membersOf('admins')).toContain('bob');
    await cardSays(card, 'CloudTrail has recorded what Groupwatch did about it');
    const cards = slack.messages(CHANNEL).filter(({ thread_ts }) => !thread_ts);
    expect(cards).toHaveLength(1);
  });

  it('is refused when the user was in it before', async () => {
    await using story = await startStory({
      ...EXECUTE,
      before: (aws) =>
        void aws.addUserToGroup({ user: 'bob', group: 'admins', at: new Date(Date.now() - 7_200_000) }),
    });
    const { world, ask, cardSays, openForm, line } = story;
    const request = await ask(world.ana, { [INPUT.response]: 'remove-from-group' });
    await cardSays(request, 'the user was in the group before');
    await openForm(world.ben, request, ACTION.approveResponse);
    await world.ben.submit(NAME);
    await cardSays(request, 'the user was in the group before');
    await line('nothing was changed in AWS');
    expect(world.aws.membersOf('admins')).toContain('bob');
  });
});

describe('revoking the sessions of a role', () => {
  it('ends what they may do', async () => {
    const by = roleSession('Admin', 'mallory@example.com');
    await using story = await startStory({
      response: { ...EXECUTE.response, revokeSessions: true },
      by,
      before: (aws) => void aws.given.role({ name: 'Admin', attached: ['AdministratorAccess'] }),
    });
    const { world, ask, cardSays, openForm } = story;
    const old = world.aws.assumeRole({ role: 'Admin' });
    expect(world.aws.can({ session: old.accessKeyId }, 's3:DeleteBucket')).toBe(true);
    const request = await ask(world.ana, { [INPUT.response]: 'revoke-sessions' });
    await openForm(world.ben, request, ACTION.approveResponse);
    await world.ben.submit({ [INPUT.typedName]: 'Admin' });
    await cardSays(request, '✅ *Done*');
    expect(world.aws.can({ session: old.accessKeyId }, 's3:DeleteBucket')).toBe(false);
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, INPUT, MODAL } from '../../src/slack/ids.ts';
import { type AwsStandIn, startAws } from '../../src/standins/aws/account.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { type SlackStandIn, startSlack } from '../../src/standins/slack/workspace.ts';
import { openAudit } from '../../src/storage/audit/open.ts';
import { verify } from '../../src/storage/audit/verify.ts';
import { PLAIN } from '../support/program.ts';
import { RESPONDER, shown } from '../support/response-story.ts';

const CHANNEL = 'C0ALERTS';
/** Two starts of the program a test, on a machine that may be busy. */
const PATIENCE = 90_000;
const WRITES = /^iam:(Attach|Detach|Put|Delete|Update)/;

/** The writes of a containment of the users below, and of its undo, in their order. */
const CONTAIN = [
  'AttachUserPolicy',
  'UpdateAccessKey',
  'UpdateAccessKey',
  'UpdateServiceSpecificCredential',
  'UpdateSSHPublicKey',
  'UpdateSigningCertificate',
];
const RESTORE = [
  'PutUserPolicy',
  'UpdateSigningCertificate',
  'UpdateSSHPublicKey',
  'UpdateServiceSpecificCredential',
  'UpdateAccessKey',
  'UpdateAccessKey',
  'DetachUserPolicy',
];

describe('the program is killed after a step, and started again', { timeout: PATIENCE }, () => {
  let slack: SlackStandIn;
  let aws: AwsStandIn;
  let folder: string;
  let child: ChildProcess;
  let ana: Person;
  let ben: Person;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'groupwatch-crash-'));
    slack = await startSlack({ enforceRate: false });
    aws = await startAws({ enforceRate: false });
    ana = slack.addPerson({ id: 'U0ANA', name: 'Ana' });
    ben = slack.addPerson({ id: 'U0BEN', name: 'Ben' });
    slack.addChannel({ id: CHANNEL, name: 'alerts', members: ['U0ANA', 'U0BEN'] });
    aws.given.role({ name: 'groupwatch-responder', path: '/groupwatch/' });
    aws.given.user({ name: 'root-admin', attached: ['AdministratorAccess'] });
    start();
  });
  afterAll(async () => {
    child.kill('SIGKILL');
    await slack.close();
    await aws.close();
    await rm(folder, { recursive: true, force: true });
  });

  function start(): void {
    child = spawn(process.execPath, ['test/support/quick-main.ts'], {
      cwd: resolve(import.meta.dirname, '../..'),
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...PLAIN,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        ALERT_CHANNEL: CHANNEL,
        RESPONDERS: 'U0ANA,U0BEN',
        APPROVERS: 'U0BEN',
        RESPONSE_MODE: 'execute',
        RESPONDER_ROLE_ARN: RESPONDER.roleArn,
        RESPONDER_EXTERNAL_ID: RESPONDER.externalId,
        DATABASE_URL: `file:${join(folder, 'groupwatch.db')}`,
        POLL_SCHEDULE: '* * * * * *',
        HTTP_PORT: '0',
        LOG_LEVEL: 'fatal',
        AWS_ENDPOINT_URL_CLOUDTRAIL: aws.endpoint,
        AWS_ENDPOINT_URL_STS: aws.endpoint,
        AWS_ENDPOINT_URL_IAM: aws.endpoint,
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01',
        AWS_SECRET_ACCESS_KEY: 'example',
      },
    });
  }

  /** Kills the program once the n-th call of an action has had its effect and isn't answered yet; starts another. */
  function killAfter(action: string, nth: number): Promise<void> {
    return new Promise((restarted) => {
      let calls = 0;
      aws.after(
        action,
        async () => {
          if (++calls < nth) return;
          child.kill('SIGKILL');
          await once(child, 'exit');
          start();
          restarted();
        },
        nth,
      );
    });
  }

  const until = <T>(look: () => T | undefined | false, what: string): Promise<T> =>
    slack.until(look, what, 60_000);
  const inThread = (card: Message, words: string): Promise<Message> =>
    until(() => slack.thread(CHANNEL, card.ts).find(({ text }) => text.includes(words)), words);
  const says = (message: Message, words: string) => until(() => shown(message).includes(words), words);

  async function press(person: Person, message: Message, action: string, form: string): Promise<void> {
    await until(() => slack.openSockets() > 0, 'a socket');
    await person.press(message, action);
    await until(() => person.view()?.callback_id === form, 'the form');
  }

  async function approve(request: Message, user: string): Promise<void> {
    await says(request, 'What will be done');
    await press(ben, request, ACTION.approveResponse, MODAL.approveResponse);
    await ben.submit({ [INPUT.typedName]: user });
  }

  const writesSince = (start: number): string[] =>
    aws.calls
      .slice(start)
      .filter(({ name, parameters }) => WRITES.test(name) && parameters.UserName !== 'root-admin')
      .map(({ name }) => name.replace('iam:', ''));

  /** A user with two keys and one of each other credential, their alert, and the request to disable them. */
  async function asked(user: string): Promise<{ card: Message; request: Message }> {
    const number = user.replace(/\D/g, '').padStart(2, '0');
    aws.given.user({
      name: user,
      keys: [`AKIAEXAMPLE${number}A`, `AKIAEXAMPLE${number}B`],
      sshKeys: [`APKAEXAMPLE${number}`],
      certificates: [`CERTEXAMPLE${number}`],
      serviceCredentials: [`ACCAEXAMPLE${number}`],
    });
    aws.addUserToGroup({ user, group: 'admins' });
    const card = await until(
      () => slack.messages(CHANNEL).find(({ text, thread_ts }) => !thread_ts && text.includes(`\`${user}\``)),
      `the card of ${user}`,
    );
    await press(ana, card, ACTION.requestDisablement, MODAL.requestDisablement);
    await ana.submit({ [INPUT.reason]: 'Key seen in a public repository' });
    return { card, request: await inThread(card, 'please decide') };
  }

  const nth = (list: string[], index: number): number =>
    list.slice(0, index + 1).filter((action) => action === list[index]).length;

  it.each(CONTAIN.map((action, index) => [index + 1, action] as const))(
    'containment: step %i, %s',
    async (step, action) => {
      const user = `contained${step}`;
      const { request } = await asked(user);
      const since = aws.calls.length;
      const killed = killAfter(action, nth(CONTAIN, step - 1));
      await approve(request, user);
      await killed;
      await says(request, '✅ *Done*');
      expect(writesSince(since)).toEqual(CONTAIN);
      const { attached, credentials } = aws.stateOf(user);
      expect(attached).toEqual(['arn:aws:iam::aws:policy/AWSDenyAll']);
      expect(Object.values(credentials).filter((state) => !state.endsWith('Inactive'))).toEqual([]);
    },
  );

  it.each(RESTORE.map((action, index) => [index + 1, action] as const))(
    'restore: step %i, %s',
    async (step, action) => {
      const user = `restored${step}`;
      const before = asked(user).then(async ({ card, request }) => {
        const state = aws.stateOf(user);
        await approve(request, user);
        await says(request, '✅ *Done*');
        return { card, request, state };
      });
      const { card, request, state } = await before;
      await press(ana, request, ACTION.undoResponse, MODAL.undoResponse);
      await ana.submit({ [INPUT.reason]: 'It was a false alarm', [INPUT.reactivate]: ['reactivate'] });
      const undo = await inThread(card, 'asks to take back');
      await says(undo, 'What will be done');
      const since = aws.calls.length;
      const killed = killAfter(action, nth(RESTORE, step - 1));
      await approve(undo, user);
      await killed;
      await says(undo, '✅ *Done*');
      await says(request, '*Taken back* by');
      expect(writesSince(since)).toEqual(RESTORE);
      expect({ ...aws.stateOf(user), inline: {} }).toEqual(state);
    },
  );

  it('leaves an audit log whose chain is whole', async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
    const log = await openAudit(`file:${join(folder, 'groupwatch.db')}`);
    const report = await verify(log.rows(), log.head);
    await log.close();
    expect(report).toMatchObject({ is: 'whole' });
  });
});

import { ACTION, INPUT, MODAL } from '../slack/ids.ts';
import type { UserState } from '../standins/aws/acts/snapshot.ts';
import type { Message } from '../standins/slack/types.ts';
import { partners, type Say } from './scene-partners.ts';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';
import { asText } from './transcript.ts';

type ResponseTally = Pick<Tally, 'contained' | 'restored' | 'selfApprovals'>;

const KEY = 'AKIAEXAMPLE66';

/** Asked by one, approved by another; contained while the intruder fights back; looked at again; taken back. */
export async function playResponse(stage: Stage, card: Message, say: Say): Promise<ResponseTally> {
  const { aws } = stage;
  const { ana, ben, see, inThread, shows, form } = partners(stage);
  const before = aws.stateOf('mallory');
  const works = (): boolean => aws.can({ key: KEY }, 's3:DeleteBucket');
  say(`  AWS      mallory's key can delete buckets: ${works()}`);

  say('— Ben requests that the user be disabled, and presses Approve himself');
  await ben.press(card, ACTION.requestDisablement);
  await form(ben, MODAL.requestDisablement);
  await (await ben.submit({ [INPUT.reason]: 'Added himself to admins from an unknown address' })).again();
  const request = await inThread(card, 'asks to disable the user');
  await shows(request, 'What will be done');
  const told = ben.ephemerals().length;
  await ben.press(request, ACTION.approveResponse);
  const refusal = await see(() => ben.ephemerals()[told], 'the refusal');
  say(`  (only Ben)  ${asText(refusal.text)}`);
  const selfApprovals = ben.view() ? 1 : 0;

  say('— Ana approves by typing the name; the intruder takes the deny off once');
  aws.after('UpdateAccessKey', () => {
    aws.attacker('mallory').detachDeny();
    say('  AWS      mallory detaches the deny');
  });
  await approve(request);
  await shows(request, '✅ *Done*');
  await inThread(card, 'has put it back');
  const contained = works() ? 0 : 1;
  say(`  AWS      mallory's key can delete buckets: ${works()}`);

  say('— The key was rotated: Ana asks to take it back, Ben approves');
  await ana.press(request, ACTION.undoResponse);
  await form(ana, MODAL.undoResponse);
  await ana.submit({
    [INPUT.reason]: 'Key rotated, laptop cleaned, incident 42',
    [INPUT.reactivate]: ['reactivate'],
  });
  const undo = await inThread(card, 'asks to take back');
  await shows(undo, 'What will be done');
  await approve(undo, 'ben');
  await shows(undo, '✅ *Done*');
  const left = differences(before, aws.stateOf('mallory'));
  say(
    `  AWS      mallory's key can delete buckets: ${works()}; what differs from before: ${left.join(', ') || 'nothing'}`,
  );
  const restored =
    works() && left.every((one) => one.startsWith('inline policy GroupwatchRevokeOlderSessions')) ? 1 : 0;
  return { contained, restored, selfApprovals };

  async function approve(asked: Message, by: 'ana' | 'ben' = 'ana'): Promise<void> {
    const person = by === 'ana' ? ana : ben;
    await person.press(asked, ACTION.approveResponse);
    await form(person, MODAL.approveResponse);
    await person.submit({ [INPUT.typedName]: 'mallory' });
  }
}

/** What is not as it was. The policy that keeps old sessions dead goes by itself after 36 hours. */
function differences(before: UserState, after: UserState): string[] {
  const { inline: inlineBefore, ...restBefore } = before;
  const { inline, ...rest } = after;
  const added = Object.keys(inline).filter((name) => !(name in inlineBefore));
  return [
    ...added.map((name) => `inline policy ${name} (until no session of before can be alive)`),
    ...(JSON.stringify(rest) === JSON.stringify(restBefore) ? [] : [JSON.stringify(rest)]),
  ];
}

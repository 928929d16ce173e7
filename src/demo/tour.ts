import { ACTION } from '../slack/ids.ts';
import type { TourStep } from '../standins/page/wire.ts';

const button = (action: string): string => `[data-action="${action}"]`;

/** The story in seven steps: what to look at, and what to press. */
export const TOUR: readonly TourStep[] = [
  {
    title: 'Somebody gets in',
    text: 'An intruder has stolen a key of the user mallory and puts himself into the group admins. Let it happen.',
    target: ['[data-scene="intruder"]'],
    done: { words: 'added `mallory`' },
  },
  {
    title: 'The card',
    text: 'Within seconds the team knows who did what, to whom, from where and with which key. Everybody in the channel sees this card, and it changes as people work.',
    target: ['.conversation .message:last-child .blocks'],
  },
  {
    title: 'The guide',
    text: 'Open the guide. Sixteen questions come into the thread; each is answered by a person, on record.',
    target: [button(ACTION.openGuide)],
    as: 'U0ANA',
    done: { words: 'opened the guide' },
  },
  {
    title: 'Take it on',
    text: 'Acknowledge the alert, so that nobody works it twice. Otto from another company sees the same button: be him for a moment and try.',
    target: [button(ACTION.acknowledge)],
    as: 'U0ANA',
    done: { words: 'is looking into it' },
  },
  {
    title: 'Ask for help',
    text: 'Request that mallory be disabled, and say why. Nothing happens by this alone: another person has to approve.',
    target: [button(ACTION.requestDisablement)],
    as: 'U0ANA',
    done: { words: 'asks to disable the user' },
  },
  {
    title: 'Approve, as another person',
    text: 'Open the thread and press “Approve…” as Ana first: she asked, so she can’t. Then be Ben, approve, and type mallory. On the right you see what mallory can still do.',
    target: [button(ACTION.approveResponse), '.conversation .replies'],
    as: 'U0BEN',
    done: { words: '✅ *Done*' },
  },
  {
    title: 'Take it back',
    text: 'When all is well again, request undo, and approve it as the other one: keys and rights come back as they were. Or let “Mallory fights back” happen first, and watch who wins.',
    target: [button(ACTION.undoResponse), '.conversation .replies'],
  },
];

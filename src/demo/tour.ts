import type { TourStep } from '../standins/page/wire.ts';

/** The story in seven steps: what to look at, and what to press. */
export const TOUR: readonly TourStep[] = [
  {
    title: 'Somebody gets in',
    text: 'An intruder has a stolen key and puts himself into the group admins. Let it happen.',
    target: '[data-scene="intruder"]',
    done: { words: 'mallory' },
  },
  {
    title: 'The card',
    text: 'Within seconds the team knows who did what, to whom, from where and with which key. Every button works, and everybody in the channel sees the same card.',
    target: '.conversation .message:last-child .blocks',
  },
  {
    title: 'The guide',
    text: 'Open the guide. Sixteen questions come into the thread; each is answered by a person, on record.',
    target: '[data-action="alert.open-guide"]',
    as: 'U0ANA',
    done: { words: 'Triage' },
  },
  {
    title: 'Take it on',
    text: 'Acknowledge the alert, so that nobody works it twice. Try it as Otto first, who is from another company: he is refused.',
    target: '[data-action="alert.acknowledge"]',
    as: 'U0ANA',
    done: { words: 'is looking into it' },
  },
  {
    title: 'Ask for help',
    text: 'Request that the user be disabled, and say why. Nothing happens to anybody by one person alone.',
    target: '[data-action="alert.request-disablement"]',
    as: 'U0ANA',
    done: { words: 'be disabled' },
  },
  {
    title: 'A second person',
    text: 'Be Ben, who may approve. He was mentioned in the thread, and he is not the one who asked.',
    target: '#me',
    as: 'U0BEN',
  },
  {
    title: 'Close it',
    text: 'Resolve the alert with a verdict from the menu with the three dots. Then try /groupwatch recent, or make some trouble on the right and let it happen again.',
    target: '[data-action="alert.menu"]',
    done: { words: 'resolved it as' },
  },
];

import { SCENES } from './scenes.ts';

/** Every button of the page for what can happen in AWS: the script's scenes, and one that needs a response before it. */
export const SANDBOX_SCENES: typeof SCENES = {
  ...SCENES,
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

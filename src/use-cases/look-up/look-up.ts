import { lookUpActor } from './actor.ts';
import { lookUpEvent } from './event.ts';
import { lookUpGroup } from './group.ts';
import { lookUpUser } from './user.ts';
import type { LookUp, LookUpNeeds } from './wanted.ts';

/** Looks somebody, a group or an event up in AWS and in our own history. Rejects when the signal aborts. */
export const lookUp =
  (needs: LookUpNeeds): LookUp =>
  (wanted, looking) => {
    switch (wanted.kind) {
      case 'user':
        return lookUpUser(needs, wanted, looking);
      case 'group':
        return lookUpGroup(needs, wanted, looking);
      case 'actor':
        return lookUpActor(needs, wanted, looking);
      case 'event':
        return lookUpEvent(needs, wanted, looking);
    }
  };

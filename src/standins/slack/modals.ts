import type { Delivery } from './delivery.ts';
import { object, text } from './json.ts';
import { newView, onTopOf } from './methods/views.ts';
import type { State } from './state.ts';
import type { Json, View } from './types.ts';

/** The modals that a person has open, the last on top. */
export interface Stack {
  top(): View | undefined;
  all(): View[];
  /** Takes the top one away, or all; gives the one that the app is told about. */
  close(all: boolean): { view: View; cleared: boolean } | undefined;
  /** What the app's answer to a submission does; gives the errors it names by block_id. */
  answered(view: View, delivery: Delivery): Json;
}

export function stackOf(state: State, user: string): Stack {
  const stack = (): View[] => state.views.get(user) ?? [];
  const become = (views: View[]): void => {
    state.views.set(user, views);
    state.changed({ kind: 'view', user });
  };

  return {
    top: () => stack().at(-1),
    all: () => stack().slice(),

    close(all) {
      const [root] = stack();
      const top = stack().at(-1);
      if (!root || !top) return undefined;
      const cleared = all || top.clear_on_close === true;
      become(cleared ? [] : stack().slice(0, -1));
      return { view: cleared ? root : top, cleared };
    },

    answered(view, delivery) {
      if (!delivery.acked) return {};
      const answer = object(delivery.ackPayload);
      const others = stack().filter(({ id }) => id !== view.id);
      switch (answer.response_action) {
        case 'errors': {
          const errors = object(answer.errors);
          const inputs = view.blocks
            .filter(({ type }) => type === 'input')
            .map(({ block_id }) => text(block_id));
          const strange = Object.keys(errors).filter((blockId) => !inputs.includes(blockId));
          if (strange.length > 0 || Object.keys(errors).length === 0)
            throw new Error(
              `the errors name ${strange.join(', ') || 'nothing'}, which is no input of the modal`,
            );
          state.changed({ kind: 'view', user });
          return errors;
        }
        case 'update': {
          const { id, root_view_id, previous_view_id } = view;
          const anew = newView(answer.view, { id, root_view_id, previous_view_id });
          become(stack().map((one) => (one.id === id ? anew : one)));
          return {};
        }
        case 'push':
          if (stack().length >= 3) throw new Error('push_limit_reached: three modals are open already');
          become([...stack(), newView(answer.view, onTopOf(stack()))]);
          return {};
        case 'clear':
          become([]);
          return {};
        default:
          become(others);
          return {};
      }
    },
  };
}

import { isObject, list, object, text } from './json.ts';
import type { Json } from './types.ts';

/** What a person chooses in a menu, or types. */
export interface Choice {
  /** Value of an option. */
  option?: string;
  user?: string;
  input?: string;
  /** Which block, where several have the same element. */
  blockId?: string;
}

/** Every element that can be pressed or filled in, with its block. */
export function elementsOf(blocks: Json[]): { element: Json; blockId: string }[] {
  return blocks.flatMap((block, index) => {
    const blockId = text(block.block_id) || `b${index}`;
    const inside = [block.accessory, block.element, ...list(block.elements)].filter(isObject);
    return inside
      .filter((element) => element.action_id !== undefined)
      .map((element) => ({ element, blockId }));
  });
}

/** The `actions[]` item of a press. Throws when there is no such element, or no such option. */
export function actionOf(blocks: Json[], actionId: string, choice: Choice): Json {
  const found = elementsOf(blocks).filter(
    ({ element, blockId }) =>
      element.action_id === actionId &&
      (!choice.blockId || choice.blockId === blockId) &&
      (!choice.option || optionOf(element, choice.option) !== undefined),
  );
  const [first] = found;
  if (!first) throw new Error(`there is no ${actionId}${choice.option ? ` with ${choice.option}` : ''} here`);
  const { element, blockId } = first;
  return {
    type: element.type,
    action_id: actionId,
    block_id: blockId,
    action_ts: String(Date.now() / 1000),
    ...chosen(element, choice),
  };
}

export function optionOf(element: Json, value: string): Json | undefined {
  return list(element.options)
    .map(object)
    .find((option) => option.value === value);
}

function chosen(element: Json, { option, user, input }: Choice): Json {
  switch (element.type) {
    case 'button':
      return { text: element.text, value: element.value };
    case 'users_select':
      return { selected_user: user };
    case 'plain_text_input':
      return { value: input };
    default:
      return { selected_option: optionOf(element, option ?? '') };
  }
}

import { count } from './block-kit-text.ts';
import { optionOf } from './elements.ts';
import { object, text } from './json.ts';
import type { Json, View } from './types.ts';

/** `state.values` of a filled-in view. Throws where Slack wouldn't let the person submit. */
export function filledIn(view: View, values: Record<string, string>): Json {
  const state: Json = {};
  for (const block of view.blocks.filter(({ type }) => type === 'input')) {
    const element = object(block.element);
    const actionId = text(element.action_id);
    const given = values[actionId];
    if (given === undefined && block.optional !== true) throw new Error(`${actionId} must be filled in`);
    state[text(block.block_id)] = {
      [actionId]: { type: element.type, ...inputValue(element, actionId, given) },
    };
  }
  return state;
}

function inputValue(element: Json, actionId: string, given: string | undefined): Json {
  if (element.type === 'users_select') return { selected_user: given ?? null };
  if (element.type === 'plain_text_input') {
    const length = count(given ?? '');
    if (given !== undefined && length < Number(element.min_length ?? 0))
      throw new Error(`${actionId} is too short`);
    if (length > Number(element.max_length ?? 3000)) throw new Error(`${actionId} is too long`);
    return { value: given ?? null };
  }
  const selected = given === undefined ? null : optionOf(element, given);
  if (selected === undefined) throw new Error(`${actionId} has no option ${given}`);
  return { selected_option: selected };
}

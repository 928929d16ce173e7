import { optionsOf } from './block-kit-options.ts';
import { isObject, list, object, text } from './json.ts';
import type { Json } from './types.ts';

/** What a person chooses in a menu, or types. Moments are typed: 2026-11-24, 09:30, or seconds since 1970. */
export interface Choice {
  /** Value of an option. */
  option?: string;
  /** Values of several options; for checkboxes all that are ticked now. */
  options?: string[];
  user?: string;
  users?: string[];
  input?: string;
  /** Which block, where several have the same element. */
  blockId?: string;
}

/** What an input holds: a text, an option's value, a person's id; or several of them. */
export type Filled = string | string[];

interface Placed {
  element: Json;
  blockId: string;
  /** From 1, where it stands in an attachment. */
  attachment?: number;
}

/** Every element that can be pressed or filled in, with its block. */
export function elementsOf(blocks: Json[], prefix = ''): Placed[] {
  return blocks.flatMap((block, index) => {
    const blockId = text(block.block_id) || `${prefix}b${index}`;
    const inside = [block.accessory, block.element, ...list(block.elements)].filter(isObject);
    return inside
      .filter((element) => element.action_id !== undefined)
      .map((element) => ({ element, blockId }));
  });
}

/** The same of a message, with those in its attachments. */
export function elementsOfMessage(shown: { blocks: Json[]; attachments?: Json[] }): Placed[] {
  const beside = (shown.attachments ?? []).flatMap(({ blocks }, index) =>
    elementsOf(list(blocks).filter(isObject), `a${index}`).map((one) => ({ ...one, attachment: index + 1 })),
  );
  return [...elementsOf(shown.blocks), ...beside];
}

/** The element that is meant, and the `actions[]` item of its press. Throws when there is none, or no such option. */
export function actionOf(
  elements: Placed[],
  actionId: string,
  choice: Choice,
): { action: Json; attachment?: number } {
  const wanted = choice.options ?? (choice.option === undefined ? [] : [choice.option]);
  const found = elements.find(
    ({ element, blockId }) =>
      element.action_id === actionId &&
      (!choice.blockId || choice.blockId === blockId) &&
      wanted.every((value) => optionOf(element, value) !== undefined),
  );
  if (!found) throw new Error(`there is no ${actionId}${wanted.length ? ` with ${wanted}` : ''} here`);
  const { element, blockId, attachment } = found;
  const given = choice.options ?? choice.option ?? choice.users ?? choice.user ?? choice.input;
  const action = {
    type: element.type,
    action_id: actionId,
    block_id: blockId,
    action_ts: String(Date.now() / 1000),
    ...(element.type === 'button'
      ? { text: element.text, value: element.value, ...(element.url !== undefined && { url: element.url }) }
      : heldBy(element, given)),
  };
  return { action, ...(attachment && { attachment }) };
}

export function optionOf(element: Json, value: string): Json | undefined {
  return optionsOf(element).find((option) => option.value === value);
}

/** What the element holds, as payloads have it; null where it holds nothing. */
export function heldBy(element: Json, given: Filled | undefined): Json {
  const one = given === undefined || given === '' ? null : String(given);
  const several = given === undefined ? [] : [given].flat();
  switch (element.type) {
    case 'users_select':
      return { selected_user: one };
    case 'multi_users_select':
      return { selected_users: several };
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: several.map((value) => optionOf(element, value)) };
    case 'datepicker':
      return { selected_date: one };
    case 'timepicker':
      return { selected_time: one };
    case 'datetimepicker':
      return { selected_date_time: one === null ? null : Number(one) };
    case 'radio_buttons':
    case 'static_select':
    case 'overflow':
      return { selected_option: one === null ? null : (optionOf(element, one) ?? null) };
    default:
      return { value: one };
  }
}

/** What the element holds before anybody touches it. */
export function initialOf(element: Json): Filled | undefined {
  const one =
    element.initial_value ??
    object(element.initial_option).value ??
    element.initial_user ??
    element.initial_date ??
    element.initial_time ??
    element.initial_date_time;
  if (one !== undefined) return String(one);
  if (element.initial_options !== undefined)
    return list(element.initial_options).map((option) => text(object(option).value));
  return element.initial_users === undefined ? undefined : list(element.initial_users).map(text);
}

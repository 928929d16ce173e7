import { count } from './block-kit-text.ts';
import { elementsOf, type Filled, heldBy, initialOf, optionOf } from './elements.ts';
import { object, text } from './json.ts';
import type { Json, View } from './types.ts';

/** What a person filled in, by action_id; what is not named keeps its initial value. */
export type Values = Record<string, Filled>;

const WITHOUT_STATE = ['button', 'overflow'];

/** What each input lacks, by block_id, in Slack's stead: nothing when the person may submit. */
export function problemsOf(view: View, values: Values): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [index, block] of view.blocks.entries()) {
    if (block.type !== 'input') continue;
    const element = object(block.element);
    const given = values[text(element.action_id)] ?? initialOf(element);
    const problem =
      given === undefined || given.length === 0
        ? block.optional === true
          ? undefined
          : 'must be filled in'
        : problemOf(element, given);
    if (problem) problems[text(block.block_id) || `b${index}`] = problem;
  }
  return problems;
}

/** `state.values` of a filled-in view. Throws where Slack wouldn't let the person submit. */
export function filledIn(view: View, values: Values): Json {
  const [[blockId, problem] = []] = Object.entries(problemsOf(view, values));
  if (problem) throw new Error(`${blockId} ${problem}`);
  return stateOf(view.blocks, values);
}

/** `state.values` of what is shown: every input and menu, filled in or not. */
export function stateOf(blocks: Json[], values: Values = {}): Json {
  const state: Record<string, Json> = {};
  for (const { element, blockId } of elementsOf(blocks)) {
    if (WITHOUT_STATE.includes(text(element.type))) continue;
    const actionId = text(element.action_id);
    const value = heldBy(element, values[actionId] ?? initialOf(element));
    state[blockId] = { ...state[blockId], [actionId]: { type: element.type, ...value } };
  }
  return state;
}

function problemOf(element: Json, given: Filled): string | undefined {
  const type = text(element.type);
  const one = String(given);
  if (Array.isArray(given)) {
    const most = Number(element.max_selected_items ?? given.length);
    if (given.length > most) return `takes ${most} at most`;
  }
  const chosen = ['checkboxes', 'radio_buttons', 'static_select', 'multi_static_select'].includes(type);
  const odd = chosen ? [given].flat().find((value) => !optionOf(element, value)) : undefined;
  if (odd !== undefined) return `has no option ${odd}`;
  if (type === 'plain_text_input') {
    if (count(one) < Number(element.min_length ?? 0)) return `is too short: ${element.min_length} at least`;
    if (count(one) > Number(element.max_length ?? 3000))
      return `is too long: ${element.max_length ?? 3000} at most`;
  }
  if (type === 'number_input') return numberProblem(element, one);
  return PATTERNS[type]?.test(one) === false ? `must look like ${EXAMPLES[type]}` : undefined;
}

const PATTERNS: Record<string, RegExp> = {
  email_text_input: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  url_text_input: /^https?:\/\/\S+$/,
  datepicker: /^\d{4}-\d{2}-\d{2}$/,
  timepicker: /^\d{2}:\d{2}$/,
  datetimepicker: /^\d{10}$/,
};
const EXAMPLES: Record<string, string> = {
  email_text_input: 'ana@example.com',
  url_text_input: 'https://example.com',
  datepicker: '2026-11-24',
  timepicker: '09:30',
  datetimepicker: '1795500000',
};

function numberProblem(element: Json, given: string): string | undefined {
  const pattern = element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(given)) return 'must be a number';
  if (Number(given) < Number(element.min_value ?? given)) return `must be ${element.min_value} at least`;
  return Number(given) > Number(element.max_value ?? given)
    ? `must be ${element.max_value} at most`
    : undefined;
}

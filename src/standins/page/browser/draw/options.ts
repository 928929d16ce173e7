import { type Json, list, object, objects, text } from '../json.ts';
import { wordsOf } from './text.ts';

/** An option of a menu, with the words it shows. */
export interface Option {
  value: string;
  words: string;
  description?: string;
  url?: string;
  /** The text object, where it may be formatted. */
  text: unknown;
}

const optionOf = (option: Json): Option => ({
  value: text(option.value),
  words: wordsOf(option.text),
  text: option.text,
  ...(option.description !== undefined && { description: wordsOf(option.description) }),
  ...(option.url !== undefined && { url: text(option.url) }),
});

/** The options of a menu in their groups; one group without a name where there are none. */
export function groupsOf(element: Json): { name?: string; options: Option[] }[] {
  if (element.option_groups === undefined) return [{ options: objects(element.options).map(optionOf) }];
  return objects(element.option_groups).map((group) => ({
    name: wordsOf(group.label),
    options: objects(group.options).map(optionOf),
  }));
}

/** What is chosen at first: values of options, or ids of people. */
export function initialChoices(element: Json): string[] {
  const one = text(object(element.initial_option).value) || text(element.initial_user);
  if (one) return [one];
  const options = objects(element.initial_options).map(({ value }) => text(value));
  return options.length > 0 ? options : list(element.initial_users).map(text);
}

import { parse, type Tags, YAMLMap, YAMLSeq } from 'yaml';

/** A template's function that was called: `!Ref X` is `{ Ref: 'X' }`, `!If […]` is `{ If: […] }`. */
const FUNCTIONS = ['Ref', 'Sub', 'GetAtt', 'If', 'Equals', 'Not', 'And', 'Condition', 'Join', 'FindInMap'];

const TAGS: Tags = FUNCTIONS.flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => ({ [name]: text }) },
  {
    tag: `!${name}`,
    collection: 'seq' as const,
    resolve: (seq: YAMLMap | YAMLSeq) => {
      const call = new YAMLMap();
      const items = new YAMLSeq();
      items.items = seq.items;
      call.set(name, items);
      return call;
    },
  },
]);

const GONE = Symbol('AWS::NoValue');

/** A template as CloudFormation would carry it out with these parameters: every function it calls is worked out. */
export function carriedOut(text: string, parameters: Record<string, unknown>): Record<string, unknown> {
  const template = parse(text, { customTags: TAGS });
  const given: Record<string, unknown> = {
    'AWS::Partition': 'aws',
    'AWS::AccountId': '111122223333',
    'AWS::NoValue': GONE,
    ...Object.fromEntries(
      Object.entries<{ Default: unknown; Type: string }>(template.Parameters).map(
        ([name, { Default, Type }]) => [
          name,
          Type === 'CommaDelimitedList' ? String(Default).split(',') : Default,
        ],
      ),
    ),
    ...parameters,
  };

  function solve(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(solve).filter((item) => item !== GONE);
    if (typeof node !== 'object' || node === null) return node;
    const [[name = '', value] = [], ...others] = Object.entries(node);
    if (others.length === 0 && FUNCTIONS.includes(name)) return call(name, value);
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, solve(inner)]));
  }

  function call(name: string, value: unknown): unknown {
    const text = String(value);
    if (name === 'Ref') return text in given ? given[text] : `ref:${text}`;
    if (name === 'Sub') return text.replace(/\$\{([^}]+)\}/g, (_, variable) => String(given[variable]));
    if (name === 'GetAtt') return arnOf(text);
    if (name === 'Condition') return solve(template.Conditions[text]);
    const items = Array.isArray(value) ? value : [];
    const [first, second, third] = items;
    if (name === 'If') return solve(solve(template.Conditions[first]) ? second : third);
    if (name === 'Equals') return solve(first) === solve(second);
    if (name === 'And') return items.every((item) => solve(item));
    if (name === 'Not') return !solve(first);
    if (name === 'Join') return listOf(solve(second)).join(String(first));
    return template.Mappings[first][String(solve(second))][third];
  }

  function arnOf(attribute: string): string {
    const { Path, RoleName } = template.Resources[attribute.replace(/\.Arn$/, '')].Properties;
    return `arn:${given['AWS::Partition']}:iam::${given['AWS::AccountId']}:role${Path}${solve(RoleName)}`;
  }

  const there = Object.entries<{ Condition?: string }>(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || solve(template.Conditions[Condition]) === true,
  );
  return Object.fromEntries(there.map(([name, resource]) => [name, solve(resource)]));
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

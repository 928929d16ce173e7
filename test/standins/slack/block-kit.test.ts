import { describe, expect, it } from 'vitest';
import {
  checkAttachments,
  checkBlocks,
  checkVerbatim,
  checkView,
} from '../../../src/standins/slack/block-kit.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const option = (value: string, more: object = {}) => ({ text: plain(value), value, ...more });
const section = (more: object) => [{ type: 'section', text: mrkdwn('x'), ...more }];
const acting = (...elements: object[]) => [{ type: 'actions', elements }];
const input = (element: object) => [{ type: 'input', label: plain('x'), element }];
const rich = (...elements: object[]) => [{ type: 'rich_text', elements }];
const confirm = { title: plain('Sure?'), text: plain('x'), confirm: plain('Yes'), deny: plain('No') };
const cells = (rows: number, columns: number, text: string) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ type: 'raw_text', text })));

describe('Slack takes', () => {
  it.each<[what: string, blocks: unknown]>([
    ['a section with fields alone', [{ type: 'section', fields: [mrkdwn('x')], expand: true }]],
    [
      'a button with a link and a confirm',
      acting({ type: 'button', text: plain('x'), url: 'https://x.example', confirm }),
    ],
    [
      'an overflow with a link',
      section({ accessory: { type: 'overflow', options: [option('a', { url: 'https://x.example' })] } }),
    ],
    [
      'checkboxes with mrkdwn',
      section({ accessory: { type: 'checkboxes', options: [{ text: mrkdwn('*x*'), value: 'a' }] } }),
    ],
    [
      'groups of options',
      acting({ type: 'static_select', option_groups: [{ label: plain('g'), options: [option('a')] }] }),
    ],
    ['several people', input({ type: 'multi_users_select', max_selected_items: 3, initial_users: ['U1'] })],
    ['a number', input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '90' })],
    [
      'moments',
      acting(
        { type: 'datepicker', initial_date: '2026-11-24' },
        { type: 'datetimepicker', initial_date_time: 1_795_500_000 },
      ),
    ],
    ['a picture of its own', [{ type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }]],
    [
      'a small picture in a context',
      [
        {
          type: 'context',
          elements: [{ type: 'image', alt_text: 'x', image_url: 'https://x.example/a.png' }],
        },
      ],
    ],
    [
      'rich text of every kind',
      rich(
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'x', style: { bold: true } },
            { type: 'user', user_id: 'U1' },
          ],
        },
        { type: 'rich_text_list', style: 'ordered', elements: [{ type: 'rich_text_section', elements: [] }] },
        { type: 'rich_text_quote', elements: [{ type: 'link', url: 'https://x.example' }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x' }] },
      ),
    ],
    ['a table', [{ type: 'table', rows: cells(100, 20, 'x'), column_settings: [{ align: 'right' }] }]],
  ])('%s', (_, blocks) => expect(checkBlocks(blocks, 'message')).toEqual([]));
});

describe('Slack refuses', () => {
  it.each<[what: string, blocks: unknown, because: string]>([
    [
      'more than ten fields',
      [{ type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) }],
      'takes 0 to 10',
    ],
    [
      'a text field beside a text',
      section({ accessory: { type: 'plain_text_input' } }),
      "can't stand in accessory",
    ],
    [
      'a date and time in a section',
      section({ accessory: { type: 'datetimepicker' } }),
      "can't stand in accessory",
    ],
    ['a button as input', input({ type: 'button', text: plain('x') }), "can't stand in input"],
    [
      'a link that runs',
      acting({ type: 'button', text: plain('x'), url: 'javascript:alert(1)' }),
      'must be an http',
    ],
    [
      'a link on an option of a select',
      acting({ type: 'static_select', options: [option('a', { url: 'https://x.example' })] }),
      'overflow',
    ],
    [
      'formatted options of a select',
      acting({ type: 'static_select', options: [{ text: mrkdwn('x'), value: 'a' }] }),
      'plain_text',
    ],
    [
      'options and groups',
      acting({ type: 'static_select', options: [option('a')], option_groups: [] }),
      'and option_groups',
    ],
    [
      '101 options',
      acting({ type: 'static_select', options: Array.from({ length: 101 }, (_, n) => option(`${n}`)) }),
      'takes 1 to 100',
    ],
    [
      'a value twice',
      acting({ type: 'radio_buttons', options: [option('a'), option('a')] }),
      'the same value',
    ],
    [
      'an initial option of none',
      acting({ type: 'static_select', options: [option('a')], initial_option: option('b') }),
      'none of the options',
    ],
    [
      'a confirm that goes on',
      acting({ type: 'button', text: plain('x'), confirm: { ...confirm, text: plain('x'.repeat(301)) } }),
      'over 300',
    ],
    ['a picture without words', [{ type: 'image', image_url: 'https://x.example/a.png' }], 'is missing'],
    [
      'a picture from two places',
      [{ type: 'image', alt_text: 'x', image_url: 'https://x.example', slack_file: { id: 'F1' } }],
      'either',
    ],
    ['an alert in a message', [{ type: 'alert', text: plain('x') }], "can't stand in a message"],
    ['markdown', [{ type: 'markdown', text: '[good](https://evil.example)' }], 'unknown block type'],
    ['a list without style', rich({ type: 'rich_text_list', elements: [] }), 'a list has a style'],
    [
      'a mention in preformatted text',
      rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
      'unknown rich text part',
    ],
    ['101 rows', [{ type: 'table', rows: cells(101, 1, 'x') }], 'takes 1 to 100'],
    ['21 cells', [{ type: 'table', rows: cells(1, 21, 'x') }], 'takes 1 to 20'],
    ['a table of a book', [{ type: 'table', rows: cells(10, 10, 'x'.repeat(101)) }], 'over 10000 characters'],
    ['two tables', [1, 2].map(() => ({ type: 'table', rows: cells(1, 1, 'x') })), 'more than one table'],
    [
      'a number that is none',
      input({ type: 'number_input', is_decimal_allowed: true, min_value: 1 }),
      'number in a string',
    ],
    ['a text field of 3,001', input({ type: 'plain_text_input', max_length: 3_001 }), 'from 1 to 3000'],
  ])('%s', (_, blocks, because) => {
    const messages = checkBlocks(blocks, 'message').map(({ message }) => message);
    expect(messages.join()).toContain(because);
  });

  it('a modal that asks and can not be sent, and a home with a title', () => {
    const asks = { type: 'modal', title: plain('x'), blocks: input({ type: 'plain_text_input' }) };
    expect(checkView(asks)).toMatchObject([{ pointer: '/submit' }]);
    expect(checkView({ ...asks, submit: plain('Send'), title: plain('x'.repeat(25)) })).toHaveLength(1);
    expect(checkView({ type: 'home', blocks: [], title: plain('x') })).toHaveLength(1);
    expect(checkView({ type: 'home', blocks: input({ type: 'plain_text_input' }) })).toEqual([]);
    expect(
      checkView({ type: 'modal', title: plain('x'), blocks: [{ type: 'alert', text: plain('x') }] }),
    ).toEqual([]);
  });

  it('attachments with unknown colours, wrong blocks, or too many', () => {
    expect(checkAttachments([{ color: '#a30200', blocks: section({}) }])).toEqual([]);
    expect(checkAttachments([{ color: 'mauve', blocks: section({}) }])).toHaveLength(1);
    expect(checkAttachments([{ color: 'good', blocks: [{ type: 'marquee' }] }])).toMatchObject([
      { pointer: '/attachments/0/blocks/0' },
    ]);
    expect(checkAttachments(Array.from({ length: 101 }, () => ({ fallback: 'x' })))).toHaveLength(1);
  });
});

it('mrkdwn without verbatim is found wherever it stands', () => {
  const loose = { type: 'mrkdwn', text: 'x' };
  expect(checkVerbatim([section({}), [{ type: 'section', fields: [mrkdwn('x'), loose] }]])).toEqual([
    { pointer: '/1/0/fields/1', message: 'mrkdwn without verbatim' },
  ]);
});

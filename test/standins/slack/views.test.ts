import type { HomeView, ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/standins/slack/person.ts';
import { type SlackStandIn, startSlack } from '../../../src/standins/slack/workspace.ts';
import { boltApp } from './bolt.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = { type: 'button' as const, action_id: 'go', text: plain('Go'), value: '7' };
const name = {
  type: 'input' as const,
  block_id: 'name',
  label: plain('Name'),
  element: { type: 'plain_text_input' as const, action_id: 'name', min_length: 2 },
};
const days = {
  type: 'input' as const,
  block_id: 'days',
  optional: true,
  label: plain('Days'),
  element: {
    type: 'number_input' as const,
    action_id: 'days',
    is_decimal_allowed: false,
    min_value: '1',
    max_value: '90',
    initial_value: '7',
  },
};
const modal = (more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('A form'),
  submit: plain('Send'),
  blocks: [{ type: 'actions', block_id: 'acts', elements: [button] }, name, days],
  ...more,
});
const home: HomeView = { type: 'home', blocks: [{ type: 'actions', block_id: 'h', elements: [button] }] };

let slack: SlackStandIn;
let web: WebClient;
let ana: Person;
beforeEach(async () => {
  slack = await startSlack();
  ana = slack.addPerson({ id: 'U1', name: 'Ana' });
  slack.addChannel({ id: 'C1', name: 'one', members: ['U1'] });
  web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterEach(() => slack.close());

describe('the Home tab', () => {
  it('is published for one person, and not over a newer one', async () => {
    const first = await web.views.publish({ user_id: 'U1', view: home });
    await web.views.publish({ user_id: 'U1', view: home, hash: first.view?.hash });
    await expect(web.views.publish({ user_id: 'U1', view: home, hash: first.view?.hash })).rejects.toThrow(
      'hash_conflict',
    );
    await expect(web.views.publish({ user_id: 'U9', view: home })).rejects.toThrow('user_not_found');
    expect(ana.home()).toMatchObject({ type: 'home', id: first.view?.id });
  });

  it('tells the app when it is opened, and its buttons are pressed without a channel', async () => {
    const pressed: unknown[] = [];
    await using _app = await boltApp(slack, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        pressed.push(event.channel);
        await client.views.publish({ user_id: event.user, view: home });
      });
      app.action('go', async ({ ack, body }) => {
        await ack();
        pressed.push('container' in body ? body.container : undefined, 'channel' in body);
      });
    });
    expect(await ana.openHome()).toMatchObject({ acked: true });
    await slack.until(() => ana.home(), 'the home');
    await ana.pressInView('go');
    expect(pressed).toEqual(['D1', { type: 'view', view_id: ana.home()?.id }, false]);
  });

  it('may be switched off', async () => {
    await using without = await startSlack({ homeTab: false });
    without.addPerson({ id: 'U1', name: 'Ana' });
    const its = new WebClient(without.botToken, { slackApiUrl: without.apiUrl, retryConfig: { retries: 0 } });
    await expect(its.views.publish({ user_id: 'U1', view: home })).rejects.toThrow('not_enabled');
  });
});

describe('a stack of modals', () => {
  it('grows from its own triggers, to three', async () => {
    const refused: unknown[] = [];
    await using _app = await boltApp(slack, (app) => {
      app.command('/open', async ({ ack, body, client }) => {
        await client.views.open({ trigger_id: body.trigger_id, view: modal({ external_id: 'root' }) });
        await ack();
      });
      app.action('go', async ({ ack, body, client }) => {
        if ('trigger_id' in body)
          await client.views
            .push({ trigger_id: body.trigger_id, view: modal() })
            .catch(({ data }) => refused.push(data.error));
        await ack();
      });
    });
    await ana.command('C1', '/open');
    const root = ana.view()?.id;
    for (let n = 0; n < 3; n++) await ana.pressInView('go');
    expect(refused).toEqual(['push_limit_reached']);
    expect(ana.view()).toMatchObject({ root_view_id: root });
    await web.views.update({
      external_id: 'root',
      view: modal({ title: plain('Anew'), external_id: 'root' }),
    });
    await ana.closeView();
    await ana.closeView();
    expect(ana.view()).toMatchObject({ id: root, title: { text: 'Anew' } });
  });

  it('tells who asked that it was closed, one or all', async () => {
    const closed: unknown[] = [];
    await using _app = await boltApp(slack, (app) => {
      app.command('/open', async ({ ack, body, client }) => {
        await client.views.open({ trigger_id: body.trigger_id, view: modal({ notify_on_close: true }) });
        await ack();
      });
      app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
        await ack();
        closed.push('is_cleared' in body && body.is_cleared);
      });
      app.view('form', ({ ack }) => ack({ response_action: 'push', view: modal({ notify_on_close: true }) }));
    });
    await ana.command('C1', '/open');
    expect(await ana.closeView()).toMatchObject({ acked: true });
    await ana.command('C1', '/open');
    await ana.submit({ name: 'Bob' });
    await ana.closeView(true);
    expect(closed).toEqual([false, true]);
    expect(ana.view()).toBeUndefined();
  });
});

describe('a form', () => {
  it('sends what is typed and what was there, and stays open over errors', async () => {
    const sent: unknown[] = [];
    await using _app = await boltApp(slack, (app) => {
      app.command('/open', async ({ ack, body, client }) => {
        await client.views.open({ trigger_id: body.trigger_id, view: modal() });
        await ack();
      });
      app.view('form', async ({ ack, view }) => {
        sent.push(view.state.values);
        const wrong = sent.length === 1;
        await (wrong ? ack({ response_action: 'errors', errors: { name: 'Another one, please' } }) : ack());
      });
    });
    await ana.command('C1', '/open');
    await expect(ana.submit()).rejects.toThrow('name must be filled in');
    await expect(ana.submit({ name: 'B' })).rejects.toThrow('name is too short');
    await expect(ana.submit({ name: 'Bob', days: '91' })).rejects.toThrow('days must be 90 at most');
    await expect(ana.submit({ name: 'Bob', days: 'many' })).rejects.toThrow('days must be a number');
    await ana.submit({ name: 'Bob' });
    expect(ana.errors()).toEqual({ name: 'Another one, please' });
    expect(ana.view()).toBeDefined();
    await ana.submit({ name: 'Eve', days: '1' });
    expect(ana.view()).toBeUndefined();
    const values = (who: string, many: string) => ({
      name: { name: { type: 'plain_text_input', value: who } },
      days: { days: { type: 'number_input', value: many } },
    });
    expect(sent).toEqual([values('Bob', '7'), values('Eve', '1')]);
  });

  it('knows every kind of input', async () => {
    const option = (value: string) => ({ text: plain(value), value });
    const options = ['a', 'b', 'c'].map(option);
    const input = (id: string, element: object) => ({
      type: 'input',
      block_id: id,
      label: plain(id),
      element: { action_id: id, ...element },
    });
    const blocks = [
      input('boxes', { type: 'checkboxes', options, initial_options: [option('a')] }),
      input('menu', { type: 'static_select', option_groups: [{ label: plain('g'), options }] }),
      input('menus', { type: 'multi_static_select', options, max_selected_items: 2 }),
      input('people', { type: 'multi_users_select' }),
      input('mail', { type: 'email_text_input' }),
      input('day', { type: 'datepicker', initial_date: '2026-11-24' }),
      input('moment', { type: 'datetimepicker' }),
    ];
    let values: unknown;
    await using _app = await boltApp(slack, (app) => {
      app.command('/open', async ({ ack, body, client }) => {
        const view = JSON.stringify({ ...modal(), blocks });
        await client.apiCall('views.open', { trigger_id: body.trigger_id, view });
        await ack();
      });
      app.view('form', async ({ ack, view }) => {
        values = view.state.values;
        await ack();
      });
    });
    await ana.command('C1', '/open');
    const good = { menu: 'b', menus: ['a', 'c'], people: ['U1'], mail: 'a@b.example', moment: '1795500000' };
    await expect(ana.submit({ ...good, menus: ['a', 'b', 'c'] })).rejects.toThrow('takes 2 at most');
    await expect(ana.submit({ ...good, menu: 'd' })).rejects.toThrow('has no option d');
    await expect(ana.submit({ ...good, mail: 'nobody' })).rejects.toThrow('must look like');
    await ana.submit(good);
    expect(values).toMatchObject({
      boxes: { boxes: { selected_options: [{ value: 'a' }] } },
      menu: { menu: { selected_option: { value: 'b' } } },
      menus: { menus: { selected_options: [{ value: 'a' }, { value: 'c' }] } },
      people: { people: { selected_users: ['U1'] } },
      mail: { mail: { value: 'a@b.example' } },
      day: { day: { selected_date: '2026-11-24' } },
      moment: { moment: { selected_date_time: 1_795_500_000 } },
    });
  });
});

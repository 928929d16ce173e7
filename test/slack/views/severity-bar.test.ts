import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../../src/domain/severity.ts';
import { iamUserAddedToGroup as rule } from '../../../src/rules/iam-user-added-to-group.ts';
import { card } from '../../../src/slack/views/card.ts';
import { COLOURS } from '../../../src/slack/views/severity-bar.ts';
import { alertWith } from '../../support/alerts.ts';

const SETTING = { version: 1, responses: [], revokeSessions: false, companions: { total: 0, shown: [] } };
const SLACK = { light: '#ffffff', dark: '#1a1d21' };

describe('the bar beside a card', () => {
  it.each(SEVERITIES)('has the colour of %s', (severity) => {
    const { attachments } = card(alertWith({ severity }), rule, SETTING);
    expect(attachments).toMatchObject([{ color: COLOURS[severity] }]);
  });

  it('is grey when the alert is resolved', () => {
    const handling = { is: 'resolved', by: 'U0ANA', at: 0, verdict: 'benign', note: '' } as const;
    const { attachments } = card(alertWith({ severity: 'critical', handling }), rule, SETTING);
    expect(attachments).toMatchObject([{ color: COLOURS.resolved }]);
  });

  it('holds nothing that somebody presses, since Slack may fold it', () => {
    const { attachments } = card(alertWith(), rule, SETTING);
    expect(JSON.stringify(attachments)).not.toContain('action_id');
    expect(JSON.stringify(attachments)).toContain('*Actor*');
  });

  it.each(Object.entries(COLOURS))('can be seen on light and dark: %s', (_, colour) => {
    expect(contrast(colour, SLACK.light)).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, SLACK.dark)).toBeGreaterThanOrEqual(3);
  });

  it('has another colour for each severity', () => {
    expect(new Set(Object.values(COLOURS)).size).toBe(SEVERITIES.length + 1);
  });
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const [bright = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

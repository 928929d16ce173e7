import { isShown, partners, type Say } from './scene-partners.ts';
import { ADDED, CROWD, SCENES } from './scenes.ts';
import type { Stage } from './stage.ts';
import { asText, reasonsOn } from './transcript.ts';

interface Finding {
  user: string;
  severity?: 'Critical' | 'Low';
  /** On the card, each with its evidence. */
  words: string[];
}

/** What must be found out about whom. */
const FINDINGS: Finding[] = [
  {
    user: 'mallory',
    severity: 'Critical',
    words: ['*The group gives administrator rights*', '*The actor added itself*: mallory is actor'],
  },
  { user: 'frank', severity: 'Low', words: ['*Risk 21 of 100*', 'The group grants *narrow rights*'] },
  {
    user: 'trudy',
    severity: 'Critical',
    words: ['*The group was made or given a policy shortly before*', 'CreateGroup', 'AttachGroupPolicy'],
  },
  // Each of them has a card, and each card names the others, with links.
  ...CROWD.map((user) => ({
    user,
    words: ['5 additions by this actor', ...CROWD.filter((other) => other !== user).map(linked)],
  })),
];

function linked(user: string): string {
  return `\`${user}\` <https`;
}

/** Everything that happens in AWS, and what the channel then sees of it: a card each, which says why it matters. */
export async function playAdditions(stage: Stage, say: Say): Promise<void> {
  const { see, cardOf } = partners(stage);
  say(
    `— In AWS: ${ADDED.length} additions to groups, one of them late and one delivered twice, and a refused attempt`,
  );
  for (const { title, play } of Object.values(SCENES)) {
    say(`  AWS      ${title}`);
    play(stage.aws);
  }
  for (const user of ADDED) {
    const card = await cardOf(user);
    await see(() => isShown(card, 'of 100*'), `what is found out about ${user}`);
  }
  for (const { user, severity = '', words } of FINDINGS) {
    const card = await cardOf(user);
    for (const one of words) await see(() => isShown(card, one), `“${one}” on the card about ${user}`);
    await see(() => card.text.startsWith(severity), `the card about ${user} as ${severity}`);
  }
  for (const user of ADDED) {
    const card = await cardOf(user);
    say(`  #alerts  ${asText(card.text)}`);
    // The others of a crowd are there for the same reasons as the first.
    const told = CROWD.indexOf(user) > 0 ? /^🔗/u : /./u;
    for (const reason of reasonsOn(card).filter((one) => told.test(one))) say(`             ${reason}`);
  }
}

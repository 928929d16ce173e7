import { describe, expect, it } from 'vitest';
import type { ListedAccount } from '../../src/aws/organization.ts';
import { type AccountsAndRoutes, readConfigFile } from '../../src/config-file.ts';
import { withFound } from '../../src/organization/found.ts';

const [HOME, SHOP, DATA] = ['111122223333', '444455556666', '777788889999'];

function fileOf(text: string): AccountsAndRoutes {
  const read = readConfigFile(text);
  if (!read.ok) throw new Error(read.problems.join());
  return read;
}

const found = (text: string, accounts: readonly ListedAccount[], partition = 'aws') =>
  withFound(fileOf(text), { home: HOME, partition, accounts: [...accounts] });
const active = (id: string, name: string): ListedAccount => ({ id, name, active: true });
const namesIn = ({ accounts }: AccountsAndRoutes) => accounts.map(({ name }) => name);

describe('the accounts of an organization', () => {
  it('have a role of the same name each; where Groupwatch runs, it reads with its own', () => {
    const { accounts } = found('organization: { externalId: gw-1, owners: [U0ANA] }', [
      active(SHOP, 'shop'),
      active(HOME, 'hub'),
    ]);
    expect(accounts).toMatchObject([
      { id: HOME, name: 'hub', reader: undefined },
      {
        id: SHOP,
        name: 'shop',
        reader: { roleArn: `arn:aws:iam::${SHOP}:role/groupwatch/groupwatch-reader`, externalId: 'gw-1' },
        responder: undefined,
        owners: ['U0ANA'],
      },
    ]);
  });

  it('have the responder that CONFIG_FILE names, in their partition', () => {
    const text = 'organization: { role: r, responder: { role: w, externalId: gw-2 } }';
    const [first] = found(text, [active(SHOP, 'shop')], 'aws-us-gov').accounts;
    expect(first).toMatchObject({
      reader: { roleArn: `arn:aws-us-gov:iam::${SHOP}:role/r` },
      responder: { roleArn: `arn:aws-us-gov:iam::${SHOP}:role/w`, externalId: 'gw-2' },
    });
  });

  it('are only those that are active and not excluded, by id or by name', () => {
    const all = [active(SHOP, 'Sandbox one'), active(DATA, 'data'), active(HOME, 'hub')];
    expect(namesIn(found(`organization: { exclude: ["${DATA}", "sandbox*"] }`, all))).toEqual(['hub']);
    expect(namesIn(found('organization: {}', [{ ...active(SHOP, 'shop'), active: false }]))).toEqual([]);
  });

  it('give way to those that CONFIG_FILE names, and can be told apart where names are the same', () => {
    const text = `
accounts:
  - { id: "${HOME}", name: home }
organization: {}`;
    const all = [active(HOME, 'hub'), active(SHOP, 'home'), active(DATA, 'data')];
    expect(namesIn(found(text, all))).toEqual(['home', `home ${SHOP}`, 'data']);
  });

  it('are meant by routes that name them', () => {
    const text = `
organization: {}
routes:
  - { accounts: [data, elsewhere, "${SHOP}"], channel: C0DATA }`;
    const { routes } = found(text, [active(DATA, 'data')]);
    expect(routes).toMatchObject([{ accounts: [DATA, 'elsewhere', SHOP] }]);
  });

  it('are none as long as nobody has listed them, or nobody wants to', () => {
    expect(withFound(fileOf('organization: {}'), undefined).accounts).toEqual([]);
    const file = fileOf(`accounts: [{ id: "${HOME}", name: home }]`);
    expect(withFound(file, { home: HOME, partition: 'aws', accounts: [active(SHOP, 'shop')] })).toBe(file);
  });
});

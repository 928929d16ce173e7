/** How a check went: `odd` is worth a look, `ill` keeps Groupwatch from working, `unchecked` couldn't be tried. */
export type Health = 'well' | 'odd' | 'ill' | 'unchecked';

/** What one check came to, as sentences; whatever isn't well has a remedy, or says why it wasn't tried. */
export interface Finding {
  check: string;
  is: Health;
  says: string;
  remedy?: string;
}

/** The findings of one check, made by its name. */
export const of = (check: string) => ({
  well: (says: string): Finding => ({ check, is: 'well', says }),
  odd: (says: string, remedy: string): Finding => ({ check, is: 'odd', says, remedy }),
  ill: (says: string, remedy: string): Finding => ({ check, is: 'ill', says, remedy }),
  unchecked: (says: string): Finding => ({ check, is: 'unchecked', says }),
});

/** Makes a check, whatever it throws: that is a finding, too. */
export async function attempt(check: string, make: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await make();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      of(check).ill(`this check failed: ${why}.`, 'See whether what it asks can be reached from here.'),
    ];
  }
}

/** What something else says, as a part of our own sentence. */
export const words = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/[.\s]+$/, '');

import type { Table } from '../../domain/answer.ts';

/** A table as CSV (RFC 4180), in UTF-8 with a mark, so that spreadsheets know. No cell becomes a formula in one. */
export function csvOf({ columns, rows }: Table): Uint8Array {
  const lines = [columns, ...rows].map((row) => row.map(cell).join(','));
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`);
}

/** Spreadsheets take what begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const plain = FORMULA.test(text) && text !== '-' ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

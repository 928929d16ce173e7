/** Text that both engines take: PostgreSQL's has no zero character, and what comes from outside may. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

/** Text that both engines give back as it was: PostgreSQL's has no zero character, and UTF-8 no half of a pair. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

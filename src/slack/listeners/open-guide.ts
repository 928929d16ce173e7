import type { Desk } from '../desk.ts';
import { onClick, step } from './click.ts';

export const openGuide = (desk: Desk) =>
  onClick(desk, (click) => step(desk, click, click.carries[0], { do: 'open-guide' }));

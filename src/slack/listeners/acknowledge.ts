import type { Desk } from '../desk.ts';
import { onClick, step } from './click.ts';

export const acknowledge = (desk: Desk) =>
  onClick(desk, (click) => step(desk, click, click.carries[0], { do: 'acknowledge' }));

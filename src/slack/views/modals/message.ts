import type { ModalView } from '@slack/types';
import { modal, section } from '../../blocks.ts';
import type { Mrkdwn } from '../../text.ts';

/** Replaces a modal by what there is to say about its submission. */
export const messageModal = (text: Mrkdwn): ModalView => modal('Groupwatch', [section(text)]);

import { type Input, invalid, optional, small, structures, text } from '../wire/input.ts';

/** Characters of names: docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST: Record<string, number> = { UserName: 64, GroupName: 128, RoleName: 64, PolicyName: 128 };
const NAME = /^[\w+=,.@-]+$/;
const PATH = /^\/([!-~]+\/)?$/;
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Refuses with ValidationError names, paths and tags that IAM doesn't take. */
export function checkForms(input: Input): void {
  for (const [name, most] of Object.entries(LONGEST)) {
    const value = optional(input, name);
    if (value !== undefined && !(NAME.test(value) && value.length <= most)) throw wrong(name);
  }
  const path = optional(input, 'Path');
  if (path !== undefined && !PATH.test(path)) throw wrong('Path');
  for (const tag of structures(input, 'Tags')) {
    const [key, value] = [text(tag, 'Key'), optional(tag, 'Value') ?? ''];
    if (!TAG.test(key) || key.length > 128 || !TAG.test(value) || value.length > 256) throw wrong('Tags');
  }
}

function wrong(name: string) {
  return invalid(`The specified value for ${small(name)} is invalid.`);
}

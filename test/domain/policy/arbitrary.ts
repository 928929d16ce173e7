import fc from 'fast-check';

const actions = fc.uniqueArray(
  fc.constantFrom(
    ...['*', '*:*', 'iam:*', 'iam:Attach*Policy', 'iam:CreateAccessKey', 'iam:PassRole', 'IAM:put*', 'sts:*'],
    ...[
      'ec2:RunInstances',
      'ec2:*',
      's3:*',
      's3:Get*',
      's3:PutObject',
      'sqs:*',
      'sns:*',
      'lambda:*',
      'ses:*',
    ],
    ...['organizations:*', 'iam:Get*', 'iam:??????e*', 'rds:Delete*'],
  ),
  { minLength: 1, maxLength: 3 },
);
const resources = fc.uniqueArray(
  fc.constantFrom(
    ...['*', 'arn:aws:iam::*:*', 'arn:aws:iam::*:user/*', 'arn:aws:s3:::vault/*', 'arn:aws:iam::1:role/a'],
    ...['arn:aws-cn:iam::*:group/*', 'arn:aws:lambda:*:*:function:*'],
  ),
  { minLength: 1, maxLength: 2 },
);
const condition = fc.constantFrom({}, {}, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
/** A statement with this effect. */
export const statement = (effect: fc.Arbitrary<string>) =>
  fc
    .tuple(effect, actions, resources, condition, fc.constantFrom('Action', 'NotAction'), fc.boolean())
    .map(([Effect, action, resource, when, key, not]) => ({
      Effect,
      [key]: action,
      [not ? 'NotResource' : 'Resource']: resource,
      ...when,
    }));
/** A statement that can be judged. */
export const any = statement(fc.constantFrom('Allow', 'Allow', 'Deny'));
/** A statement that may be of an unknown form. */
export const odd = fc.oneof(any, any, any, fc.constant({ Effect: 'Perhaps' }));
/** A few of those. */
export const statements = fc.array(odd, { maxLength: 5 });

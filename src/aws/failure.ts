import { SourceFailure, type SourceTrouble } from '../ports/cloudtrail.ts';
import { permissionBehind } from './only-listed.ts';

const TROUBLE_BY_NAME: Record<string, SourceTrouble> = {
  AccessDenied: 'access-denied',
  AccessDeniedException: 'access-denied',
  UnauthorizedOperation: 'access-denied',
  OperationNotPermittedException: 'access-denied',
  ExpiredToken: 'credentials',
  ExpiredTokenException: 'credentials',
  RequestExpired: 'credentials',
  UnrecognizedClientException: 'credentials',
  InvalidClientTokenId: 'credentials',
  InvalidSignatureException: 'credentials',
  SignatureDoesNotMatch: 'credentials',
  MissingAuthenticationToken: 'credentials',
  CredentialsProviderError: 'credentials',
  TokenProviderError: 'credentials',
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  TooManyRequestsException: 'throttled',
  TimeoutError: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
};

/** What the SDK threw, sorted by what a person can do about it. */
export function failureOf(error: unknown, doing: string): SourceFailure {
  if (error instanceof SourceFailure) return error;
  const name = error instanceof Error ? error.name : 'unknown';
  const code = hasText(error, 'code');
  const status = statusOf(error);
  const trouble =
    TROUBLE_BY_NAME[name] ??
    TROUBLE_BY_NAME[code ?? ''] ??
    (status && status >= 500 ? 'unreachable' : 'unexpected');
  const message = error instanceof Error ? error.message : String(error);
  const permission = trouble === 'access-denied' ? permissionBehind(error) : undefined;
  const remedy = permission ? `; grant ${permission}` : '';
  return new SourceFailure(trouble, `${doing}: ${name}: ${message.slice(0, 300)}${remedy}`, { cause: error });
}

/** Whether AWS says that what was asked about doesn't exist. */
export function isNoSuchEntity(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchEntityException' || error.name === 'NoSuchEntity');
}

function hasText(error: unknown, key: 'code'): string | undefined {
  const value = typeof error === 'object' && error && key in error ? Reflect.get(error, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function statusOf(error: unknown): number | undefined {
  const metadata = typeof error === 'object' && error ? Reflect.get(error, '$metadata') : undefined;
  const status =
    typeof metadata === 'object' && metadata ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return typeof status === 'number' ? status : undefined;
}

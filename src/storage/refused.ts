/** The database can't be used as it is; the message says what a person has to do. */
export class StorageRefused extends Error {
  override readonly name = 'StorageRefused';
}

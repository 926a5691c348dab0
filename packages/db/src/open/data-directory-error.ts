/** The data directory cannot be opened: the message says why and what to do. A command line ends with exit code 3. */
export class DataDirectoryError extends Error {
  readonly exitCode = 3
}

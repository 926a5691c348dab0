/** A script for browsers as it is sent: without its lines of comment and the space before lines. */
export const browserScript = (source: string): string =>
  source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n')

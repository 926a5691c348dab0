/** What a command reads and writes: results on standard output, messages on standard error. */
export interface Io {
  env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
}

export const processIo: Io = {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}

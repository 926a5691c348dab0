import type { Rule } from './subject.ts'

/** Nodes that cannot be read: from a newer Baton, or damaged. They are kept as they are, and stop a publish. */
export const unknownKind: Rule = ({ unreadable }) =>
  unreadable.flatMap(({ id, problems }) =>
    problems.map(({ code, path, message }) => ({
      code,
      severity: 'error',
      nodes: [id],
      ...(path === '' ? {} : { path }),
      say: code === 'config' ? `This step cannot be read: “${path}” ${known(message)}. Set it again, or make the step anew.` : message,
    })),
  )

/** What a schema says of its own accord is for programmers; what a rule of ours says is for readers. */
const known = (message: string) => (message.startsWith('Invalid') ? 'holds something that does not fit' : `does not fit (${message})`)

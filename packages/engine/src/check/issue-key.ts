import { canonicalJson } from '../compile/canonical.ts'
import { digest } from '../compile/digest.ts'
import type { Issue } from './issue.ts'

/** What makes a warning the same one tomorrow: its code, its steps, its place and its words. A reason that was given for it holds as long. */
export const issueKey = ({ code, nodes, path, say }: Issue): string => `${code} ${digest(canonicalJson([nodes, path, say])).slice(0, 16)}`

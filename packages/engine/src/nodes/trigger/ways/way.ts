import type { Catalog } from '../../../catalog.ts'
import type { Issue } from '../../../check/issue.ts'
import type { CompiledCondition } from '../../../condition/compiled.ts'
import type { CompiledTrigger, CompileTools } from '../../../kind.ts'

/** What one way in must be, and what it does; how it reads stands in `../words.ts`. */
export interface Way {
  check(catalog: Catalog): readonly Omit<Issue, 'nodes'>[]
  compile(tools: CompileTools): { trigger: CompiledTrigger; conditions?: readonly CompiledCondition[] }
}

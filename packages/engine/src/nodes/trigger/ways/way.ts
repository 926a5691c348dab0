import type { Catalog } from '../../../catalog.ts'
import type { Issue } from '../../../check/issue.ts'
import type { CompiledCondition } from '../../../condition/compiled.ts'
import type { Condition } from '../../../condition/schema.ts'
import type { CompiledTrigger, CompileTools, Reference } from '../../../kind.ts'
import type { Sentence } from '../../../sentence.ts'

/** One way in answers the questions of its kind of node. */
export interface Way {
  references: readonly Reference[]
  conditions?: readonly Condition[]
  sentence(catalog: Catalog): Sentence
  check(catalog: Catalog): readonly Omit<Issue, 'nodes'>[]
  compile(tools: CompileTools): { trigger: CompiledTrigger; conditions?: readonly CompiledCondition[] }
}

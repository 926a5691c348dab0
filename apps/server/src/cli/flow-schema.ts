import { bundleJsonSchema } from '@baton/api'
import { flowJsonSchema } from '@baton/engine'
import { Command } from 'commander'
import type { Io } from './io.ts'

/** `baton flow schema`: the formats for programs that make or read flows. */
export function flowSchemaCommand(io: Io): Command {
  return new Command('schema')
    .description('print the JSON Schema (2020-12) of a flow, or of a bundle')
    .option('--bundle', 'of a bundle; its graphs are flows')
    .action(({ bundle }: { bundle?: boolean }) => io.out(`${JSON.stringify(bundle ? bundleJsonSchema() : flowJsonSchema(), null, 2)}\n`))
}

import { Command } from 'commander'
import { flowExportCommand, flowImportCommand } from './flow-carry.ts'
import { flowCheckCommand } from './flow-check.ts'
import { flowRunCommand } from './flow-run.ts'
import { flowSchemaCommand } from './flow-schema.ts'
import type { Io } from './io.ts'

/** `baton flow …` */
export function flowCommand(io: Io): Command {
  const flow = new Command('flow').description('check, carry and run flows, and print their format')
  for (const command of [flowCheckCommand(io), flowExportCommand(io), flowImportCommand(io), flowRunCommand(io), flowSchemaCommand(io)])
    flow.addCommand(command)
  return flow
}

import { Command } from 'commander'
import { flowBacktestCommand } from './flow-backtest.ts'
import { flowExportCommand, flowImportCommand } from './flow-carry.ts'
import { flowCheckCommand } from './flow-check.ts'
import { flowForecastCommand } from './flow-forecast.ts'
import { flowRunCommand, flowSimulateCommand } from './flow-run.ts'
import { flowSchemaCommand } from './flow-schema.ts'
import { flowTestCommand } from './flow-test.ts'
import type { Io } from './io.ts'

/** `baton flow …` */
export function flowCommand(io: Io): Command {
  const flow = new Command('flow').description('check, test, carry, run, simulate and forecast flows, and print their format')
  const commands = [
    flowCheckCommand(io),
    flowTestCommand(io),
    flowExportCommand(io),
    flowImportCommand(io),
    flowRunCommand(io),
    flowSimulateCommand(io),
    flowForecastCommand(io),
    flowBacktestCommand(io),
    flowSchemaCommand(io),
  ]
  for (const command of commands) flow.addCommand(command)
  return flow
}

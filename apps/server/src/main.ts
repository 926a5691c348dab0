import { processIo } from './cli/io.ts'
import { run } from './cli/program.ts'

// Whoever reads may have read enough (`… | head`): that is no mistake of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const code = await run(process.argv.slice(2), processIo)
// What was written must have left before the process ends: where pipes are asynchronous it may still wait.
process.stdout.write('', () => process.exit(code))

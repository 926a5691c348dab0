import { randomBytes } from 'node:crypto'
import type { WorkspaceSettings } from '../schema/workspace.ts'
import type { Sql } from './handle.ts'

/** The one workspace row, with secrets of its own; leaves an existing one alone. */
export async function seedWorkspace(sql: Sql): Promise<void> {
  const settings: WorkspaceSettings = {
    name: 'My workspace',
    zone: 'UTC',
    senderName: '',
    senderAddress: '',
    postalAddress: '',
    dimensions: [
      { id: 'fit', name: 'Fit' },
      { id: 'engagement', name: 'Engagement' },
    ],
    linkSecrets: [randomBytes(32).toString('base64url')],
    seed: randomBytes(8).toString('hex'),
  }
  await sql.query('insert into workspace (id, settings) values (1, $1::jsonb) on conflict do nothing', [JSON.stringify(settings)])
}

import type { Clock } from '@baton/api'
import type { TokenKey } from '@baton/connect'
import { type Handle, workspaceSettings } from '@baton/db'
import { tokenKeys } from '../deliver/addresses.ts'
import type { Logger } from '../log.ts'

/** What the doors of mail links need. */
export interface TrackParts {
  db: Handle
  clock: Clock
  log: Logger
  /** Wakes the runner: something is in the inbox. */
  nudge(): void
}

/** What every door asks of the workspace. */
export interface House {
  keys: TokenKey[]
  /** Who sends the mails, as their readers know it. */
  name: string
}

const FRESH_MS = 5_000

/** The workspace's keys and name, read at most every five seconds: a campaign brings many clicks at once. */
export function createHouse(db: Handle): () => Promise<House> {
  let kept: { house: Promise<House>; until: number } | undefined
  const read = async (): Promise<House> => {
    const { linkSecrets, senderName, name } = await workspaceSettings(db)
    return { keys: tokenKeys(linkSecrets), name: senderName || name }
  }
  return () => {
    if (kept && kept.until > Date.now()) return kept.house
    const house = read()
    kept = { house, until: Date.now() + FRESH_MS }
    house.catch(() => {
      kept = undefined
    })
    return house
  }
}

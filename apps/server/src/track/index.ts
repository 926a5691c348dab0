import type { Door } from '../http/app.ts'
import { clickDoor, openDoor } from './clicks.ts'
import { createHouse, type TrackParts } from './ports.ts'
import { preferencesDoor } from './preferences.ts'
import { unsubscribeDoor } from './unsubscribe.ts'

/** The public addresses that stand in mails: clicks, opens, unsubscribing, choosing topics. Nobody signs in by them. */
export function trackingDoors(parts: TrackParts): Door[] {
  const house = createHouse(parts.db)
  return [
    { path: '/c', router: clickDoor(parts, house) },
    { path: '/o', router: openDoor(parts, house) },
    { path: '/p', router: preferencesDoor(parts, house) },
    { path: '/u', router: unsubscribeDoor(parts, house) },
  ]
}

import type { Door } from '../http/app.ts'
import { confirmDoor } from './confirm-door.ts'
import { formDoor } from './form-door.ts'
import type { FormParts } from './parts.ts'

/** The public addresses of forms, and of the link that confirms a consent. */
export function formDoors(parts: FormParts): Door[] {
  return [
    { path: '/f', router: formDoor(parts) },
    { path: '/y', router: confirmDoor(parts) },
  ]
}

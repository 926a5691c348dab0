import { Timeline } from '../desk/timeline.tsx'
import type { Contact } from './people.ts'

/** What happened to the person and what they did, as sales sees it too. */
export const Story = ({ contact }: { contact: Contact }) => <Timeline happenings={contact.happenings} />

import type { DragEvent } from 'react'
import type { BoardLead } from './words.ts'

/** The kind under which the browser carries leads. */
const LEADS = 'application/x-baton-leads'
/** What is under way: only its kind can be read while it is over something. */
let dragged: readonly BoardLead[] = []

/** Begins to drag leads. */
export function dragLeads(event: DragEvent, leads: readonly BoardLead[]): void {
  dragged = leads
  event.dataTransfer.effectAllowed = 'move'
  event.dataTransfer.setData(LEADS, String(leads.length))
}

/** Whether leads of this page are over the target. */
export const bringsLeads = (event: DragEvent): boolean => event.dataTransfer.types.includes(LEADS) && dragged.length > 0

/** The leads that were dropped. */
export function droppedLeads(): readonly BoardLead[] {
  const leads = dragged
  dragged = []
  return leads
}

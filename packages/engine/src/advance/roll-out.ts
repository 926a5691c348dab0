import { hash01 } from '@baton/leads'

/**
 * Where a contact stands in the staged roll-out of a flow: inside while this number is less than the share. By business keys, so
 * that whoever was in at 1 % is in at 10 %. E-164.
 */
export const rollOutPlace = (contactKey: string, flowId: string): number => hash01([contactKey, flowId, 'roll-out'])

/** What has changed of a contact: names what to look up in the reverse index. */
export interface Changed {
  fields?: readonly string[] | undefined
  event?: string | undefined
  dimensions?: readonly string[] | undefined
  segment?: string | undefined
  stage?: boolean | undefined
  owner?: boolean | undefined
  consent?: boolean | undefined
  /** A kind of related record. */
  related?: string | undefined
  /** A flow that the contact has come into or left. */
  flow?: string | undefined
  /** Nothing is known yet: a contact who has just been made. */
  everything?: boolean | undefined
}

/** What the kinds of the outside world, of chance and of other flows decided. */
export type ActionReason = never

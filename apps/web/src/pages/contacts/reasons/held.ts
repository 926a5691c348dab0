import type { GateTrace } from '@baton/engine'

type Verdict = GateTrace['verdict']

/** Why a mail was not sent, or what let it through. */
export const gates: Readonly<Record<Verdict, string>> = {
  pass: 'nothing stood against it',
  'no-address': 'no e-mail address is known',
  'no-consent': 'they did not agree to marketing mail',
  suppressed: 'mail to this address is stopped',
  'marketing-hold': 'sales has them, so marketing holds its mail',
  'already-had': 'they had this mail already',
  capped: 'they had as many mails as the limit allows',
  quiet: 'it was in the quiet hours where they live',
}

/** What keeps somebody at a mail, as it is now. */
const holds: Readonly<Record<Verdict, string>> = {
  ...gates,
  'marketing-hold': 'sales has them',
  capped: 'they got as many mails as the limit allows',
  quiet: 'it is in the quiet hours where they live',
}

const isVerdict = (text: string): text is Verdict => Object.hasOwn(holds, text)

/** Why somebody stands at a mail: "because it is in the quiet hours where they live". */
export const heldBecause = (because: string): string => (isVerdict(because) ? holds[because] : 'the mail may not go out yet')

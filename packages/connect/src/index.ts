/** The outside world: templates and mail, signed links, scanners, webhooks. Knows no database, no route and no clock. */
export { isMailAddress, MailAddress, type Mailbox } from './mail/address.ts'
export { type ComposedMail, type ComposeProblem, composeMail, type OutgoingMail } from './mail/compose.ts'
export type { ConnectProblem, ConnectReason, MailToSend, MailTransport, SendOutcome } from './mail/outcome.ts'
export { type SmtpOptions, smtpTransport, verifySmtp } from './mail/smtp-transport.ts'
export { parseSmtpUrl, type SmtpAddress } from './mail/smtp-url.ts'
export {
  type ClickFacts,
  isMachineClick,
  isMachineOpen,
  type MachineReason,
  type MachineVerdict,
  type OpenFacts,
  SCAN_WINDOW_MS,
} from './scanner/scanner.ts'
export { openSecret, sealSecret } from './secrets/seal.ts'
export { type CompiledTemplate, compileTemplate } from './template/compile.ts'
export { footerHtml, footerText } from './template/footer.ts'
export type { MailLink } from './template/links.ts'
export { type RenderedMail, type RenderInput, type RenderProblem, renderMail } from './template/render.ts'
export { MailPurpose, type TemplatePart, type TemplateProblem, TemplateSource } from './template/source.ts'
export { type StarterTemplate, starterTemplates } from './template/starters/index.ts'
export { unknownVariables, type VariableProblem } from './template/variables.ts'
export type { TokenKey } from './tokens/keys.ts'
export {
  type ConfirmToken,
  type LinkToken,
  type OpenToken,
  type PreferencesToken,
  signConfirm,
  signLink,
  signOpen,
  signPreferences,
  signUnsubscribe,
  type UnsubscribeToken,
  verifyConfirm,
  verifyLink,
  verifyOpen,
  verifyPreferences,
  verifyUnsubscribe,
} from './tokens/tokens.ts'
export { type AllowedNetworks, allowedNetworks, isPublicAddress } from './webhook/addresses.ts'
export { type CallLimits, type CallOutcome, callWeb, mayBeSet, type WebCall } from './webhook/call.ts'
export { signWebhook, verifyWebhook, WEBHOOK_TOLERANCE_MS, type WebhookHeaders, type WebhookRefusal } from './webhook/sign.ts'

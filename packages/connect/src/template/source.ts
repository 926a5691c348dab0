import { z } from 'zod'

/** Why a mail is sent. Marketing always carries a postal address and a way to unsubscribe. */
export const MailPurpose = z.enum(['marketing', 'transactional'])
export type MailPurpose = z.infer<typeof MailPurpose>

/**
 * An e-mail template as its author writes it. Every part may contain Liquid.
 * Sizes are characters; they are limited here because this is parsed at every door before anything is compiled.
 */
export const TemplateSource = z.object({
  subject: z.string().max(500),
  /** The grey line that mailboxes show after the subject. May be empty. */
  preheader: z.string().max(500).default(''),
  /** MJML, from `<mjml>` to `</mjml>`. */
  body: z.string().max(500_000),
  /** The plain-text part; when empty it is made from the body. */
  text: z.string().max(200_000).default(''),
  purpose: MailPurpose.default('marketing'),
})
export type TemplateSource = z.infer<typeof TemplateSource>

/** The part of a template that a problem is in. */
export type TemplatePart = 'subject' | 'preheader' | 'body' | 'text'

/** A problem an author can solve; the message says what to do. Lines count from 1, within the part. */
export type TemplateProblem = { where: TemplatePart; line?: number | undefined; message: string }

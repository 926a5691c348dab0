import type { StarterTemplate, TemplateProblem, TemplateSource, VariableProblem } from '@baton/connect'
import type { OutboxMail, TestMail } from '@baton/db'
import type { FieldValue, PassageData } from '@baton/engine'

/** What the pages about mail need of the part of the server that makes and sends it. */
export interface Mail {
  /** The layouts offered for a new template, each as it looks. */
  starters(): Promise<(StarterTemplate & { html: string })[]>
  /** What is wrong with a text, and which of its variables nothing fills. */
  check(text: TemplateSource): Promise<TextCheck>
  /** A text as somebody would get it; with nobody chosen, all their fields are empty. Links lead nowhere. */
  preview(text: TemplateSource, contactId: number | null, as?: SeenAs): Promise<Preview>
  /** Sends a text to its author, or keeps it in the Outbox. It is marked as a test and counted nowhere. */
  sendTest(test: NewTest): Promise<TestResult>
  /** A mail of the Outbox as it goes over the wire; one that waits is made with the data of now, and nothing is changed. */
  show(mail: OutboxMail): Promise<Shown>
  showTest(mail: TestMail): Promise<Shown>
  /** Looks for due mail now. */
  deliver(): void
  /** Sends a few words of the workspace itself, at once: an invitation. Kept nowhere, counted nowhere. */
  letter(letter: Letter): Promise<LetterResult>
}

/** A mail to somebody of the workspace. `text` has paragraphs parted by an empty line; addresses in it become links. */
export interface Letter {
  to: { email: string; name: string }
  subject: string
  text: string
  /** Instead of the paragraphs of the text. */
  html?: string | undefined
}

/** `no-server`: there is no mail server, so it was not sent. `unsure`: the line broke, so that it may have left all the same. */
export type LetterResult = { result: 'sent' | 'no-server' } | { result: 'failed'; why: string; unsure?: true | undefined }

export interface TextCheck {
  /** The text cannot be used before these are corrected; with part and line. */
  problems: TemplateProblem[]
  /** Variables that will always be empty. */
  unknown: VariableProblem[]
}

export interface Preview extends TextCheck {
  /** null while there are problems. */
  mail: { subject: string; html: string; text: string; links: { n: number; url: string; label: string }[] } | null
  /** Variables that are empty for this person where the mail shows them. */
  missing: string[]
  /** Targets that were taken out because they are no web addresses. */
  droppedLinks: string[]
  /** What keeps real mail from going out: a setting that is missing. */
  notices: string[]
}

/** Somebody at another moment than now: what is known of them then lies over what is stored. */
export interface SeenAs {
  at: number
  /** null: empty then. */
  fields: Readonly<Record<string, FieldValue | null>>
  /** What the passage carries that sends it. */
  carried: PassageData
}

export interface NewTest {
  text: TemplateSource
  templateId: string | null
  contactId: number | null
  to: { id: string; name: string; email: string }
}

/** `kept`: there is no mail server, so it is in the Outbox. */
export type TestResult =
  | { result: 'sent' | 'kept'; id: string }
  | { result: 'failed'; id: string; why: string }
  | { result: 'refused'; why: string }

/** A mail to be looked at. */
export interface Shown {
  /** What is shown instead of a mail that cannot be made now, or why it will not go out. */
  notice: string | null
  mail: {
    headers: { name: string; value: string }[]
    subject: string
    /** Safe to show: nothing in it reports back that it was looked at. */
    html: string
    text: string
    /** The message as it goes over the wire. */
    source: string
  } | null
}

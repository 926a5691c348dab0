import { TemplateSource } from '@baton/connect'

/** A short letter as MJML: who it is from, what it is about, one thing to click. */
function letter(paragraphs: readonly string[], button: { words: string; path: string }): string {
  const text = paragraphs.map((words) => `        <mj-text>${words}</mj-text>`).join('\n')
  return `<mjml lang="en">
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="26px" color="#1f2733" padding="6px 32px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f3f5f8" width="600px">
    <mj-section background-color="#ffffff" border-radius="12px" padding="28px 0">
      <mj-column>
        <mj-text>Hello {{ contact.first_name | default: "there" }},</mj-text>
${text}
        <mj-button align="left" href="https://ledgerline.example${button.path}" background-color="#191b1e" color="#ffffff" border-radius="8px" padding="16px 32px">${button.words}</mj-button>
        <mj-text>Marta from {{ workspace.name }}</mj-text>
      </mj-column>
    </mj-section>
    <mj-raw>{{ footer }}</mj-raw>
  </mj-body>
</mjml>
`
}

const mail = (subject: string, preheader: string, body: string, purpose: 'marketing' | 'transactional' = 'marketing') =>
  TemplateSource.parse({ subject, preheader, body, purpose })

/** The mails of the sample flows, by the id that the flows use. */
export const sampleMails: Readonly<Record<string, TemplateSource>> = {
  tpl_recording: mail(
    'The recording: close the books in two days',
    '47 minutes, with the checklist to download',
    letter(
      [
        'thank you for being there. Here is the recording, with the checklist that so many of you asked for in the chat.',
        '{% if contact.company %}If you want to see how it would look for {{ contact.company }}, answer this mail.{% endif %}',
      ],
      { words: 'Watch the recording', path: '/webinars/two-day-close' },
    ),
  ),
  tpl_recording_again: mail(
    'In case you missed it: the recording',
    'The part on accruals starts at minute 12',
    letter(['the recording is still there. Most people go straight to minute 12, where accruals begin.'], {
      words: 'Go to minute 12',
      path: '/webinars/two-day-close?t=12',
    }),
  ),
  tpl_book_a_call: mail(
    'Three times for a call this week',
    'Choose one, or name your own',
    letter(['you asked to see it with your own figures. Choose a time; a call takes twenty minutes.'], {
      words: 'Choose a time',
      path: '/meet',
    }),
  ),
  tpl_trial_welcome: mail(
    'Your trial is ready',
    'Fourteen days, and everything is switched on',
    letter(['your trial runs for fourteen days, with everything switched on. Begin with one project: it takes about ten minutes.'], {
      words: 'Make the first project',
      path: '/app/new',
    }),
    'transactional',
  ),
  tpl_trial_tips: mail(
    'Three tips for the first project',
    'What people wish they had known on day one',
    letter(
      [
        'after some hundred trials we know what helps: import last month first, invite one colleague, and let the checklist remind you.',
        'Each takes less than five minutes.',
      ],
      { words: 'See the three tips', path: '/guides/first-project' },
    ),
  ),
  tpl_we_miss_you: mail(
    'What is new since your last order',
    'Four things, one minute to read',
    letter(['it has been a while. Since then the close became faster, reports can be shared, and there is a rate for small teams.'], {
      words: 'See what is new',
      path: '/whats-new',
    }),
  ),
  tpl_last_mail: mail(
    'Shall we stop writing?',
    'One click keeps the newsletter; otherwise we stop',
    letter(['we do not want to fill your inbox. If you would like to hear from us, click once. If not, do nothing and we stop.'], {
      words: 'Yes, keep writing',
      path: '/keep',
    }),
  ),
}

/** What the workspace of the sample programme is called and where it writes from. */
export const sampleWorkspace = {
  name: 'Ledgerline',
  zone: 'Europe/Berlin',
  senderName: 'Marta Lindqvist',
  senderAddress: 'marta@ledgerline.example',
  postalAddress: 'Ledgerline GmbH, Lindenstraße 12, 10969 Berlin, Germany',
}

/** The sales team. They can be invited to sign in; nobody has a password yet. */
export const sampleReps = [
  { name: 'Chidi Okafor', email: 'chidi@ledgerline.example', weight: 2, cap: 12 },
  { name: 'Lena Brandt', email: 'lena@ledgerline.example', weight: 1, cap: 9 },
  { name: 'Rafael Santos', email: 'rafael@ledgerline.example', weight: 1, cap: 10 },
] as const

/** Two more who work here: one draws, the other answers for sales. */
export const MARTA = { name: 'Marta Lindqvist', email: 'marta@ledgerline.example', role: 'marketer' } as const
export const JONAS = { name: 'Jonas Weber', email: 'jonas@ledgerline.example', role: 'sales_manager' } as const

import type { TemplateSource } from '../source.ts'
import { announcementBody } from './announcement.ts'
import { followUpBody } from './follow-up.ts'
import { letterBody } from './letter.ts'
import { newsletterBody } from './newsletter.ts'

/** A layout to start from; name and about are shown where one is chosen. */
export type StarterTemplate = { id: string; name: string; about: string; source: TemplateSource }

/** The layouts offered for a new template, plainest first. */
export const starterTemplates: readonly StarterTemplate[] = [
  {
    id: 'letter',
    name: 'Plain letter',
    about: 'Reads like a mail from a person. Answers come most often to these.',
    source: {
      subject: 'A quick question, {{ contact.first_name | default: "hello" }}',
      preheader: 'One thing we can help you with',
      body: letterBody,
      text: '',
      purpose: 'marketing',
    },
  },
  {
    id: 'announcement',
    name: 'Announcement',
    about: 'One piece of news and one button.',
    source: {
      subject: 'New at {{ workspace.name }}: say it in one line',
      preheader: 'What it is and what it is good for',
      body: announcementBody,
      text: '',
      purpose: 'marketing',
    },
  },
  {
    id: 'newsletter',
    name: 'Newsletter',
    about: 'A lead story, two short ones, and dates.',
    source: {
      subject: '{{ workspace.name }} in {{ "now" | date: "%B" }}',
      preheader: 'What was new this month',
      body: newsletterBody,
      text: '',
      purpose: 'marketing',
    },
  },
  {
    id: 'follow-up',
    name: 'Follow-up',
    about: 'After a download or a visit: three points and an offer to talk.',
    source: {
      subject: 'The next step, {{ contact.first_name | default: "if you like" }}',
      preheader: 'Three points that help to decide',
      body: followUpBody,
      text: '',
      purpose: 'marketing',
    },
  },
]

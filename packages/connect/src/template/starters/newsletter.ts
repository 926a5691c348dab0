import { frame } from './frame.ts'

const story = (heading: string, text: string, href: string): string => `      <mj-column>
        <mj-text mj-class="heading">${heading}</mj-text>
        <mj-text>${text}</mj-text>
        <mj-text><a href="${href}" style="color:#1f5fd6;font-weight:700">Read on →</a></mj-text>
      </mj-column>`

/** Several stories: a lead, two side by side (below one another on a phone), dates. */
export const newsletterBody = frame(`    <mj-section border-radius="12px 12px 0 0" padding="32px 0 8px">
      <mj-column>
        <mj-text mj-class="small">{{ workspace.name }} · {{ "now" | date: "%B %Y" }}</mj-text>
        <mj-text mj-class="title">What was new this month</mj-text>
        <mj-text>Hello {{ contact.first_name | default: "there" }}, here is what we would not want you to miss.</mj-text>
      </mj-column>
    </mj-section>
    <mj-section>
${story('The lead story', 'What happened, and why it matters to the person who reads this. Keep it to three or four lines.', 'https://example.com/lead')}
    </mj-section>
    <mj-section padding="0"><mj-column><mj-divider /></mj-column></mj-section>
    <mj-section>
${story('A second story', 'One thought, one link.', 'https://example.com/second')}
${story('A third story', 'One thought, one link.', 'https://example.com/third')}
    </mj-section>
    <mj-section padding="0"><mj-column><mj-divider /></mj-column></mj-section>
    <mj-section border-radius="0 0 12px 12px" padding="8px 0 32px">
      <mj-column>
        <mj-text mj-class="heading">Dates</mj-text>
        <mj-text><strong>12 May</strong> · Webinar: a title that says what one learns<br /><strong>3 June</strong> · Meet us in person</mj-text>
        <mj-button align="left" href="https://example.com/dates">All dates</mj-button>
      </mj-column>
    </mj-section>`)

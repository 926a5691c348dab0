import { frame } from './frame.ts'

/** One piece of news, one button. */
export const announcementBody = frame(`    <mj-section background-color="#1f5fd6" border-radius="12px 12px 0 0" padding="36px 0">
      <mj-column>
        <mj-text color="#dbe7ff" font-size="13px" line-height="20px" font-weight="700" letter-spacing="1px">NEW AT {{ workspace.name | upcase }}</mj-text>
        <mj-text mj-class="title" color="#ffffff">Say the news in one line</mj-text>
      </mj-column>
    </mj-section>
    <mj-section border-radius="0 0 12px 12px" padding="24px 0 32px">
      <mj-column>
        <mj-text>Hello {{ contact.first_name | default: "there" }},</mj-text>
        <mj-text>what is new, and what is it good for? Two or three sentences are enough: the rest is behind the button.</mj-text>
        <mj-button align="left" href="https://example.com/news">See what is new</mj-button>
        <mj-text mj-class="small">Does the button not work? Open <a href="https://example.com/news" style="color:#1f5fd6">this page</a> instead.</mj-text>
      </mj-column>
    </mj-section>`)

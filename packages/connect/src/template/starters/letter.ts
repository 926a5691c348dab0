/** A letter as a person would write it: no pictures, left-aligned, signed. */
export const letterBody = `<mjml lang="en">
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="26px" color="#1f2733" padding="8px 24px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#ffffff" width="600px">
    <mj-section padding="24px 0 0">
      <mj-column>
        <mj-text>Hello {{ contact.first_name | default: "there" }},</mj-text>
        <mj-text>thank you for your interest in {{ workspace.name }}. I am writing because I think we can help you with one thing in particular.</mj-text>
        <mj-text>Say in two or three sentences what that is. Then say what happens next, and put it in <a href="https://example.com/" style="color:#1f5fd6">one link</a>.</mj-text>
        <mj-text>If you have a question, just reply to this mail. I read every answer.</mj-text>
        <mj-text>Kind regards<br />Your name<br />{{ workspace.name }}</mj-text>
      </mj-column>
    </mj-section>
    <mj-raw>{{ footer }}</mj-raw>
  </mj-body>
</mjml>
`

import { frame } from './frame.ts'

/** After a download, a call or a visit: three short points and an offer to talk. */
export const followUpBody = frame(`    <mj-section border-radius="12px" padding="32px 0">
      <mj-column>
        <mj-text mj-class="heading">{{ contact.first_name | default: "Hello" }}, shall we take the next step?</mj-text>
        <mj-text>You had a look at what we do{% if contact.company %} at {{ contact.company }}{% endif %}. These three points help most people to decide:</mj-text>
        <mj-text padding="8px 32px 0"><strong style="color:#1f5fd6">1</strong>&nbsp;&nbsp;What you get on the first day</mj-text>
        <mj-text padding="4px 32px 0"><strong style="color:#1f5fd6">2</strong>&nbsp;&nbsp;What it costs, without small print</mj-text>
        <mj-text padding="4px 32px 8px"><strong style="color:#1f5fd6">3</strong>&nbsp;&nbsp;Who else works with it</mj-text>
        <mj-button align="left" href="https://example.com/talk">Choose a time to talk</mj-button>
        <mj-text mj-class="small">Not the right moment? Then simply do nothing. We will not write about this again.</mj-text>
      </mj-column>
    </mj-section>`)

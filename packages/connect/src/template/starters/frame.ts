/** The look that the starter templates share; colours that hold in light and dark mailboxes. */
export const frame = (sections: string): string => `<mjml lang="en">
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="26px" color="#1f2733" padding="8px 32px" />
      <mj-button background-color="#1f5fd6" color="#ffffff" font-size="16px" font-weight="700" border-radius="8px" inner-padding="14px 28px" padding="16px 32px" />
      <mj-section background-color="#ffffff" padding="8px 0" />
      <mj-divider border-width="1px" border-color="#e3e7ee" padding="16px 32px" />
      <mj-class name="title" font-size="28px" line-height="36px" font-weight="700" />
      <mj-class name="heading" font-size="20px" line-height="28px" font-weight="700" />
      <mj-class name="small" font-size="13px" line-height="20px" color="#5b6472" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f3f5f8" width="600px">
    <mj-section background-color="#f3f5f8" padding="16px 0 0"><mj-column></mj-column></mj-section>
${sections}
    <mj-raw>{{ footer }}</mj-raw>
  </mj-body>
</mjml>
`

/**
 * How one attempt to send ended.
 * - accepted: the server took responsibility.
 * - refused: the server said no to this mail. Temporary: try the same again later. `recipient`: the reason is the
 *   address itself (no such mailbox, full, disabled), not the sender, the content or a policy.
 * - unknown: the conversation broke after the message was handed over; it may or may not arrive. Never send it again
 *   without being asked to.
 * - unreachable: nothing was handed over, so another attempt is safe. `message` says what to do. `at`: whether the server as such
 *   cannot be talked to, or the conversation broke off once it had come to the recipient, which says nothing of other recipients.
 */
export type SendOutcome =
  | { outcome: 'accepted'; response: string }
  | { outcome: 'refused'; how: 'permanent' | 'temporary'; code: number | undefined; response: string; recipient: boolean }
  | { outcome: 'unknown'; why: string }
  | ({ outcome: 'unreachable'; at: 'server' | 'recipient' } & ConnectProblem)

/** Why no mail server could be talked to. `address` is the SMTP_URL itself. */
export type ConnectReason = 'address' | 'dns' | 'refused' | 'timeout' | 'tls' | 'auth' | 'protocol' | 'closed'
export type ConnectProblem = { reason: ConnectReason; message: string }

/** What is sent, and between whom; `composeMail` makes it. */
export type MailToSend = { raw: Buffer; envelope: { from: string; to: string[] } }

/** Sends what `composeMail` made. */
export type MailTransport = {
  /** Never rejects for anything the network or the server does. */
  send(mail: MailToSend): Promise<SendOutcome>
  /** Waits for the mails being sent, then says goodbye to the server. */
  close(): Promise<void>
}

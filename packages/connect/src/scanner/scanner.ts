/** Why an open or click is taken for a machine's. A closed list; the words for it live on the screen. */
export type MachineReason = 'not-a-page-view' | 'known-agent' | 'no-agent' | 'too-soon' | 'many-links' | 'hidden-link' | 'prefetch'

export type MachineVerdict = { machine: boolean; reasons: MachineReason[] }

export type ClickFacts = {
  userAgent: string | undefined
  /** HTTP method of the request. */
  method: string
  /** From the server's acceptance of the mail to the click. */
  msSinceSent: number
  /** Tracked links in this mail. */
  linksInMail: number
  /** Different links of this mail that were followed within SCAN_WINDOW_MS around this click, this one included. */
  linksFollowed: number
  /** Whether this is the link nobody can see. */
  hiddenLink: boolean
}

export type OpenFacts = Pick<ClickFacts, 'userAgent' | 'method' | 'msSinceSent'>

/** Links followed this close together count as one sweep. */
export const SCAN_WINDOW_MS = 10_000
/** Nobody gets a mail shown, reads it and clicks in less. */
const TOO_SOON_MS = 2_000
/** Of a mail with many links a scanner may follow only some; a person does not follow four in ten seconds. */
const SWEEP = 4

// Gateways that follow links before delivery, link previews of chat programs, tools, and whatever calls itself a bot.
const AGENT =
  /bot\b|crawl|spider|slurp|scan(?!dinavia)|preview|fetch|monitor|headless|phantom|curl\/|wget|python|java\/|okhttp|go-http|node-fetch|axios|libwww|httpclient|barracuda|mimecast|proofpoint|trendmicro|symantec|fireeye|sophos|fortiguard|cloudmark|safelinks|facebookexternalhit|whatsapp|telegram|skypeuripreview/i
// Apple's Mail Privacy Protection loads every picture beforehand and calls itself just this.
const PREFETCH_AGENT = /^Mozilla\/5\.0\s*$/

function agentReasons({ userAgent, method }: Pick<ClickFacts, 'userAgent' | 'method'>): MachineReason[] {
  const reasons: MachineReason[] = []
  if (method.toUpperCase() !== 'GET') reasons.push('not-a-page-view')
  if (!userAgent?.trim()) reasons.push('no-agent')
  else if (AGENT.test(userAgent)) reasons.push('known-agent')
  return reasons
}

const verdict = (reasons: MachineReason[]): MachineVerdict => ({ machine: reasons.length > 0, reasons })

/**
 * Whether a click was made by a scanner and not by a person. One reason is enough: a person flagged by mistake is
 * still counted, only not matched by default, while a scanner believed sends people down the wrong way.
 */
export function isMachineClick(facts: ClickFacts): MachineVerdict {
  const { msSinceSent, linksInMail, linksFollowed, hiddenLink } = facts
  const reasons = agentReasons(facts)
  if (hiddenLink) reasons.push('hidden-link')
  if (msSinceSent < TOO_SOON_MS) reasons.push('too-soon')
  if (linksFollowed >= SWEEP || (linksInMail >= 2 && linksFollowed >= linksInMail)) reasons.push('many-links')
  return verdict(reasons)
}

/**
 * Whether an open was made by a machine. The picture proxies of Gmail and Yahoo load when a person looks, so they
 * are not machines; Apple's loads whether anybody looks or not.
 */
export function isMachineOpen(facts: OpenFacts): MachineVerdict {
  const reasons = agentReasons(facts)
  if (facts.userAgent && PREFETCH_AGENT.test(facts.userAgent)) reasons.push('prefetch')
  if (facts.msSinceSent < TOO_SOON_MS) reasons.push('too-soon')
  return verdict(reasons)
}

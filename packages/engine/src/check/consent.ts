import type { Issue } from './issue.ts'
import { ANYBODY, type Cases, FALSE, TRUE, those } from './known/filter.ts'
import { type Ways, waysOf } from './known/ways.ts'
import type { CheckedNode, CheckSubject, Rule } from './subject.ts'

/** The general topic. Every mail asks for it at the gate, and who is refused is counted at the step. */
const GENERAL = 'marketing'

/**
 * Marketing mail to people of whom the way says that they have not agreed to its topic; and mail under a topic of its own that nothing on
 * the way asks for, where those who have not agreed go on as if they had got it. E-326, E-327.
 */
export const consent: Rule = (subject) => {
  const { nodes, catalog } = subject
  const ways = waysOf(subject)
  const asked = new Map<string, ReadonlySet<string>>()
  const issues: Issue[] = []
  for (const { id, kind, config } of nodes.values()) {
    const mail = kind.mails?.(config)
    const template = mail && catalog.templates.find((it) => it.id === mail.templateId)
    if (!mail || template?.purpose !== 'marketing') continue
    const topic = template.topic ?? GENERAL
    const name = catalog.topics.find((it) => it.id === topic)?.name ?? topic
    if (refused(ways, ways.at(id), topic)) {
      const say = `Nobody who comes here has agreed to ${name}: “${template.name}” is never sent. Lead those here who have.`
      issues.push({ code: 'consent-refused', severity: 'warning', nodes: [id], say })
      continue
    }
    if (topic === GENERAL || !mail.alike) continue
    const sure = asked.get(topic) ?? surely(subject, ways, topic)
    asked.set(topic, sure)
    if (sure.has(id)) continue
    const say = `It is not sure that everybody here has agreed to ${name}. Who has not goes on as if “${template.name}” had reached them. Ask before, or give them a way of their own.`
    issues.push({ code: 'consent-unasked', severity: 'warning', nodes: [id], say })
  }
  return issues
}

const formulaFor = ({ space }: Ways, topic: string, agreed: boolean) => {
  const domain = space.domains.findIndex(({ about }) => about.kind === 'consent' && about.topic === topic)
  return domain < 0 ? undefined : space.formulaOf({ combinator: 'and', not: !agreed, rules: [consentRule(topic)] })
}

const consentRule = (topic: string) => ({
  subject: { kind: 'consent' as const, topic },
  test: { on: 'flag' as const, is: true },
  source: { subject: { kind: 'consent' as const, topic }, op: 'is' as const },
})

function refused(ways: Ways, here: Cases | undefined, topic: string): boolean {
  const agreed = formulaFor(ways, topic, true)
  return agreed !== undefined && here !== undefined && here.length > 0 && those(here, agreed, TRUE).length === 0
}

/** Steps to which everybody comes by a place where it was asked: a case, a segment, a mail of the topic that has a way for the others. */
function surely({ nodes, edges, catalog }: CheckSubject, ways: Ways, topic: string): ReadonlySet<string> {
  const agreed = formulaFor(ways, topic, true)
  const asks = (node: CheckedNode, port: string): boolean => {
    const mail = node.kind.mails?.(node.config)
    const template = mail && catalog.templates.find((it) => it.id === mail.templateId)
    if (mail && !mail.alike && port === mail.port && template?.purpose === 'marketing') return (template.topic ?? GENERAL) === topic
    const behind = ways.behind(node, port)
    return agreed !== undefined && behind !== ANYBODY && those(behind, agreed, FALSE).length === 0
  }
  const unsure = new Set<string>()
  const open: string[] = []
  for (const node of nodes.values()) if (node.kind.category === 'trigger' || node.kind.free) open.push(node.id)
  const out = new Map<string, { port: string; to: string }[]>()
  for (const { source, sourceHandle: port, target: to } of edges) out.set(source, [...(out.get(source) ?? []), { port, to }])
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes.get(id)
    for (const { port, to } of out.get(id) ?? []) {
      if (!node || unsure.has(to) || asks(node, port)) continue
      unsure.add(to)
      open.push(to)
    }
  }
  return new Set([...nodes.keys()].filter((it) => !unsure.has(it)))
}

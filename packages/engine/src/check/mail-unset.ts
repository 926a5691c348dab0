import type { Rule } from './subject.ts'

/**
 * Mail while the workspace lacks what every mail needs: nothing goes out until an admin enters it. Not told where that is not known. It lies
 * around the flow, so that nobody has to say why it may stand. E-337.
 */
export const mailUnset: Rule = ({ nodes, catalog }) => {
  const { mailing } = catalog
  if (!mailing || (mailing.sender && mailing.postal)) return []
  const at = [...nodes.values()].filter(({ kind, config }) => {
    const mail = kind.mails?.(config)
    if (!mail) return false
    // Only marketing mail must carry a postal address.
    return !mailing.sender || catalog.templates.find((it) => it.id === mail.templateId)?.purpose === 'marketing'
  })
  if (at.length === 0) return []
  const lacks = [!mailing.sender && 'sender address', !mailing.postal && 'postal address'].filter(Boolean).join(' and no ')
  const what = mailing.sender ? 'marketing mail must carry one, so that none goes out' : 'no mail goes out'
  const say = `No ${lacks} is set: ${what}. Enter it under Settings, Workspace.`
  return [{ code: 'mail-unset', severity: 'warning', nodes: at.map((it) => it.id), say, around: true }]
}

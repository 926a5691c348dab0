import { type Happening, mailChoice, type WalkChoice, type WalkMail } from '@baton/engine'
import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Button } from '../../ui/button.tsx'
import { useMail } from './mail-look.tsx'
import type { Begin } from './protocol.ts'

const WORDS = {
  opened: 'Opens',
  clicked: 'Clicks',
  replied: 'Replies',
  unsubscribed: 'Unsubscribes',
  bounced: 'It bounces',
  complained: 'Reports spam',
} as const

type Props = {
  mail: WalkMail
  begin: Begin
  contactId: number | null
  deeds: readonly Extract<WalkChoice, { kind: 'mail' }>[]
  onHappen: (what: Happening) => void
}

/** What people do with a mail. Which link they follow is chosen among those that are in it. */
export function MailAnswer({ mail, begin, contactId, deeds, onHappen }: Props) {
  const { data } = useMail(mail, begin, contactId)
  const links = [...new Map((data?.mail?.links ?? []).map((it) => [it.url, it])).values()]
  return (
    <div className="row wrap">
      {deeds.map(({ deed, what }) =>
        deed === 'clicked' && links.length > 0 ? (
          <Menu key={deed} position="bottom-start" transitionProps={{ duration: 140 }}>
            <Menu.Target>
              <Button size="small">
                {WORDS[deed]}
                <IconChevronDown size={12} stroke={2} aria-hidden="true" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {links.map(({ url, label }) => (
                <Menu.Item key={url} onClick={() => onHappen(mailChoice(mail, deed, url).what)}>
                  {label === '' ? url : label}
                  {label !== '' && <span className="small muted link-url">{url}</span>}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : (
          <Button key={deed} size="small" onClick={() => onHappen(what)}>
            {WORDS[deed]}
          </Button>
        ),
      )}
    </div>
  )
}

import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import '@mantine/core/styles/Input.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './palette.css'
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconBolt, IconSearch, IconSettings } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { Kbd } from '../ui/kbd.tsx'
import { useCommandStore } from './commands.ts'
import { usePaletteCalls } from './palette-store.ts'
import { usePerson } from './person.ts'
import { searchProviders } from './search-providers.ts'
import { useNav } from './use-nav.ts'

const [store, { open, close }] = createSpotlight()

/** What had the focus when the palette came. It gets it back before a deed is done and not after it, since a deed may move it elsewhere. */
let before: Element | null = null
let done = false

function giveBack() {
  if (before instanceof HTMLElement) before.focus({ preventScroll: true })
}

const has = (words: string, text: string) => words.toLowerCase().includes(text.trim().toLowerCase())
/** By one of the other words for it, from two letters on: they are not seen, so what they bring has to be meant. */
const means = (also: string | undefined, text: string) =>
  text.trim().length > 1 && also?.split(' ').some((word) => word.startsWith(text.trim().toLowerCase())) === true

function Row({ icon, words, detail, onGo }: { icon: ReactNode; words: string; detail?: ReactNode; onGo: () => void }) {
  return (
    <Spotlight.Action
      className="palette-hit"
      onClick={() => {
        done = true
        close()
        giveBack()
        onGo()
      }}
    >
      {icon}
      <span className="clip">{words}</span>
      {detail !== undefined && <span className="detail clip">{detail}</span>}
    </Spotlight.Action>
  )
}

/** Ctrl K: deeds of this page, pages, and whatever the areas can search. */
export default function Palette() {
  const calls = usePaletteCalls((state) => state.calls)
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 150)
  const { role } = usePerson()
  const navigate = useNavigate()
  const { lists, finders } = useCommandStore()
  const offered = lists
    .toReversed()
    .flat()
    .filter((command) => (has(command.words, text) || means(command.also, text)) && (command.typed !== true || text.trim() !== ''))
  const sought = text.trim() === '' ? [] : finders.flatMap((find) => find(text))
  const commands = [...offered, ...sought]
  const pages = [...useNav().flatMap((block) => block.entries), { path: '/settings', words: 'Settings', icon: IconSettings }].filter(
    (page) => has(page.words, text),
  )
  useEffect(() => {
    if (calls === 0) return
    if (!store.getState().opened) before = document.activeElement
    done = false
    open()
  }, [calls])
  const providers = searchProviders.filter((provider) => provider.roles.includes(role))
  const answers = useQueries({
    queries: providers.map((provider) => ({
      queryKey: ['palette', provider.id, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) => provider.search(asked, signal),
      enabled: asked.length >= 2,
    })),
  })
  const found = providers.map((provider, at) => ({ provider, hits: asked.length >= 2 ? (answers[at]?.data ?? []) : [] }))
  const none = commands.length === 0 && pages.length === 0 && found.every(({ hits }) => hits.length === 0)
  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      maxHeight={420}
      radius={12}
      overlayProps={{ blur: 0 }}
      returnFocus={false}
      onSpotlightClose={() => !done && giveBack()}
    >
      <Modal.Title className="unseen">Find or do something</Modal.Title>
      <Spotlight.Search
        placeholder="Find a page, a flow or a contact"
        leftSection={<IconSearch size={18} stroke={1.75} />}
        onKeyDown={(event) => {
          // Nothing is chosen until an arrow is pressed; Enter then means the first hit.
          if (event.key === 'Enter' && !document.querySelector('.palette-hit[data-selected]'))
            document.querySelector<HTMLElement>('.palette-hit')?.click()
        }}
      />
      <Spotlight.ActionsList>
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label="Here">
            {commands.map((command) => (
              <Row
                key={command.id}
                icon={<IconBolt size={16} stroke={1.75} />}
                words={command.words}
                detail={command.keys === undefined ? undefined : <Kbd keys={command.keys} />}
                onGo={command.run}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label="Go to">
            {pages.map(({ path, words, icon: Icon }) => (
              <Row key={path} icon={<Icon size={16} stroke={1.75} />} words={words} onGo={() => void navigate({ to: path })} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.map(
          ({ provider, hits }) =>
            hits.length > 0 && (
              <Spotlight.ActionsGroup key={provider.id} label={provider.head}>
                {hits.map((hit) => (
                  <Row key={hit.id} icon={hit.icon} words={hit.title} detail={hit.detail} onGo={() => void navigate({ href: hit.to })} />
                ))}
              </Spotlight.ActionsGroup>
            ),
        )}
        {none && (
          <Spotlight.Empty>
            {answers.some((answer) => answer.isFetching) ? 'Looking…' : `Nothing is called “${text.trim()}”.`}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

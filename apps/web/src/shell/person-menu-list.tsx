import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { Scheme } from '../theme/scheme.ts'
import { toast } from '../ui/toast.ts'
import { usePerson } from './person.ts'
import { roleWords } from './session.ts'

const themes: readonly { value: Scheme; words: string; icon: typeof IconSun }[] = [
  { value: 'light', words: 'Light', icon: IconSun },
  { value: 'dark', words: 'Dark', icon: IconMoon },
  { value: 'auto', words: 'As the system', icon: IconDeviceDesktop },
]

/** What the person's menu holds: colour theme and signing out. Loaded when it is asked for, and open from then on until it is closed. */
export default function PersonMenuList({ target }: { target: ReactElement }) {
  const person = usePerson()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = async () => {
    const { auth } = await import('./auth.ts')
    const { error } = await auth.signOut()
    if (error) return toast({ words: 'Not signed out: the server did not answer. Try again.', bad: true })
    // A fresh page: nothing of the person stays in memory, and no page of theirs is drawn once more without them.
    window.location.assign('/sign-in')
  }
  return (
    <Menu position="right-end" offset={8} width={220} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.email}, {roleWords[person.role].toLowerCase()}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        {themes.map(({ value, words, icon: Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            leftSection={<Icon size={16} stroke={1.75} />}
            rightSection={colorScheme === value ? '✓' : undefined}
            onClick={() => setColorScheme(value)}
          >
            {words}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.75} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
